import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzRudp } from '../src/codec/unistim/testing/rudp-fuzz.ts';
import { fuzzUnistimServer } from './unistim-fuzz.ts';
import { fuzzServerProcess } from './unistim-process-fuzz.ts';

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

test(`a million random datagrams to a server process, and phones upgrade meanwhile, seed ${seed}`, async (t) => {
  const { upgraded, dropped, before, after } = await fuzzServerProcess(t, 1_000_000, seed);
  t.diagnostic(`${upgraded} phones upgraded; ${before} bytes, then ${after}`);
  // One in each of the four lanes at the least; how many more depends on the machine's speed.
  assert.ok(upgraded >= 4);
  assert.equal(dropped, 0, 'the server got all of them');
  // Sessions that never say who they are stay for 30 s: thousands of them, and no more.
  const growth = (after ?? 0) - (before ?? 0);
  assert.ok(growth < 192 * 2 ** 20, `${growth} bytes more`);
});
