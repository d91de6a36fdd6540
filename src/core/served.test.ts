import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ServedFile } from '../model/served.ts';
import { parseMac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import { createServedRecord } from './served.ts';

const mac = parseMac('020000000001');
const limits = { everyMs: 200, textBytes: 10 };

function setUp(put?: () => Promise<void>) {
  const kept: (readonly ServedFile[])[] = [];
  const timers: (() => void)[] = [];
  const problems: unknown[] = [];
  const clock: Clock = {
    now: () => 77,
    after(_ms, run) {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run), 1);
    },
  };
  const keep = (files: readonly ServedFile[]) => Promise.resolve(void kept.push(files));
  const store = { servedPut: put ?? keep };
  const record = createServedRecord(store, clock, limits, (error) => problems.push(error));
  return { record, kept, timers, problems };
}

const found = (text: string | Uint8Array, source: 'generated' | 'library' = 'generated') => ({
  bytes: Buffer.from(text as string),
  source,
});

test('files of a moment are written at once, the last of each path', async () => {
  const { record, kept, timers } = setUp();
  record.took(mac, './a.cnf', found('one'));
  record.took(mac, 'a.cnf', found('two'));
  record.took(mac, '/b.cnf', found('more than ten'));
  assert.equal(timers.length, 1);
  timers[0]?.();
  await record.flush();
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const base = { mac, at: 77, source: 'generated' };
  assert.deepEqual(kept, [
    [
      { ...base, path: 'a.cnf', size: 3, sha256: sha256('two'), text: 'two' },
      { ...base, path: 'b.cnf', size: 13, sha256: sha256('more than ten') },
    ],
  ]);
  assert.equal(timers.length, 0);
});

test('images are not kept, and bytes that are no text have none', async () => {
  const { record, kept } = setUp();
  record.took(mac, 'P0S3-8-12-00.sb2', found('image', 'library'));
  record.took(mac, 'odd.tlv', found(Uint8Array.of(0xff, 0xfe)));
  await record.flush();
  assert.deepEqual(
    kept.flat().map(({ path, text }) => [path, text]),
    [['odd.tlv', undefined]],
  );
});

test('what cannot be written is told, and the next is tried', async () => {
  let broken = true;
  const { record, problems } = setUp(() =>
    broken ? Promise.reject(new Error('full')) : Promise.resolve(),
  );
  record.took(mac, 'a', found('a'));
  await record.flush();
  broken = false;
  record.took(mac, 'b', found('b'));
  await record.flush();
  assert.equal(problems.length, 1);
});
