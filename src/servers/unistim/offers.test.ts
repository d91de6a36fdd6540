import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../../wire/mac.ts';
import { type Offer, Offers } from './offers.ts';

const offer = (at: number, more: Partial<Offer> = {}): Offer => ({
  ...{ mac: `00000000000${at}` as Mac, address: '192.0.2.20', path: 'CT12D97.bin' },
  ...{ terminalId: 0x13 + at, expiresAt: 1000 + at },
  ...more,
});

test('a transfer is of the phone that its id says, else of one that fetches nothing yet', () => {
  const offers = new Offers(10);
  const all = [0, 1, 2].map((at) => offer(at));
  for (const each of all) offers.add(each);
  const claim = (id?: number) => offers.claim('192.0.2.20', 'CT12D97.bin', id);
  assert.equal(claim(0x15), all[2]);
  assert.equal(claim(), all[0]);
  assert.equal(claim(0x99), all[1]);
  assert.equal(offers.claim('192.0.2.20', '0692D93.bin', 0x13), undefined);
  assert.equal(offers.claim('192.0.2.21', 'CT12D97.bin', 0x13), undefined);
});

test('the last offer of a phone counts, also while the one before is fetched', () => {
  const offers = new Offers(10);
  const first = offer(0);
  const second = offer(0, { path: '0692D93.bin' });
  offers.add(first);
  offers.claim('192.0.2.20', 'CT12D97.bin', undefined);
  offers.add(second);
  offers.release(first, true);
  assert.equal(offers.claim('192.0.2.20', 'CT12D97.bin', undefined), undefined);
  assert.equal(offers.claim('192.0.2.20', '0692D93.bin', undefined), second);
  offers.release(second, true);
  assert.equal(offers.has('192.0.2.20'), false);
});

test('offers end, but not while they are fetched; and there are only so many', () => {
  const offers = new Offers(2);
  for (const at of [0, 1, 2]) offers.add(offer(at));
  assert.equal(offers.claim('192.0.2.20', 'CT12D97.bin', 0x13)?.terminalId, 0x14);
  offers.expire(5000);
  assert.equal(offers.claim('192.0.2.20', 'CT12D97.bin', 0x15)?.terminalId, 0x14);
  offers.release(offer(1), false);
  offers.withdraw();
  assert.equal(offers.has('192.0.2.20'), true);
});
