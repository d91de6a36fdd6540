import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzSntpServer } from './sntp-fuzz.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`a million random datagrams, seed ${seed}`, async (t) => {
  const { received, problems, heapGrowth } = await fuzzSntpServer(t, 1_000_000, seed);
  assert.equal(received, 1_000_000);
  assert.deepEqual(problems, []);
  assert(heapGrowth < 32 * 2 ** 20, `${heapGrowth} bytes`);
});
