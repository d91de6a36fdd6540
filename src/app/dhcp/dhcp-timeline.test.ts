import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeClock } from '../../core/testing/fake-clock.ts';
import type { DhcpDecision } from '../../core/dhcp/decision.ts';
import { readAsking } from '../../core/dhcp/asking.ts';
import { clientMessage } from '../../core/dhcp/testing/messages.ts';
import type { Mac } from '../../wire/mac.ts';
import { dhcpTimeline } from './dhcp-timeline.ts';

const known = '020000000001' as Mac;
const inventory = {
  phoneOf: (mac: Mac | undefined) => (mac === known ? ({} as never) : undefined),
};

function discovered(client: number, isPhone = true): DhcpDecision {
  const asking = readAsking(clientMessage({ type: 'discover', client }));
  assert.ok(asking);
  const phone = isPhone ? { labels: {} } : undefined;
  return { asking, phone, outcome: 'none', because: 'x', events: [] };
}

test('phones of the inventory always, others up to a thousand in an hour, computers never', async () => {
  const clock = fakeClock();
  const told = new Map<Mac, number>();
  const take = dhcpTimeline(inventory, clock, (mac) => told.set(mac, (told.get(mac) ?? 0) + 1));
  take(discovered(2, false));
  assert.equal(told.size, 0);
  for (let client = 1; client <= 3000; client++) take(discovered(client));
  assert.equal(told.size, 1001);
  take(discovered(1));
  take(discovered(2));
  take(discovered(2999));
  assert.deepEqual([told.get(known), told.get('020000000002' as Mac), told.size], [2, 2, 1001]);
  await clock.pass(60 * 60_000);
  take(discovered(2999));
  assert.equal(told.size, 1002);
});
