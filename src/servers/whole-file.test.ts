import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readWholeFile } from './whole-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookflash-file-'));
  path = join(folder, 'file');
  writeFileSync(path, 'before');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Has `change` happen before each of the first `times` readings of a part of any file. */
async function changeDuringReads(t: TestContext, times: number, change: () => void): Promise<void> {
  const file = await open(path);
  const prototype = Object.getPrototypeOf(file) as FileHandle;
  await file.close();
  const read = prototype.read as (...args: unknown[]) => unknown;
  let left = times;
  t.mock.method(prototype, 'read', function (this: FileHandle, ...args: unknown[]) {
    if (left-- > 0) change();
    return read.apply(this, args);
  });
}

async function readText(): Promise<string> {
  return Buffer.from((await readWholeFile(path, 100)).bytes).toString();
}

test('a file that grows while it is read is read again', async (t) => {
  await changeDuringReads(t, 1, () => appendFileSync(path, ' after'));
  assert.equal(await readText(), 'before after');
});

test('a file that shrinks while it is read is read again', async (t) => {
  await changeDuringReads(t, 1, () => truncateSync(path, 3));
  assert.equal(await readText(), 'bef');
});

test('a file that outgrows the limit while it is read is refused', async (t) => {
  await changeDuringReads(t, 1, () => appendFileSync(path, 'x'.repeat(100)));
  await assert.rejects(readText(), /106 bytes, more than the limit of 100/);
});

test('a file that never keeps still is refused', async (t) => {
  await changeDuringReads(t, 10, () => appendFileSync(path, '.'));
  await assert.rejects(readText(), /changed during each of 5 attempts/);
});
