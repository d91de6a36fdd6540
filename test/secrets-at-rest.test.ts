import assert from 'node:assert/strict';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { parseMac } from '../src/wire/mac.ts';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

/** Passwords in the folder of a workspace, and in what the program says, from real processes. */

const mac = '020000000001';
const secret = 'geh3im-geh3im';

async function ok(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await hookflash(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  assert.doesNotMatch(err, /geh3im/);
  return out;
}

async function site(t: TestContext, trusted = true): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  await ok('init', dir);
  const trust = trusted ? 'trust:\n  networks: [127.0.0.0/8]\n' : '';
  await writeFile(join(dir, 'hookflash.yaml'), `${trust}settings:\n  proxy1_address: pbx\n`);
  const add = ['phone', 'add', mac, '--model', '7960', '--image', 'P0S3-8-12-00', '--dir', dir];
  const sets = ['--set', 'line1_name=1', '--set', `line1_password=${secret}`];
  assert.doesNotMatch(await ok(...add, ...sets, '--json'), /geh3im/);
  await ok('firmware', 'synth', 'P0S3-8-12-00', '--out', join(dir, 'firmware'));
  return dir;
}

async function boot(t: TestContext, dir: string): Promise<readonly string[]> {
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
  const lines: string[] = [];
  server.each((line) => lines.push(JSON.stringify(line)));
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp = '' } = listen as Readonly<Record<string, string>>;
  const twin = ['--model', '7960', '--mac', mac, '--image', 'P0S3-8-12-00', '--tftp', tftp];
  await ok('twin', 'boot', ...twin, '--address', '127.0.0.94', '--time-scale', '0');
  assert.equal(await server.end(), 0);
  return lines;
}

async function allBytes(dir: string): Promise<string> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('hookflash.'));
  return (await Promise.all(names.map((name) => readFile(join(dir, name), 'latin1')))).join('');
}

test('what is stored and served stands nowhere in plain; the phone gets it all the same', async (t) => {
  const dir = await site(t);
  const lines = await boot(t, dir);
  assert.doesNotMatch(lines.join(), /geh3im/);
  assert.doesNotMatch(lines.join(), /secret-withheld/);
  assert.doesNotMatch(await allBytes(dir), /geh3im/);
  assert.equal((await stat(join(dir, 'hookflash.key'))).mode & 0o777, 0o600);
  assert.match(await ok('render', mac, `SIP${mac}.cnf`, '--dir', dir), /geh3im/);
  assert.match(
    await ok('render', mac, '--diff', '--dir', dir),
    new RegExp(`^same +SIP${mac}`, 'm'),
  );
  for (const words of [
    ['phone', 'show', mac],
    ['phone', 'list', '--json'],
    ['phone', 'export'],
    ['phone', 'export', '--json'],
    ['render', mac, '--diff', '--json'],
    ['render', mac, '--why', '--json'],
  ])
    assert.doesNotMatch(await ok(...words, '--dir', dir), /geh3im/, words.join(' '));
  assert.match(await ok('phone', 'export', '--secrets', '--dir', dir), /geh3im/);
});

test('without its key the program says what it wants; with an open one what to do', async (t) => {
  const dir = await site(t);
  const key = join(dir, 'hookflash.key');
  await chmod(key, 0o644);
  const open = await hookflash('phone', 'list', '--dir', dir);
  assert.deepEqual([open.code, open.out], [1, '']);
  assert.match(
    open.err,
    /^hookflash: other users may read .*hookflash\.key \(mode 644\).*chmod 600/,
  );
  await rm(key);
  const lost = await hookflash('phone', 'list', '--dir', dir);
  assert.equal(lost.code, 1);
  assert.match(
    lost.err,
    /line1_password cannot be read: its key is missing: put back .*hookflash\.key/,
  );
});

test('a database of an older version is read, and db seal leaves nothing of it in plain', async (t) => {
  const dir = await site(t);
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  const phone = (await store.phoneGet(parseMac(mac)))!;
  await store.phonePut({ ...phone, settings: { line1_password: secret } });
  const text = `line1_password: ${secret}`;
  const served = { mac: parseMac(mac), path: 'a', at: 1, size: 1, sha256: '0', text };
  await store.servedPut([{ ...served, source: 'generated' }]);
  await store.close();
  assert.match(await allBytes(dir), /geh3im/);
  assert.match(await ok('render', mac, `SIP${mac}.cnf`, '--dir', dir), /geh3im/);
  assert.equal(
    await ok('db', 'seal', '--dir', dir),
    'sealed: 1 phone with secrets, 1 served file\n',
  );
  assert.doesNotMatch(await allBytes(dir), /geh3im/);
  assert.match(await ok('render', mac, `SIP${mac}.cnf`, '--dir', dir), /geh3im/);
});

test('serve says at its start when nobody can be verified, and the phone is told of', async (t) => {
  const dir = await site(t, false);
  const lines = await boot(t, dir);
  const [ready = '', problem = ''] = lines;
  assert.match(ready, /"event":"ready"/);
  assert.match(problem, /"event":"problem".*secret-withheld: the inventory has passwords/);
  const found = lines.filter((line) => line.includes('"code":"secret-withheld"'));
  assert.equal(found.length, 1, found.join('\n'));
  assert.match(
    found[0]!,
    /127\.0\.0\.94 asked for .*SIP020000000001\.cnf and got it without line1_password/,
  );
  assert.match(await ok('phone', 'show', mac, '--dir', dir), /secret-withheld/);
  assert.doesNotMatch(lines.join(), /geh3im/);
});

test('serve says at its start when others may read passwords in hookflash.yaml', async (t) => {
  const dir = await site(t);
  const yaml = join(dir, 'hookflash.yaml');
  const text = `trust: { networks: [127.0.0.0/8] }\nsettings: { phone_password: ${secret} }\n`;
  await writeFile(yaml, text);
  await chmod(yaml, 0o644);
  const told = (await boot(t, dir)).filter((line) => line.includes('"problem"'));
  assert.equal(told.length, 1);
  assert.match(told[0]!, /hookflash\.yaml holds passwords \(phone_password\).*chmod 600/);
  await chmod(yaml, 0o600);
  assert.equal((await boot(t, dir)).filter((line) => line.includes('"problem"')).length, 0);
});
