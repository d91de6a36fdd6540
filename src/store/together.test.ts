import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from './together.ts';

test('what is asked for at once is written at once, and each gets its own', async () => {
  const groups: (readonly number[])[] = [];
  const double = together((inputs: readonly number[]) => {
    groups.push(inputs);
    return Promise.resolve(inputs.map((input) => 2 * input));
  });
  assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6]);
  assert.equal(await double(4), 8);
  assert.deepEqual(groups, [[1, 2, 3], [4]]);
});

test('while some are written the next ones gather, in their order', async () => {
  const groups: (readonly number[])[] = [];
  const gate = Promise.withResolvers<undefined>();
  const same = together(async (inputs: readonly number[]) => {
    groups.push(inputs);
    await gate.promise;
    return inputs;
  });
  const first = same(1);
  await new Promise((resolve) => setImmediate(resolve));
  const rest = [2, 3].map(same);
  gate.resolve(undefined);
  assert.deepEqual(await Promise.all([first, ...rest]), [1, 2, 3]);
  assert.deepEqual(groups, [[1], [2, 3]]);
});

test('one that cannot be written fails alone', async () => {
  const odd = together((inputs: readonly number[]) =>
    inputs.some((input) => input % 2 === 0)
      ? Promise.reject(new Error(`even: ${inputs.join()}`))
      : Promise.resolve(inputs),
  );
  const ends = await Promise.allSettled([1, 2, 3].map(odd));
  assert.deepEqual(
    ends.map((end) => (end.status === 'fulfilled' ? end.value : String(end.reason))),
    [1, 'Error: even: 2', 3],
  );
  assert.equal(await odd(5), 5);
});
