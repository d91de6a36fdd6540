import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { addressOf, desk, optionsOf, reply, serverAddress } from './testing/desk.ts';

const small = `
  lease: 1h
  lease_min: 10m
  lease_max: 2h
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.12
      routers: 10.1.0.254
      reservations:
        02:00:00:00:00:63: 10.1.0.99
        id:00aabbcc: 10.1.0.98
    10.2.0.0/24:
      pools: 10.2.0.10-10.2.0.20
`;
describe('lease times, RFC 2131 sections 4.3.1 and 4.4.5', () => {
  const rows: readonly (readonly [asked: string | undefined, granted: number])[] = [
    [undefined, 3600],
    ['60', 600],
    ['1000', 1000],
    ['999999', 7200],
    ['4294967295', 7200],
  ];
  for (const [asked, granted] of rows)
    test(`${asked ?? 'none'} asked, ${granted} granted`, () => {
      const at = desk(small);
      const options: Record<number, string> = asked === undefined ? {} : { 51: asked };
      const given = optionsOf(at.ask({ type: 'discover', options }));
      assert.equal(given.get(51), granted);
      assert.equal(given.get(58), Math.floor(granted / 2));
      assert.equal(given.get(59), Math.floor((granted * 7) / 8));
      const ack = at.ask({
        type: 'request',
        options: { ...options, 50: '10.1.0.10', 54: serverAddress },
      });
      assert.equal(ack.lease?.expiresAt, at.now + granted * 1000);
    });

  test('for ever has no times to renew', () => {
    const at = desk(`  lease: forever\n  networks:\n    10.1.0.0/24:\n      pools: 10.1.0.10\n`);
    const given = optionsOf(at.ask({ type: 'discover' }));
    assert.deepEqual([given.get(51), given.has(58), given.has(59)], [0xffffffff, false, false]);
    at.lease(1);
    at.now = Number.MAX_SAFE_INTEGER;
    assert.equal(at.ask({ type: 'discover', client: 2 }).outcome, 'none');
  });
});

describe('DECLINE, RELEASE, INFORM: RFC 2131 sections 4.3.3 to 4.3.5', () => {
  test('a declined address is set aside for everybody, and comes back', () => {
    const at = desk(small);
    at.lease(1);
    const { lease, events, outcome } = at.ask({
      type: 'decline',
      options: { 50: '10.1.0.10', 54: serverAddress },
    });
    assert.equal(outcome, 'none');
    assert.equal(lease?.state, 'declined');
    assert.deepEqual(events, [
      { kind: 'address-conflict', mac: '020000000001', address: '10.1.0.10', foundBy: 'client' },
    ]);
    assert.equal(addressOf(at.ask({ type: 'discover' })), '10.1.0.11');
    at.lease(2);
    at.lease(1);
    assert.equal(at.ask({ type: 'discover', client: 3 }).outcome, 'none');
    at.now += 3_600_000;
    assert.equal(addressOf(at.ask({ type: 'discover', client: 3 })), '10.1.0.10');
  });

  test('only who holds an address can decline or release it', () => {
    const at = desk(small);
    at.lease(1);
    for (const type of ['decline', 'release'] as const) {
      const words = { type, client: 2, ciaddr: '10.1.0.10' };
      assert.equal(at.ask({ ...words, options: { 54: serverAddress } }).lease, undefined);
      assert.equal(at.ask({ ...words, client: 1, options: { 54: '10.1.0.5' } }).lease, undefined);
    }
    assert.ok(at.table.holderOf(0x0a01000a, at.now));
  });

  test('a released address is kept for its old holder as long as others are free', () => {
    const at = desk(small);
    at.lease(1);
    const { lease } = at.ask({ type: 'release', ciaddr: '10.1.0.10' });
    assert.deepEqual([lease?.state, lease?.expiresAt], ['released', at.now]);
    assert.equal(at.lease(2), '10.1.0.11');
    assert.equal(at.lease(3), '10.1.0.12');
    assert.equal(at.lease(4), '10.1.0.10');
  });

  test('INFORM: options without address and lease, to the client', () => {
    const at = desk(small);
    const decision = at.ask({ type: 'inform', ciaddr: '10.1.0.50' });
    const { yiaddr, ciaddr } = reply(decision);
    assert.deepEqual([yiaddr, formatIPv4(ciaddr)], [0, '10.1.0.50']);
    assert.deepEqual(decision.answer?.to, { address: '10.1.0.50', port: 68 });
    const options = optionsOf(decision);
    for (const code of [51, 58, 59]) assert.equal(options.has(code), false);
    assert.deepEqual(options.get(3), ['10.1.0.254']);
    assert.equal(decision.lease, undefined);
  });

  test('what only servers send is not answered', () => {
    const at = desk(small);
    for (const type of ['offer', 'ack', 'nak'] as const)
      assert.equal(at.ask({ type }).outcome, 'none');
  });
});
