import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '020000000001';
const image = 'P0S3-08-12-00';

// The virtual phone is on no link that could tell its MAC.
const settings = `trust:
  networks: [127.0.0.0/8]
settings:
  proxy1_address: 192.0.2.20
  dial_template: dialplan
sites:
  berlin:
    settings:
      time_zone: CET
models:
  '7960':
    settings:
      tos_media: 3
`;

async function ok(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await hookflash(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return out;
}

async function workspace(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'phones');
  await ok('init', dir);
  await writeFile(join(dir, 'hookflash.yaml'), settings);
  const add = ['phone', 'add', mac, '--model', '7960', '--image', image, '--label', 'site=berlin'];
  await ok(...add, '--set', 'line1_name=101', '--set', 'line1_password=geheim', '--dir', dir);
  return dir;
}

test('--why says where each value comes from, and hides passwords', async (t) => {
  const dir = await workspace(t);
  const out = await ok('render', mac, '--why', '--dir', dir);
  const expected = [
    ['image_version', image, 'what it is told to load'],
    ['proxy1_address', '192.0.2.20', 'fleet'],
    ['time_zone', 'CET', 'site berlin'],
    ['tos_media', '3', 'model 7960'],
    ['line1_name', '101', 'phone'],
    ['line1_password', '\\*{8}', 'phone'],
    ['proxy1_port', '5060', 'default of the phone'],
  ];
  for (const words of expected) assert.match(out, new RegExp(`^ +${words.join(' +')}$`, 'm'));
  assert.doesNotMatch(out, /geheim/);

  const one = await ok('render', mac, 'sipdefault.cnf', '--why', '--json', '--dir', dir);
  const { files } = JSON.parse(one) as {
    files: readonly { path: string; values: readonly { key: string; origin: unknown }[] }[];
  };
  assert.deepEqual(
    files.map(({ path }) => path),
    ['SIPDefault.cnf'],
  );
  const { origin } = files[0]!.values.find(({ key }) => key === 'time_zone')!;
  assert.deepEqual(origin, { kind: 'setting', name: 'time_zone', scope: 'site', of: 'berlin' });
});

test('--diff shows what a change would change for a phone that has booted', async (t) => {
  const dir = await workspace(t);
  assert.match(await ok('render', mac, '--diff', '--dir', dir), /^new +SIPDefault\.cnf/m);
  await ok('firmware', 'synth', image, '--out', join(dir, 'firmware'));
  await mkdir(join(dir, 'files'), { recursive: true });
  await writeFile(join(dir, 'files', 'RINGLIST.DAT'), 'Old bell\tBell.raw\n');
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp = '' } = listen as Readonly<Record<string, string>>;
  const twin = ['--model', '7960', '--mac', mac, '--image', image, '--address', '127.0.0.91'];
  await ok('twin', 'boot', ...twin, '--tftp', tftp, '--time-scale', '0');
  assert.equal(await server.end(), 0);

  const before = await ok('render', mac, '--diff', '--dir', dir);
  for (const path of ['SIPDefault.cnf', `SIP${mac}.cnf`, 'dialplan.xml', 'RINGLIST.DAT'])
    assert.match(before, new RegExp(`^same +${path}`, 'm'));
  assert.doesNotMatch(before, /changed|gone/);

  const set = ['--set', 'line1_name=102', '--set', 'line1_password=neu'];
  await ok('phone', 'set', mac, ...set, '--dir', dir);
  await writeFile(join(dir, 'hookflash.yaml'), settings.replace('  dial_template: dialplan\n', ''));
  const after = await ok('render', mac, '--diff', '--dir', dir);
  assert.match(after, /^gone +dialplan\.xml/m);
  assert.match(after, /^ +-dial_template: "dialplan"$/m);
  assert.match(
    after,
    /^ +-line1_name: "101"\n +-line1_password: "\*+"\n +\+line1_name: "102"\n +\+line1_password: "\*+"$/m,
  );
  assert.match(after, /^same +RINGLIST\.DAT/m);
  assert.doesNotMatch(after, /geheim|neu/);

  const json = await ok('render', mac, 'dialplan.xml', '--diff', '--json', '--dir', dir);
  const { changes } = JSON.parse(json) as { changes: readonly { state: string }[] };
  assert.deepEqual(
    changes.map(({ state }) => state),
    ['gone'],
  );
});

test('settings that cannot be written are told, and the rest is rendered', async (t) => {
  const dir = await workspace(t);
  const odd = ['--set', 'line2_displayname=the "boss"', '--set', 'tftp_cfg_dir=../outside/'];
  await ok('phone', 'set', mac, ...odd, '--dir', dir);
  const { code, out, err } = await hookflash('render', mac, '--dir', dir);
  assert.equal(code, 1);
  assert.match(err, /error: .*line2_displayname.*\(setting-not-writable\)/);
  assert.match(out, /line1_name: "101"/);
});

test('files in folders are written into folders, below the one that was named', async (t) => {
  const dir = await workspace(t);
  await ok('phone', 'set', mac, '--set', 'tftp_cfg_dir=phones/', '--dir', dir);
  const out = join(await temporaryFolder(t), 'tftpboot');
  await hookflash('render', mac, '--out', out, '--dir', dir);
  const names = await readdir(out, { recursive: true });
  assert.deepEqual(names.filter((name) => name.includes('SIP0')).sort(), [
    ...[`SIP${mac}.cnf`, `phones/SIP${mac}.cnf`],
  ]);
  const [own, same] = await Promise.all(
    [`SIP${mac}.cnf`, `phones/SIP${mac}.cnf`].map((name) => readFile(join(out, name), 'utf8')),
  );
  assert.equal(own, same);
});

test('a phone finds its file in the folder that it was told, and its loader without it', async (t) => {
  const dir = await workspace(t);
  await ok('firmware', 'synth', image, '--out', join(dir, 'firmware'));
  await ok('phone', 'set', mac, '--set', 'tftp_cfg_dir=./phones/', '--dir', dir);
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp = '' } = listen as Readonly<Record<string, string>>;
  const twin = ['--model', '7960', '--mac', mac, '--image', image, '--address', '127.0.0.92'];
  const out = await ok('twin', 'boot', ...twin, '--tftp', tftp, '--time-scale', '0', '--json');
  const requests = (jsonLines(out) as readonly Record<string, string>[])
    .filter(({ path = '' }) => /SIP0/.test(path))
    .map(({ outcome, path }) => `${outcome} ${path}`);
  assert.deepEqual(requests, [`sent SIP${mac}.cnf`, `sent ./phones/SIP${mac}.cnf`]);
  assert.equal(await server.end(), 0);
});

test('a Java phone without an image gets its settings and no load', async (t) => {
  const dir = await workspace(t);
  const add = ['phone', 'add', '020000000002', '--model', '7962', '--set', 'line1_name=7'];
  await ok(...add, '--dir', dir);
  const out = await ok('render', '020000000002', '--dir', dir);
  assert.match(out, /<name>7<\/name>/);
  assert.match(out, /<proxy>192\.0\.2\.20<\/proxy>/);
  assert.doesNotMatch(out, /loadInformation/);
});

test('one way to show at a time', async (t) => {
  const dir = await workspace(t);
  assert.equal((await hookflash('render', mac, '--why', '--diff', '--dir', dir)).code, 2);
});
