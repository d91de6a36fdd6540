import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../twin/seeded-random.ts';
import { isIPv4 } from '../../wire/ipv4.ts';
import { isMac, parseMac } from '../../wire/mac.ts';
import { stormCast } from './storm-cast.ts';

const options = {
  phones: 1000,
  mac: parseMac('02:00:00:00:FF:FE'),
  address: '127.20.0.1',
  faults: ['refuses-image', 'flaps', 'never-comes-back'],
  faulty: { share: 0.03 },
};

test('each has a MAC and an address of its own, none the first or last of its network', () => {
  const cast = stormCast({ ...options, random: seededRandom(1) });
  assert.equal(new Set(cast.map(({ mac }) => mac)).size, 1000);
  assert.equal(new Set(cast.map(({ address }) => address)).size, 1000);
  for (const { mac, address } of cast) {
    assert.ok(isMac(mac), mac);
    assert.ok(isIPv4(address) && /^127\.20\.[0-3]\.(?!0$|255$)/.test(address), address);
  }
  assert.deepEqual([cast[0]?.address, cast[253]?.address], ['127.20.0.1', '127.20.0.254']);
  assert.equal(cast[254]?.address, '127.20.1.1');
  assert.deepEqual([cast[0]?.mac, cast[2]?.mac], ['02000000FFFE', '020000010000']);
});

test('so many are faulty, each fault in its turn, the same ones with the same numbers', () => {
  const cast = stormCast({ ...options, random: seededRandom(1) });
  const faulty = cast.flatMap(({ fault }) => fault ?? []);
  assert.equal(faulty.length, 30);
  for (const name of options.faults)
    assert.equal(faulty.filter((fault) => fault === name).length, 10);
  assert.deepEqual(stormCast({ ...options, random: seededRandom(1) }), cast);
  assert.notDeepEqual(stormCast({ ...options, random: seededRandom(2) }), cast);
  const few = stormCast({ ...options, faulty: { count: 2 }, random: seededRandom(1) });
  assert.equal(few.filter(({ fault }) => fault !== undefined).length, 2);
});

test('without faults none is faulty', () => {
  const cast = stormCast({ ...options, faults: [], random: seededRandom(1) });
  assert.ok(cast.every(({ fault }) => fault === undefined));
});
