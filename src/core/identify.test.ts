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

test('the MAC in the file name is proof, whatever else is known', () => {
  const ties = [{ address, mac: other, seenAt: 0 }];
  const { identify } = identifier({ ties, neighbour: () => other });
  assert.deepEqual(identify(`phone-${mac}`, address, 0), {
    ...{ mac, reason: 'MAC in the file name', fresh: true },
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
    ...{ mac, reason: 'neighbour table', fresh: false },
  });
});

test('else the phone that last proved to hold the address', () => {
  const ties = [{ address, mac: other, seenAt: 0 }];
  const { identify, tie } = identifier({ ties });
  assert.deepEqual(identify('boot', address, 1), {
    ...{ mac: other, reason: 'address of its earlier request', fresh: false },
  });
  tie({ address, mac, seenAt: 2 });
  assert.equal(identify('boot', address, 2).mac, mac);
});

test('a tie ends when it is too old, to the millisecond', () => {
  const { identify } = identifier({ ties: [{ address, mac, seenAt: 5 }] });
  assert.equal(identify('boot', address, 5 + lasts).mac, mac);
  assert.deepEqual(identify('boot', address, 5 + lasts + 1), {
    ...{ reason: `${address} was last tied to a phone too long ago`, fresh: false },
  });
});

test('an address that nobody proved belongs to nobody, and so does a forgotten one', () => {
  const { identify, tie, forget } = identifier();
  const nobody = { reason: `no MAC known for ${address}`, fresh: false };
  assert.deepEqual(identify('boot', address, 0), nobody);
  tie({ address, mac, seenAt: 0 });
  forget(address);
  assert.deepEqual(identify('boot', address, 0), nobody);
});
