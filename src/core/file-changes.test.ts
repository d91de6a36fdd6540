import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { BootRequest } from '../model/boot.ts';
import type { ServedFile } from '../model/served.ts';
import { parseMac } from '../wire/mac.ts';
import { fileChanges as changes, type FileNow } from './file-changes.ts';
import { textOf } from './served.ts';

const fileChanges = (
  before: readonly ServedFile[],
  files: readonly FileNow[],
  requests: readonly BootRequest[],
) => changes(before, files, requests, (_, bytes) => textOf(bytes)?.replaceAll('secret', '***'));

const mac = parseMac('020000000001');

function served(path: string, text: string, parts: Partial<ServedFile> = {}): ServedFile {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { mac, path, at: 5, source: 'generated', size: text.length, sha256, text, ...parts };
}

const now = (path: string, text?: string) => ({
  path,
  bytes: text === undefined ? undefined : Buffer.from(text),
});

function request(path: string, at: number): BootRequest {
  const place = { protocol: 'tftp', address: '127.0.0.7', port: 1, tie: '' } as const;
  return { at, path, ...place, outcome: 'missing', bytes: 0, retries: 0 };
}

test('same, changed, new and gone', () => {
  const before = [served('a', 'A\n'), served('b', 'B\n'), served('c', 'C\n')];
  assert.deepEqual(fileChanges(before, [now('A', 'A\n'), now('b', 'X\n'), now('d', 'D')], []), [
    { path: 'A', state: 'same', at: 5 },
    { path: 'b', state: 'changed', at: 5, diff: '@@ -1 +1 @@\n-B\n+X' },
    { path: 'd', state: 'new' },
  ]);
  assert.deepEqual(fileChanges(before, [now('c')], []), [{ path: 'c', state: 'gone', at: 5 }]);
});

test('what the phone was told to be missing since has not changed', () => {
  const before = [served('c', 'C\n')];
  assert.deepEqual(fileChanges(before, [now('c')], [request('./C', 6)]), []);
  assert.equal(fileChanges(before, [now('c')], [request('c', 4)]).length, 1);
});

test('what was not kept as text, or is none, is changed without a diff', () => {
  const { text: _, ...long } = served('a', 'long');
  const changes = fileChanges([long], [now('a', 'other')], []);
  assert.deepEqual(changes, [{ path: 'a', state: 'changed', at: 5 }]);
  const bytes = Uint8Array.of(0xff);
  assert.deepEqual(fileChanges([served('a', 'A')], [{ path: 'a', bytes }], []), changes);
});

test('of a file taken under two spellings the last one counts', () => {
  const before = [served('SIPDefault.cnf', 'new\n', { at: 9 }), served('sipdefault.cnf', 'old\n')];
  assert.equal(fileChanges(before, [now('SIPDefault.cnf', 'new\n')], [])[0]?.state, 'same');
});

test('secrets are hidden on both sides, and what cannot be shown has no diff', () => {
  const before = [served('a', 'is secret\n')];
  const bytes = Buffer.from('is a secret\n');
  const [shown] = fileChanges(before, [{ path: 'a', bytes }], []);
  assert.equal(shown?.diff, '@@ -1 +1 @@\n-is ***\n+is a ***');
  assert.deepEqual(
    changes(before, [{ path: 'a', bytes }], [], () => undefined),
    [{ path: 'a', state: 'changed', at: 5 }],
  );
});
