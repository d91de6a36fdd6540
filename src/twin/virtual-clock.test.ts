import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realClock } from './clock.ts';
import { virtualClock } from './virtual-clock.ts';

test('virtual time passes in the order of the timers, without waiting', async () => {
  const clock = virtualClock(1000);
  const order: string[] = [];
  const nap = async (name: string, ms: number) => {
    await clock.sleep(ms);
    order.push(`${name} ${clock.now()}`);
  };
  await Promise.all([nap('late', 3_600_000), nap('a', 10), nap('b', 10), nap('now', 0)]);
  assert.deepEqual(order, ['now 1000', 'a 1010', 'b 1010', 'late 3601000']);
});

test('what a timer sets off runs before time moves on', async () => {
  const clock = virtualClock();
  const seen: number[] = [];
  clock.after(
    5,
    () => void Promise.resolve().then(() => clock.after(1, () => seen.push(clock.now()))),
  );
  clock.after(7, () => seen.push(clock.now()));
  await clock.sleep(10);
  assert.deepEqual(seen, [6, 7]);
});

test('a timer called off never fires', async () => {
  const clock = virtualClock();
  const callOff = clock.after(5, () => assert.fail('it fired'));
  callOff();
  await clock.sleep(10);
});

test('an aborted sleep rejects with the reason of the signal', async () => {
  const clock = virtualClock();
  const abort = new AbortController();
  clock.after(5, () => abort.abort(new Error('enough')));
  await assert.rejects(clock.sleep(10, abort.signal), /enough/);
  await assert.rejects(clock.sleep(10, abort.signal), /enough/);
  assert.equal(clock.now(), 5);
});

test('a real clock with scale 0 never sleeps, yet its time goes on', async () => {
  const clock = realClock({ scale: 0 });
  const start = clock.now();
  await clock.sleep(3_600_000);
  assert.ok(clock.now() - start >= 3_600_000);
  assert.equal(clock.patience(4_000), 400);
  assert.equal(clock.patience(100), 100);
  assert.equal(realClock({ scale: 0.5 }).patience(4_000), 2_000);
  await assert.rejects(clock.sleep(10, AbortSignal.abort(new Error('enough'))), /enough/);
});
