import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSerial } from './serial.ts';

test('tasks of one key run one after the other, in their order', async () => {
  const serial = createSerial();
  const gates = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const log: string[] = [];
  const runs = gates.map(({ promise }, index) =>
    serial.run('a', async () => {
      log.push(`${index} begins`);
      await promise;
      log.push(`${index} ends`);
      return index;
    }),
  );
  gates[1]?.resolve(undefined);
  gates[0]?.resolve(undefined);
  assert.deepEqual(await Promise.all(runs), [0, 1]);
  assert.deepEqual(log, ['0 begins', '0 ends', '1 begins', '1 ends']);
});

test('other keys do not wait', async () => {
  const serial = createSerial();
  const gate = Promise.withResolvers<undefined>();
  const blocked = serial.run('a', () => gate.promise);
  assert.equal(await serial.run('b', () => Promise.resolve('b')), 'b');
  gate.resolve(undefined);
  await blocked;
});

test('an error reaches who asked, and the next task runs', async () => {
  const serial = createSerial();
  const failed = serial.run('a', () => Promise.reject(new Error('no')));
  const thrown = serial.run('a', () => {
    throw new Error('at once');
  });
  const next = serial.run('a', () => Promise.resolve('next'));
  await assert.rejects(failed, /no/);
  await assert.rejects(thrown, /at once/);
  assert.equal(await next, 'next');
});

test('any mixture of keys, errors and pauses keeps the order of each key', async () => {
  const task = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    turns: fc.nat(3),
    fails: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(task), async (tasks) => {
      const serial = createSerial();
      const running = new Set<string>();
      const order = new Map<string, number[]>();
      const runs = tasks.map(({ key, turns, fails }, index) =>
        serial.run(key, async () => {
          assert.ok(!running.has(key), 'two at once');
          running.add(key);
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          running.delete(key);
          order.set(key, [...(order.get(key) ?? []), index]);
          if (fails) throw new Error('failed');
        }),
      );
      const ends = await Promise.allSettled(runs);
      const failures = ends.map(({ status }) => status === 'rejected');
      assert.deepEqual(
        failures,
        tasks.map(({ fails }) => fails),
      );
      for (const seen of order.values())
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
        );
    }),
  );
});
