import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../wire/mac.ts';
import { createIdentifier, type IdentifierOptions } from './identify.ts';
import { fakeFamily } from './testing/fake-family.ts';

const mac = '020000000001' as Mac;
const other = '020000000002' as Mac;
const address = '192.0.2.7';
const lasts = 1000;

function identifier(options: Partial<IdentifierOptions> = {}) {
  const nobody = () => undefined;
  return createIdentifier({
    ...{ families: [fakeFamily], neighbour: nobody, ties: [], tieLasts: lasts },
    ...options,
  });
}

test('the MAC in the file name is who asks, where nobody knows better', () => {
  const ties = [{ address, mac: other, seenAt: 0 }];
  const { identify } = identifier({ ties });
  assert.deepEqual(identify(`phone-${mac}`, address, 0), {
    ...{ mac, named: mac, score: 60, verified: false, fresh: true },
    reason: 'MAC in the file name',
  });
});

test('whoever holds the address is who asks, whatever the file name says', () => {
  const { identify } = identifier({ neighbour: () => other });
  assert.deepEqual(identify(`phone-${mac}`, address, 0), {
    ...{ mac: other, named: mac, holder: other, score: 32, verified: false, fresh: true },
    reason: 'neighbour table, but MAC in the file name: 02:00:00:00:00:01',
  });
});

test('every family is asked for the MAC in a path', () => {
  const deaf = { ...fakeFamily, macOf: () => undefined };
  const { identify } = identifier({ families: [deaf, fakeFamily] });
  assert.equal(identify(`phone-${mac}`, address, 0).mac, mac);
});

test('without it the neighbour table tells, which ties nothing', () => {
  const ties = [{ address, mac: other, seenAt: 0 }];
  const { identify } = identifier({
    ties,
    neighbour: (asked) => (asked === address ? mac : undefined),
  });
  assert.deepEqual(identify('boot', address, 0), {
    ...{ mac, holder: mac, score: 48, verified: true, fresh: false },
    reason: 'neighbour table, but address of its earlier request: 02:00:00:00:00:02',
  });
});

test('a lease and the port that it came by speak for the same phone', () => {
  const { identify } = identifier({ leaseHolder: () => mac, switchPort: () => '0004' });
  assert.deepEqual(identify('boot', address, 0), {
    ...{ mac, holder: mac, score: 93, verified: true, fresh: false },
    reason: 'lease of this server, port of the switch that its lease came by',
  });
});

test('before a phone is left without, the network is asked again', async () => {
  const neighbour = () => undefined;
  const { identify, confirm } = identifier({ neighbour, neighbourNow: () => Promise.resolve(mac) });
  assert.equal(identify(`phone-${mac}`, address, 0).verified, false);
  assert.equal((await confirm(`phone-${mac}`, address, 0)).verified, true);
  const gone = identifier({ neighbour: () => mac, neighbourNow: () => Promise.resolve(undefined) });
  assert.equal((await gone.confirm('boot', address, 0)).mac, undefined);
});

test('else the phone that last proved to hold the address', () => {
  const ties = [{ address, mac: other, seenAt: 0 }];
  const { identify, tie } = identifier({ ties });
  assert.deepEqual(identify('boot', address, 1), {
    ...{ mac: other, reason: 'address of its earlier request', fresh: false },
    ...{ score: 40, verified: false },
  });
  tie({ address, mac, seenAt: 2 });
  assert.equal(identify('boot', address, 2).mac, mac);
});

test('a tie ends when it is too old, to the millisecond', () => {
  const { identify } = identifier({ ties: [{ address, mac, seenAt: 5 }] });
  assert.equal(identify('boot', address, 5 + lasts).mac, mac);
  assert.deepEqual(identify('boot', address, 5 + lasts + 1), {
    ...{ reason: `${address} was last tied to a phone too long ago`, fresh: false },
    ...{ score: 0, verified: false },
  });
});

test('an address that nobody proved belongs to nobody, and so does a forgotten one', () => {
  const { identify, tie, forget } = identifier();
  const reason = `no MAC known for ${address}`;
  const nobody = { reason, fresh: false, score: 0, verified: false };
  assert.deepEqual(identify('boot', address, 0), nobody);
  tie({ address, mac, seenAt: 0 });
  forget(address);
  assert.deepEqual(identify('boot', address, 0), nobody);
});
