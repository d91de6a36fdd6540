import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { hookflash, jsonLines, temporaryFolder, type Finished } from './hookflash-process.ts';

/** Each command as a process: what it writes where, and how it ends. */

const mac = '00:11:22:33:44:55';
const image = 'P0S3-8-12-00';
const atOnce = { concurrency: 4 };

type Phone = Readonly<Record<string, unknown>> & {
  readonly settings: Readonly<Record<string, string>>;
};

async function done(...words: readonly string[]): Promise<Finished> {
  const finished = await hookflash(...words);
  assert.equal(finished.code, 0, `${words.join(' ')}: ${finished.err}`);
  return finished;
}

async function workspace(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  await done('init', dir);
  return dir;
}

async function withPhone(t: TestContext, ...words: readonly string[]): Promise<string> {
  const dir = await workspace(t);
  await done('phone', 'add', mac, '--model', '7960', '--image', image, ...words, '--dir', dir);
  return dir;
}

/** The commands of a help text. */
function commandsIn(help: string): readonly string[] {
  const [, list = ''] = help.split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}(\w[\w-]*)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}

describe('help', atOnce, () => {
  test('every command and its own commands explain themselves', async () => {
    const top = commandsIn((await done('--help')).out);
    for (const name of ['init', 'serve', 'lab', 'phone', 'plan', 'render', 'decode', 'twin'])
      assert.ok(top.includes(name), name);
    const deeper = await Promise.all(
      top.map(async (name) => {
        const { out, err } = await done(name, '--help');
        assert.match(out, new RegExp(`^Usage: hookflash ${name} `));
        assert.match(out, /^ {2}-h, --help +display help for command$/m);
        assert.equal(err, '');
        return commandsIn(out).map((inner) => [name, inner]);
      }),
    );
    for (const words of deeper.flat()) {
      const { out } = await done(...words, '--help');
      assert.match(out, new RegExp(`^Usage: hookflash ${words.join(' ')} `));
      assert.match(out, /--json/);
    }
  });

  test('no command, and a group without one, is wrong usage with the help', async () => {
    for (const words of [[], ['phone'], ['twin'], ['firmware']]) {
      const { code, out, err } = await hookflash(...words);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, /^Usage: hookflash[^]*Commands:/);
    }
  });

  test('the version, three ways', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    assert.equal((await done('--version')).out, `${version}\n`);
    assert.equal((await done('version')).out, `hookflash ${version}\n`);
    assert.deepEqual(jsonLines((await done('version', '--json')).out), [{ version }]);
  });
});

describe('wrong usage ends with 2 and says what was wrong', atOnce, () => {
  const rows: readonly (readonly [words: string, said: RegExp])[] = [
    ['nonsense', /unknown command 'nonsense'/],
    ['phone nonsense', /unknown command 'nonsense'/],
    ['fone', /Did you mean phone\?/],
    ['init', /missing required argument 'DIR'/],
    ['init a b', /too many arguments/],
    ['serve --nonsense', /unknown option '--nonsense'/],
    ['serve --dir DIR --tftp 127.0.0.1', /--tftp: "127\.0\.0\.1" .*expected HOST:PORT/],
    ['serve --dir DIR --tftp 127.0.0.1:65536', /port "65536" is not a number from 0 to 65535/],
    [
      'serve --dir DIR --tftp example:69',
      /host "example" is neither an IPv4 address nor localhost/,
    ],
    ['serve --dir DIR --workers 0', /"0" is not a number from 1 to 64/],
    ['serve --dir DIR --workers many', /"many" is not a whole number/],
    ['lab --dir DIR --phones 0', /"0" is not a number from 1 to 250/],
    ['lab --dir DIR --time-scale -1', /"-1" is not a number from 0 up/],
    ['phone add --model 7960', /missing required argument 'MAC'/],
    ['phone add 001122334455 --dir DIR', /required option '--model <MODEL>' not specified/],
    ['phone add 0011 --model 7960 --dir DIR', /"0011" is not a MAC address: .*00:11:22:33:44:55/],
    ['phone add 001122334455 --model 7999 --dir DIR', /model "7999" is not known.*7940/],
    ['phone add 001122334455 --model 7960 --image x --dir DIR', /"x" is not an image name/],
    ['phone add 001122334455 --model 7960 --running x --dir DIR', /"x" is not an image name/],
    ['phone add 001122334455 --model 7960 --set x --dir DIR', /"x": write it as NAME=VALUE/],
    ['phone add 001122334455 --model 7960 --label =x --dir DIR', /"=x": write it as NAME=VALUE/],
    ['phone show xyz --dir DIR', /"xyz" is not a MAC address/],
    ['plan', /name a phone, or give --model, --from and --to/],
    ['plan --model 7960 --from P0S3-04-4-00', /name a phone, or give --model, --from and --to/],
    ['plan --model 7999 --from a --to b', /model "7999" is not known/],
    ['render --dir DIR', /missing required argument 'MAC'/],
    ['firmware synth --out DIR', /missing required argument 'IMAGE'/],
    ['firmware synth P0S3-04-4-00', /required option '--out <FOLDER>' not specified/],
    ['firmware synth x --out DIR', /"x" is not an image name of any family/],
    ['decode', /missing required argument 'FILE'/],
    ['twin boot --model 7960', /either --tftp or --dhcp HOST:PORT/],
    ['twin boot --model 7960 --tftp 127.0.0.1:69 --dhcp 127.0.0.1:67', /either --tftp or --dhcp/],
    ['twin boot --model 7960 --tftp 127.0.0.1:69 --tftp-port 6969', /--tftp-port goes with --dhcp/],
    ['twin boot --model 7960 --dhcp eth0', /--dhcp "eth0": write it as HOST:PORT/],
    ['twin boot --model 7999 --tftp 127.0.0.1:69', /no twin of model "7999"; .*7940, 7960/],
    ['twin boot --model 7960 --tftp here', /--tftp "here": write it as HOST:PORT/],
    ['twin boot --model 7960 --tftp 127.0.0.1:0', /--tftp "127\.0\.0\.1:0": write it/],
    ['twin boot --model 7960 --tftp 127.0.0.1:69 --image x', /"x" is not an image name/],
    ['twin boot --model 7960 --tftp 127.0.0.1:69 --mac x', /"x" is not a MAC address/],
    ['twin boot --model 7960 --tftp 127.0.0.1:69 --until tea', /Allowed choices are idle/],
  ];
  for (const [words, said] of rows)
    test(words, async (t) => {
      const dir = words.includes('DIR') ? await workspace(t) : '';
      const { code, out, err } = await hookflash(
        ...words.split(' ').map((word) => (word === 'DIR' ? dir : word)),
      );
      assert.match(err, said);
      assert.deepEqual([code, out], [2, '']);
      assert.doesNotMatch(err, /\bat .*:\d+:\d+\)?$/m, 'no stack of the program');
    });
});

