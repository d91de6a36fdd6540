import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootEvent } from '../model/boot.ts';
import type { DhcpFacts } from '../model/observation.ts';
import { createBootRepeats } from './boot-repeats.ts';

function dhcp(facts: DhcpFacts, address?: string): BootEvent {
  const event = { at: 0, protocol: 'dhcp', happening: { kind: 'dhcp', dhcp: facts } } as const;
  return address === undefined ? event : { ...event, address };
}

function sntp(from: 'phone' | 'server'): BootEvent {
  const happening = { kind: 'sntp', from, server: '192.0.2.1' } as const;
  return { at: 0, protocol: 'sntp', address: '192.0.2.9', happening };
}

const address = '192.0.2.9';
const renewal = dhcp({ message: 'request', address }, address);
const ack = dhcp({ message: 'ack', address, server: '192.0.2.1' }, address);

test('renewals and the time are kept once for each boot', () => {
  const repeats = createBootRepeats(10);
  const month = Array.from({ length: 60 }, () => [renewal, ack, sntp('phone'), sntp('server')]);
  const kept = month.flat().filter((event) => !repeats.isRepeat(1, event));
  assert.deepEqual(kept, [renewal, ack, sntp('phone'), sntp('server')]);
  assert.equal(repeats.isRepeat(2, ack), false);
});

test('what says something else is kept, and so is all of a phone that starts over', () => {
  const repeats = createBootRepeats(10);
  assert.equal(repeats.isRepeat(1, ack), false);
  const moved = dhcp({ message: 'ack', address: '192.0.2.10', server: '192.0.2.1' }, '192.0.2.10');
  assert.equal(repeats.isRepeat(1, moved), false);
  const discover = dhcp({ message: 'discover' });
  for (let times = 0; times < 3; times++) assert.equal(repeats.isRepeat(1, discover), false);
  assert.equal(repeats.isRepeat(1, ack), false);
  assert.equal(repeats.isRepeat(1, ack), true);
});

test('of the boots it knows the newest, and none that it was told to forget', () => {
  const repeats = createBootRepeats(2);
  for (const boot of [1, 2, 3]) repeats.isRepeat(boot, ack);
  assert.equal(repeats.isRepeat(3, ack), true);
  assert.equal(repeats.isRepeat(1, ack), false);
  repeats.forget(3);
  assert.equal(repeats.isRepeat(3, ack), false);
});
