import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProvisionEvent } from '../core/asking.ts';
import { parseMac } from '../wire/mac.ts';
import { registrationOf, subnetOf } from './serve-rollouts.ts';

const mac = parseMac('02:00:00:00:00:01');

function registration(outcome: string): ProvisionEvent {
  const event = { kind: 'registration', at: 5, mac, user: '7001', address: '192.0.2.7', outcome };
  return event as ProvisionEvent;
}

test('a phone that is back has registered, or renewed what still held', () => {
  for (const outcome of ['registered', 'renewed'])
    assert.deepEqual(registrationOf(registration(outcome)), { kind: 'registered', mac, at: 5 });
  for (const outcome of ['challenged', 'unregistered', 'expired', 'refused'])
    assert.equal(registrationOf(registration(outcome)), undefined, outcome);
});

test('the subnet of an address that no network of the DHCP server has is its 254 neighbours', () => {
  assert.equal(subnetOf({}, '192.0.2.77'), '192.0.2.0/24');
  assert.equal(subnetOf({}, '::ffff:192.0.2.77'), '192.0.2.0/24');
  assert.equal(subnetOf({}, undefined), undefined);
});