describe('what is not there ends with 1 and says what to do', atOnce, () => {
  const rows: readonly (readonly [words: string, said: RegExp])[] = [
    ['init DIR', /hookflash\.yaml is there already/],
    ['serve --dir DIR/none', /none\/hookflash\.yaml is not there: hookflash init .*none makes it/],
    ['serve --dir DIR', /no server is on: name one in hookflash\.yaml or as a flag/],
    ['serve --dir DIR --tftp 192.0.2.250:6969', /192\.0\.2\.250:6969 is not an address of this/],
    ['phone list --dir DIR/none', /hookflash init/],
    [`phone show ${mac} --dir DIR`, /00:11:22:33:44:55 is not in this workspace: .*phone add/],
    [`phone set ${mac} --dir DIR`, /00:11:22:33:44:55 is not in this workspace/],
    [`phone remove ${mac} --dir DIR`, /00:11:22:33:44:55 is not in this workspace/],
    [`plan ${mac} --dir DIR`, /00:11:22:33:44:55 is not in this workspace/],
    [`render ${mac} --dir DIR`, /00:11:22:33:44:55 is not in this workspace/],
    ['decode DIR/none', /none: there is no such file or folder/],
    ['decode DIR', /site: this is a folder, not a file/],
    ['twin boot --model 7960 --tftp nowhere.invalid:69', /"nowhere\.invalid" has no IPv4 address/],
  ];
  for (const [words, said] of rows)
    test(words, async (t) => {
      const dir = await workspace(t);
      const { code, out, err } = await hookflash(...words.replace('DIR', dir).split(' '));
      assert.match(err, said);
      assert.deepEqual([code, out], [1, '']);
    });
});

describe('init', atOnce, () => {
  test('makes a workspace, says what is in it and what comes next', async (t) => {
    const dir = join(await temporaryFolder(t), 'deep', 'site');
    const { out } = await done('init', dir);
    for (const name of ['hookflash.yaml', 'files', 'firmware']) {
      assert.ok(existsSync(join(dir, name)), name);
      assert.match(out, new RegExp(`^ {2}${name}`, 'm'));
    }
    for (const next of out.split('\n').filter((line) => line.startsWith('  hookflash ')))
      assert.ok(next.endsWith(`--dir ${dir}`), next);
  });

  test('--json', async (t) => {
    const dir = join(await temporaryFolder(t), 'site');
    const [line] = jsonLines((await done('init', dir, '--json')).out);
    assert.equal((line as { dir: string }).dir, dir);
  });
});

