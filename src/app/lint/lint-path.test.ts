import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Finding } from '../../model/finding.ts';
import { filesBelow } from './disk-files.ts';
import { lintPath } from './lint-path.ts';

function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'hookflash-lint-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const fail = (text: string) => assert.fail(text);
const placed = ({ place, code }: Finding) => `${place?.file ?? ''}:${place?.line ?? 0} ${code}`;

const cnf = (value: string) => `line1_name: "1"\npreferred_codec: "${value}"\n`;

test('threads find what one thread finds, in the same order', async (t) => {
  const files = Object.fromEntries(
    Array.from({ length: 700 }, (_, index) => {
      const mac = index.toString(16).toUpperCase().padStart(12, '0');
      return [`phones/SIP${mac}.cnf`, cnf(index % 7 === 0 ? 'opus' : 'g729a')];
    }),
  );
  const root = folderWith(t, files);
  const alone = await lintPath(root, { onProblem: fail, threads: 0 });
  const threaded = await lintPath(root, { onProblem: fail, threads: 3 });
  assert.equal(alone.files, 700);
  assert.deepEqual(threaded, alone);
  // SIP000000000000.cnf is a placeholder as well.
  assert.equal(alone.findings.length, 101);
});

test('a file is linted as it stands among those beside it', async (t) => {
  const sep = '<device><sipProfile><dialTemplate>dialplan.xml</dialTemplate></sipProfile></device>';
  const root = folderWith(t, {
    'SEP0013C4A1B2C3.cnf.xml': sep,
    'dialplan.xml': '<DIALTEMPLATE><TEMPLATE MATCH="*"/></DIALTEMPLATE>',
    'SIP0013C4A1B2C3.cnf': 'nonsense\n',
    'below/SIPDefault.cnf': 'nonsense\n',
  });
  const { findings, files } = await lintPath(join(root, 'SEP0013C4A1B2C3.cnf.xml'), {
    onProblem: fail,
  });
  assert.equal(files, 1);
  assert.deepEqual(findings.map(placed), [
    'SEP0013C4A1B2C3.cnf.xml:1 sep-blocks-sip',
    'SEP0013C4A1B2C3.cnf.xml:1 line-missing',
  ]);
});

test('of a workspace the files and the firmware are linted', async (t) => {
  const root = folderWith(t, {
    'hookflash.yaml': '',
    'hookflash.db': '',
    'SIPDefault.cnf': 'nonsense\n',
    'files/SIPDefault.cnf': 'nonsense\n',
  });
  const { findings } = await lintPath(root, { onProblem: fail });
  assert.deepEqual(findings.map(placed), ['files/SIPDefault.cnf:1 not-a-setting']);
});

test('hidden files and folders behind links are left out, links to files are not', (t) => {
  const root = folderWith(t, { '.git/SIPDefault.cnf': '', 'real/a.cnf': '', '.x': '' });
  symlinkSync(join(root, 'real'), join(root, 'loop'));
  symlinkSync(join(root, 'real/a.cnf'), join(root, 'b.cnf'));
  assert.deepEqual([...filesBelow(root, fail)].toSorted(), ['b.cnf', 'real/a.cnf']);
});

test('links that lead nowhere are told of', (t) => {
  const root = folderWith(t, { 'a.cnf': '' });
  symlinkSync(join(root, 'gone'), join(root, 'b.cnf'));
  symlinkSync(join(root, 'c.cnf'), join(root, 'c.cnf'));
  const problems: string[] = [];
  const tell = (text: string) => void problems.push(text);
  assert.deepEqual([...filesBelow(root, tell)], ['a.cnf']);
  assert.match(problems.join('\n'), /^b\.cnf: ENOENT.*\nc\.cnf: ELOOP/);
});

test('what may not be read is told of', async (t) => {
  if (process.getuid?.() === 0) return t.skip('SKIPPED: root may read everything');
  const root = folderWith(t, { 'SIPDefault.cnf': 'x\n', 'shut/SIPDefault.cnf': 'x\n' });
  chmodSync(join(root, 'shut'), 0);
  t.after(() => chmodSync(join(root, 'shut'), 0o700));
  const problems: string[] = [];
  const { files } = await lintPath(root, { onProblem: (text) => void problems.push(text) });
  assert.equal(files, 1);
  assert.match(problems[0] ?? '', /^shut: EACCES/);
});

test('a folder that is not there is an error', async () => {
  await assert.rejects(lintPath('/nowhere/at/all', { onProblem: fail }), /ENOENT/);
});

test('files of any size are read whole', async (t) => {
  const long = `${'# a comment that makes the file long\n'.repeat(6000)}nonsense\n`;
  const root = folderWith(t, { 'SIPDefault.cnf': long });
  const { findings } = await lintPath(root, { onProblem: fail });
  assert.deepEqual(findings.map(placed), ['SIPDefault.cnf:6001 not-a-setting']);
});
