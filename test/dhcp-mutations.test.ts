import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMutations } from './dhcp-mutations.ts';

const messages = 200_000;

test(`${messages} broken DHCP messages give a value or a CodecError`, (t) => {
  const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);
  t.diagnostic(`seed ${seed}`);
  const { read, refused } = readMutations(messages, seed);
  assert.ok(read > messages / 20, `${read} read`);
  assert.ok(refused > messages / 20, `${refused} refused`);
});
