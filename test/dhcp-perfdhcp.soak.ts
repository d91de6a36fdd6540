import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchangesWithoutDrops } from './dhcp-rate.ts';

const rate = 2000;

/** For a machine that has little else to do, and a disk that syncs as quickly as an SSD. */
test(`perfdhcp: ${rate} exchanges a second for ten seconds without a drop`, async (t) => {
  const load = { rate, seconds: 10, clients: 100_000 };
  const measured = await exchangesWithoutDrops(t, load);
  if (!measured) return;
  assert(measured.rate > 0.98 * rate, `perfdhcp did not send so many: ${JSON.stringify(measured)}`);
  t.diagnostic(`${measured.sent} exchanges, ${measured.rate} a second, no drops`);
});
