import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '../store/memory.ts';
import type { Watched } from '../model/watched.ts';
import type { Mac } from '../wire/mac.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { createWatchRecord } from './watch-record.ts';

const one = '020000000001' as Mac;
const two = '020000000002' as Mac;
const watched = (mac: Mac, state: string): Watched => ({ mac, family: 'fake', form: 1, state });

function parts(fails: () => boolean = () => false) {
  const store = memoryStore();
  const clock = fakeClock();
  const puts: string[] = [];
  const problems: unknown[] = [];
  const counted = {
    async watchedPut(all: readonly Watched[]) {
      if (fails()) throw new Error('disk full');
      puts.push(all.map(({ state }) => String(state)).join());
      await store.watchedPut(all);
    },
  };
  const record = createWatchRecord(counted, clock, 20, (error) => problems.push(error));
  return { store, clock, puts, problems, record };
}

test('what is put is on disk when the promise resolves; phones share a writing', async () => {
  const { record, store, puts } = parts();
  const all = [record.put(watched(one, 'a')), record.put(watched(two, 'b'))];
  await all[1];
  assert.equal((await store.watchedGet(one))?.state, 'a');
  await Promise.all(all);
  assert.deepEqual(puts, ['a,b']);
});

test('what proves nothing is written soon, the last of it, and at a flush at once', async () => {
  const { record, clock, puts } = parts();
  for (const state of ['a', 'b']) record.putLater(watched(one, state));
  await clock.pass(19);
  assert.deepEqual(puts, []);
  await clock.pass(1);
  assert.deepEqual(puts, ['b']);
  record.putLater(watched(one, 'c'));
  await record.flush();
  assert.deepEqual(puts, ['b', 'c']);
});

test('what could not be written goes with the next, unless something newer has come', async () => {
  let isFull = true;
  const { record, clock, puts, problems } = parts(() => isFull);
  await assert.rejects(record.put(watched(one, 'a')), /disk full/);
  record.putLater(watched(two, 'x'));
  await clock.pass(20);
  assert.equal(problems.length, 1);
  isFull = false;
  await record.put(watched(one, 'b'));
  assert.deepEqual(puts, ['b,x']);
});