describe('phone', atOnce, () => {
  test('add says what it will do, and what it had to mend', async (t) => {
    const dir = await workspace(t);
    const words = ['phone', 'add', mac, '--model', '7960', '--image', 'POS3-8-12-00'];
    const { out, err } = await done(...words, '--dir', dir);
    assert.equal(out, `${mac} (7960) should run ${image}\n`);
    assert.match(err, /^warning: "POS3-8-12-00": letter O where a zero belongs/m);
    const again = await hookflash(...words, '--dir', dir);
    assert.equal(again.code, 1);
    assert.match(again.err, /is there already: phone set/);
  });

  test('show and list hide passwords, in words and as JSON', async (t) => {
    const secret = 'geheim-7';
    const sets = ['--set', `line1_password=${secret}`, '--set', 'line1_name=100'];
    const dir = await withPhone(t, ...sets, '--label', 'site=berlin');
    for (const words of [['show', mac], ['list'], ['set', mac]])
      for (const json of [[], ['--json']]) {
        const { out, err } = await done('phone', ...words, ...json, '--dir', dir);
        assert.ok(!out.includes(secret) && !err.includes(secret), words.join(' '));
      }
    const { out } = await done('phone', 'show', mac, '--dir', dir);
    for (const line of ['runs        not known yet', `should run  ${image}`])
      assert.ok(out.includes(`\n  ${line}\n`), out);
    for (const line of ['label       site=berlin', 'setting     line1_password=********'])
      assert.ok(out.includes(`\n  ${line}\n`), out);
  });

  test('set changes what is named and nothing else', async (t) => {
    const dir = await withPhone(t, '--set', 'line1_name=100', '--set', 'line2_name=200');
    const change = ['--unset', 'line2_name', '--set', 'line1_name=101', '--running', image];
    await done('phone', 'set', mac, ...change, '--dir', dir);
    const [phone] = jsonLines((await done('phone', 'show', mac, '--json', '--dir', dir)).out);
    const { model, running, settings, image: wanted } = phone as Phone;
    assert.deepEqual([model, running, wanted], ['7960', image, image]);
    assert.deepEqual(settings, { line1_name: '101' });
  });

  test('list has a line for each, by MAC; remove takes one away', async (t) => {
    const dir = await withPhone(t);
    await done('phone', 'add', '000000000001', '--model', '7940', '--dir', dir);
    const listed = jsonLines((await done('phone', 'list', '--json', '--dir', dir)).out);
    const macs = (listed as readonly Phone[]).map((phone) => phone.mac);
    assert.deepEqual(macs, ['000000000001', '001122334455']);
    const { out } = await done('phone', 'list', '--dir', dir);
    assert.match(out, /^MAC +model +runs +should run +state\n00:00:00:00:00:01 +7940 +not known/);
    const removed = await done('phone', 'remove', mac, '--dir', dir);
    assert.equal(removed.out, `${mac} is removed\n`);
    const left = jsonLines((await done('phone', 'list', '--json', '--dir', dir)).out);
    assert.equal(left.length, 1);
    await done('phone', 'remove', '000000000001', '--json', '--dir', dir);
    assert.match((await done('phone', 'list', '--dir', dir)).out, /^No phones yet/);
  });
});

describe('a workspace file that is not valid', atOnce, () => {
  for (const [text, said] of [
    ['servers:\n  tftp: 69\n', /hookflash\.yaml:2:9: servers\.tftp: "69" is not an address/],
    ['serverz:\n', /hookflash\.yaml:1:1: serverz is not a known key; did you mean "servers"/],
    ['settings:\n  a: [\n', /hookflash\.yaml:\d+:\d+: /],
  ] as const)
    test(JSON.stringify(text), async (t) => {
      const dir = await workspace(t);
      await writeFile(join(dir, 'hookflash.yaml'), text);
      for (const words of [
        ['serve', '--tftp', '127.0.0.1:0'],
        ['phone', 'list'],
      ]) {
        const { code, out, err } = await hookflash(...words, '--dir', dir);
        assert.deepEqual([code, out], [1, '']);
        assert.match(err, said);
      }
    });

  test('nor a database that is none', async (t) => {
    const dir = await workspace(t);
    await writeFile(join(dir, 'hookflash.db'), 'not a database, and long enough to be looked at');
    const { code, err } = await hookflash('phone', 'list', '--dir', dir);
    assert.equal(code, 1);
    assert.match(err, /^hookflash: .*hookflash\.db is not a SQLite database/);
  });

  test('nor a folder where a file must be', async (t) => {
    const dir = await workspace(t);
    await mkdir(join(dir, 'hookflash.db'));
    const { code, err } = await hookflash('phone', 'list', '--dir', dir);
    assert.equal(code, 1);
    assert.match(err, /hookflash\.db/);
  });
});
