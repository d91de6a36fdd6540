import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { lintPath } from './lint-path.ts';
import { mendFiles } from './mend-files.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function folderWith(t: TestContext, files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'hookflash-mend-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content);
  return root;
}

async function mend(root: string, dryRun = false) {
  const { findings } = await lintPath(root, { onProblem: (text) => assert.fail(text) });
  return mendFiles(root, findings, dryRun).map(({ finding, did }) => `${finding.code}: ${did}`);
}

const crooked =
  '\uFEFFproxy1_address: “192.0.2.1”   ; ours\r\n\r\nproxy1_port: "5060\r\nDnd_Control: "0"\r\n';
const straight =
  'proxy1_address: "192.0.2.1"   ; ours\r\n\r\nproxy1_port: "5060"\r\ndnd_control: "0"\r\n';

test('quotes, letter case and byte order mark are mended, and nothing else', async (t) => {
  const root = folderWith(t, { 'SIPDefault.cnf': crooked });
  chmodSync(join(root, 'SIPDefault.cnf'), 0o640);
  const done = await mend(root);
  assert.equal(readFileSync(join(root, 'SIPDefault.cnf'), 'utf8'), straight);
  assert.equal(statSync(join(root, 'SIPDefault.cnf')).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(root), ['SIPDefault.cnf']);
  assert.deepEqual(done, [
    'byte-order-mark: took out "\uFEFF"',
    'curly-quotes: wrote "…" for “…”',
    'unclosed-quote: put in "\\""',
    'parameter-case: wrote dnd_control for Dnd_Control',
  ]);
});

test('a dry run says it and does nothing', async (t) => {
  const root = folderWith(t, { 'SIPDefault.cnf': crooked, 'OS79XX.txt': 'P003-8-12-00 \n' });
  assert.equal((await mend(root, true)).length, 6);
  assert.equal(readFileSync(join(root, 'SIPDefault.cnf'), 'utf8'), crooked);
  assert.deepEqual(readdirSync(root).toSorted(), ['OS79XX.txt', 'SIPDefault.cnf']);
});

test('what is mended in a file under a wrong name is there under the right one', async (t) => {
  const root = folderWith(t, { 'OS79XX.txt': 'POO3-8-12-00 \n', 'SIPO013C4A1B2C3.cnf': '' });
  await mend(root);
  await mend(root);
  assert.deepEqual(readdirSync(root).toSorted(), ['OS79XX.TXT', 'SIP0013C4A1B2C3.cnf']);
  assert.equal(readFileSync(join(root, 'OS79XX.TXT'), 'utf8'), 'P003-8-12-00\n');
});

test('a file is not renamed over another one', async (t) => {
  const root = folderWith(t, { 'OS79XX.TXT': 'P003-8-12-00\n', 'OS79XX.txt': 'P003-8-11-00\n' });
  if (readdirSync(root).length < 2) return t.skip('SKIPPED: letter case does not count here');
  assert.deepEqual(await mend(root), []);
  assert.equal(readFileSync(join(root, 'OS79XX.TXT'), 'utf8'), 'P003-8-12-00\n');
});

test('a text that is no UTF-8 is left alone', async (t) => {
  const bytes = Buffer.concat([
    Buffer.from('# B\xFCro\n', 'latin1'),
    Buffer.from('User_Info: "phone"\n'),
  ]);
  const root = folderWith(t, { 'SIPDefault.cnf': bytes });
  assert.deepEqual(await mend(root), []);
  assert.deepEqual(readFileSync(join(root, 'SIPDefault.cnf')), bytes);
});

test('passwords are not shown', async (t) => {
  const root = folderWith(t, { 'SIP0013C4A1B2C3.cnf': 'line1_password: “Zq7-secret”\n' });
  const [did = ''] = await mend(root);
  assert.match(did, /curly-quotes/);
  assert(!did.includes('Zq7'));
});
