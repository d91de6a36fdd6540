import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeat } from './repeat.ts';

const unexpected = () => assert.fail('not called');

/** What was asked of the clock, to be run by hand. */
function handClock() {
  const waiting: { ms: number; run: () => void; isOff: boolean }[] = [];
  return {
    clock: {
      now: () => 0,
      after(ms: number, run: () => void) {
        const timer = { ms, run, isOff: false };
        waiting.push(timer);
        return () => {
          timer.isOff = true;
        };
      },
    },
    waiting,
    async strike() {
      waiting.shift()?.run();
      await new Promise(setImmediate);
    },
  };
}

test('one run waits for the other, and a failed one ends nothing', async () => {
  const { clock, waiting, strike } = handClock();
  const open = Promise.withResolvers<undefined>();
  const runs = [() => Promise.reject(new Error('no')), () => open.promise];
  const problems: unknown[] = [];
  repeat(
    clock,
    300,
    async () => {
      await runs.shift()?.();
    },
    (error) => problems.push(error),
  );
  assert.deepEqual(
    waiting.map(({ ms }) => ms),
    [300],
  );
  await strike();
  assert.equal(String(problems[0]), 'Error: no');
  assert.equal(waiting.length, 1);
  await strike();
  assert.equal(waiting.length, 0, 'the second has not ended');
  open.resolve(undefined);
  await new Promise(setImmediate);
  assert.equal(waiting.length, 1);
});

test('nothing begins after the end, not even when a run ends later', async () => {
  const { clock, waiting, strike } = handClock();
  const open = Promise.withResolvers<undefined>();
  const stop = repeat(clock, 1, () => open.promise, unexpected);
  await strike();
  stop();
  open.resolve(undefined);
  await new Promise(setImmediate);
  assert.equal(waiting.length, 0);
  repeat(clock, 1, unexpected, unexpected)();
  assert.equal(waiting[0]?.isOff, true);
});
