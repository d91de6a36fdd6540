import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeFamily } from '../core/testing/fake-family.ts';
import { keyTable, pathTable } from '../core/testing/fake-parameters.ts';
import type { FirmwareFile } from '../model/firmware.ts';
import type { Io } from './io.ts';
import type { Operations } from './operations.ts';
import { runCommand } from './program.ts';

const families = [
  { ...fakeFamily, parameters: [keyTable, pathTable] },
  { ...fakeFamily, id: 'other', parameters: [pathTable] },
];

async function reference(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const files: FirmwareFile[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    write: () => undefined,
  } as unknown as Io;
  const ops = {
    version: '1',
    families,
    writeFiles(_dir: string, written: readonly FirmwareFile[]) {
      files.push(...written);
      return Promise.resolve(written.map(({ name }) => name));
    },
  } as unknown as Operations;
  const code = await runCommand(['reference', ...words], io, ops);
  return { code, out, err, files };
}

test('a parameter with all that is known of it', async () => {
  const { code, out } = await reference('line2_secret');
  assert.equal(code, 0);
  assert.equal(out[0], 'line2_secret  (Fake: keys)');
  assert.ok(out.includes('  Values         text, up to 8 characters'));
  assert.ok(out.includes('  Also written   lineN_pin'));
});

test('as JSON, a line for each table that has it', async () => {
  const { out } = await reference('name', '--json');
  const keys = out.map((line) => JSON.parse(line) as { table: string; key: string });
  assert.deepEqual(
    keys.map(({ table, key }) => `${table} ${key}`),
    ['fake-paths line/name', 'fake-paths server/name'],
  );
});

test('an unknown one is a problem that says what was meant', async () => {
  const { code, out, err } = await reference('volumne');
  assert.equal(code, 1);
  assert.deepEqual(out, []);
  assert.deepEqual(err, ['hookflash: "volumne" is in no table; did you mean volume?']);
});

test('without a parameter: the tables, one that families share once', async () => {
  const { out } = await reference('--json');
  const ids = out.map((line) => (JSON.parse(line) as { id: string }).id);
  assert.deepEqual(ids, ['fake-keys', 'fake-paths']);
});

test('--out writes the pages', async () => {
  const { code, out, files } = await reference('--out', 'somewhere');
  assert.equal(code, 0);
  assert.deepEqual(out, ['README.md', 'fake-keys.md', 'fake-paths.md']);
  assert.match(Buffer.from(files[1]!.bytes).toString(), /^# Fake: keys\n/);
});

test('a parameter and --out together are wrong usage', async () => {
  const { code } = await reference('volume', '--out', 'somewhere');
  assert.equal(code, 2);
});
