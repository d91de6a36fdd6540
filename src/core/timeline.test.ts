import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootRequest } from '../model/boot.ts';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import { fakeClock, type FakeClock } from './testing/fake-clock.ts';
import { createTimeline } from './timeline.ts';

const limits = { everyMs: 200, retryMs: 5000, most: 4 };

function request(path: string): BootRequest {
  const base = { at: 0, protocol: 'tftp', address: '192.0.2.7', port: 1, tie: 't' } as const;
  return { ...base, path, outcome: 'sent', bytes: 0, retries: 0 };
}

type Rows = readonly { readonly bootId: number; readonly request: BootRequest }[];

/** A timeline whose store takes what `refuse` does not throw for. */
function setUp(refuse: (rows: Rows) => void = () => undefined) {
  const clock: FakeClock = fakeClock();
  const batches: (readonly string[])[] = [];
  const problems: unknown[] = [];
  const requestsAppend = (rows: Rows): Promise<void> => {
    try {
      refuse(rows);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    batches.push(rows.map(({ bootId, request: { path } }) => `${bootId} ${path}`));
    return Promise.resolve();
  };
  const store = { ...memoryStore(), requestsAppend };
  const timeline = createTimeline(store, clock, limits, (error) => problems.push(error));
  return { clock, batches, problems, timeline };
}

test('requests of a moment are written at once', async () => {
  const { clock, batches, timeline } = setUp();
  timeline.add(1, request('a'));
  await clock.pass(150);
  timeline.add(2, request('b'));
  assert.deepEqual(batches, []);
  await clock.pass(50);
  assert.deepEqual(batches, [['1 a', '2 b']]);
  timeline.add(1, request('c'));
  await clock.pass(200);
  assert.deepEqual(batches.slice(1), [['1 c']]);
  assert.equal(clock.pending, 0);
});

test('flush writes now, and nothing twice', async () => {
  const { clock, batches, timeline } = setUp();
  timeline.add(1, request('a'));
  await timeline.flush();
  await timeline.flush();
  await clock.pass(1000);
  assert.deepEqual(batches, [['1 a']]);
});

test('rows that could not be written stay and are tried again by themselves', async () => {
  let broken = true;
  const { clock, batches, problems, timeline } = setUp(() => {
    if (broken) throw new Error('disk full');
  });
  timeline.add(1, request('a'));
  await clock.pass(200);
  assert.equal(problems.length, 1);
  broken = false;
  await clock.pass(limits.retryMs);
  assert.deepEqual(batches, [['1 a']]);
  assert.equal(clock.pending, 0);
});

test('of rows that cannot be written the newest are kept, in their order', async () => {
  let broken = true;
  const { clock, batches, timeline } = setUp(() => {
    if (broken) throw new Error('disk full');
  });
  for (const path of ['a', 'b', 'c']) timeline.add(1, request(path));
  await timeline.flush();
  for (const path of ['d', 'e', 'f']) timeline.add(1, request(path));
  await timeline.flush();
  broken = false;
  await clock.pass(limits.retryMs);
  assert.deepEqual(batches, [['1 c', '1 d', '1 e', '1 f']]);
});

function unknownBoot(): Error {
  return Object.assign(new Error('no such boot'), { code: 'unknown-boot' });
}

test('rows of a boot that is gone are dropped, the others are written', async () => {
  const { clock, batches, problems, timeline } = setUp((rows) => {
    if (rows.some(({ bootId }) => bootId === 9)) throw unknownBoot();
  });
  for (const [boot, path] of [
    [1, 'a'],
    [9, 'x'],
    [2, 'b'],
    [1, 'c'],
  ] as const)
    timeline.add(boot, request(path));
  await clock.pass(200);
  assert.deepEqual(batches, [['1 a', '1 c'], ['2 b']]);
  assert.equal(problems.length, 1);
  await clock.pass(limits.retryMs);
  assert.equal(problems.length, 1);
});

test('beside a boot that is gone, rows that fail for another reason stay', async () => {
  let broken = true;
  const { clock, batches, problems, timeline } = setUp((rows) => {
    if (rows.some(({ bootId }) => bootId === 9)) throw unknownBoot();
    if (broken && rows.some(({ bootId }) => bootId === 2)) throw new Error('disk full');
  });
  for (const [boot, path] of [
    [1, 'a'],
    [9, 'x'],
    [2, 'b'],
  ] as const)
    timeline.add(boot, request(path));
  await clock.pass(200);
  assert.equal(problems.length, 2);
  broken = false;
  await clock.pass(limits.retryMs);
  assert.deepEqual(batches, [['1 a'], ['2 b']]);
});

test('what is added while a batch is written goes into the next one', async () => {
  const { clock, batches, timeline } = setUp();
  timeline.add(1, request('a'));
  const flushed = timeline.flush();
  timeline.add(1, request('b'));
  await flushed;
  await clock.pass(200);
  assert.deepEqual(batches.flat(), ['1 a', '1 b']);
});

test('the store says of a removed phone what the timeline understands', async () => {
  const store = memoryStore();
  const problems: unknown[] = [];
  const timeline = createTimeline(store, fakeClock(), limits, (error) => problems.push(error));
  const kept = await store.bootStart('020000000001' as Mac, 0);
  timeline.add(77, request('x'));
  timeline.add(kept, request('a'));
  await timeline.flush();
  assert.deepEqual(
    (await store.requestList(kept)).map(({ path }) => path),
    ['a'],
  );
  assert.equal(problems.length, 1);
});
