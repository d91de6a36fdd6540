import { test } from 'node:test';
import { exchangesWithoutDrops } from './dhcp-rate.ts';

// The full rate is in dhcp-perfdhcp.soak.ts: a test does not depend on how fast the machine is.
test('perfdhcp: 300 exchanges a second of many clients without a drop, all of them on disk', async (t) => {
  await exchangesWithoutDrops(t, { rate: 300, seconds: 3, clients: 100_000 });
});
