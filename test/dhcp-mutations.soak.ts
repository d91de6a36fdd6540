import { test } from 'node:test';
import { readMutations } from './dhcp-mutations.ts';

const messages = 5_000_000;
const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`${messages} broken DHCP messages, seed ${seed}`, (t) => {
  const { read, refused } = readMutations(messages, seed);
  t.diagnostic(`${read} read, ${refused} refused`);
});
