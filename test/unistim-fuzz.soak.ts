import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzRudp } from '../src/codec/unistim/testing/rudp-fuzz.ts';
import { fuzzUnistimServer } from './unistim-fuzz.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`a million random datagrams through the readers, seed ${seed}`, () => {
  const { read, refused } = fuzzRudp(1_000_000, seed);
  assert.equal(read + refused, 1_000_000);
});

test(`a million random datagrams to both ports, seed ${seed}`, async (t) => {
  const { received, problems, heapGrowth } = await fuzzUnistimServer(t, 1_000_000, seed);
  assert(received >= 1_000_000);
  assert.deepEqual(problems, []);
  assert(heapGrowth < 32 * 2 ** 20, `${heapGrowth} bytes`);
});
