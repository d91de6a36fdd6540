import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeFamily } from '../core/testing/fake-family.ts';
import { formats } from '../families/cisco-shared/formats.ts';
import type { Io } from './io.ts';
import type { Operations } from './operations.ts';
import { runCommand } from './program.ts';

async function decode(content: string, ...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    write: () => undefined,
  } as unknown as Io;
  const ops = {
    version: '1',
    families: [{ ...fakeFamily, formats }],
    now: () => 0,
    readFile: () => Promise.resolve(Buffer.from(content)),
  } as unknown as Operations;
  const code = await runCommand(['decode', ...words], io, ops);
  return { code, out, err };
}

test('a file as JSON that people can read', async () => {
  const { code, out, err } = await decode('sync: "1"\n', 'root/SIPDefault.cnf');
  assert.equal(code, 0);
  assert.deepEqual(err, []);
  assert.deepEqual(out[0]?.split('\n').slice(0, 3), ['{', '  "format": "cnf",', '  "values": {']);
});

test('with --json on one line, and nothing else', async () => {
  const { code, out, err } = await decode('sync: “1”\n', 'SIPDefault.cnf', '--json');
  assert.equal(code, 0);
  assert.deepEqual(err, []);
  assert.equal(out.length, 1);
  const { values, findings } = JSON.parse(out[0] ?? '') as Record<string, unknown>;
  assert.deepEqual(values, { sync: '1' });
  assert.deepEqual(findings, [
    {
      code: 'curly-quotes',
      severity: 'warning',
      text: 'phones know straight quotes only',
      place: { file: 'SIPDefault.cnf', line: 1, column: 7 },
    },
  ]);
});

test('what is wrong is said as compilers say it', async () => {
  const warned = await decode('sync: “1”\n', 'root/SIPDefault.cnf');
  assert.equal(warned.code, 0);
  assert.deepEqual(warned.err, [
    'root/SIPDefault.cnf:1:7: warning: phones know straight quotes only',
  ]);
  const broken = await decode('<device>\n</devic>', 'SEP0013C4A1B2C3.cnf.xml');
  assert.equal(broken.code, 1);
  assert.deepEqual(broken.err, [
    'SEP0013C4A1B2C3.cnf.xml:2:1: error: expected </device> for the tag on line 1, found "</devic>"',
  ]);
});

test('a file that nobody knows is a problem', async () => {
  const { code, out, err } = await decode('to do', 'notes.txt');
  assert.equal(code, 1);
  assert.match(out[0] ?? '', /"format": "unknown"/);
  assert.match(err[0] ?? '', /^notes\.txt: error: no family of phones reads/);
});
