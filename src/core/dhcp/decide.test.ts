import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressOf, desk, optionsOf, serverAddress } from './testing/desk.ts';
import type { ClientWords } from './testing/messages.ts';

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
const beside = `${small}  mode: phones-only\n`;

describe('DISCOVER, RFC 2131 section 4.3.1', () => {
  test('the first free address, and the same one when it asks again', () => {
    const at = desk(small);
    assert.equal(addressOf(at.ask({ type: 'discover', client: 1 })), '10.1.0.10');
    assert.equal(addressOf(at.ask({ type: 'discover', client: 2 })), '10.1.0.11');
    assert.equal(addressOf(at.ask({ type: 'discover', client: 1 })), '10.1.0.10');
  });

  test('its own address before the one that it asks for, held, expired or released', () => {
    const at = desk(small);
    assert.equal(at.lease(1), '10.1.0.10');
    const again: ClientWords = { type: 'discover', client: 1, options: { 50: '10.1.0.12' } };
    assert.equal(addressOf(at.ask(again)), '10.1.0.10');
    at.now += 3_600_001;
    const expired = at.ask(again);
    assert.deepEqual([addressOf(expired), expired.because], ['10.1.0.10', 'former']);
    at.lease(1);
    at.ask({ type: 'release', client: 1, ciaddr: '10.1.0.10' });
    assert.equal(addressOf(at.ask(again)), '10.1.0.10');
  });

  test('the address that it asks for, if it is free and in a pool', () => {
    const at = desk(small);
    const asks = (client: number, address: string) =>
      addressOf(at.ask({ type: 'discover', client, options: { 50: address } }));
    assert.equal(asks(1, '10.1.0.12'), '10.1.0.12');
    assert.equal(asks(2, '10.1.0.12'), '10.1.0.10');
    assert.equal(asks(3, '10.1.0.200'), '10.1.0.11');
    assert.throws(() => asks(4, '10.1.0.99'), /no address is left/);
  });

  test('when all were leased: the one that ended first', () => {
    const at = desk(small);
    for (const client of [1, 2, 3]) {
      at.lease(client);
      at.now += 1000;
    }
    const none = at.ask({ type: 'discover', client: 4 });
    assert.equal(none.outcome, 'none');
    assert.deepEqual(none.events, [
      { kind: 'pool-exhausted', mac: '020000000004', network: '10.1.0.0/24' },
    ]);
    at.ask({ type: 'request', client: 1, ciaddr: '10.1.0.10' });
    at.now += 3_600_000 - 500;
    const offer = at.ask({ type: 'discover', client: 4 });
    assert.deepEqual([addressOf(offer), offer.because], ['10.1.0.11', 'expired']);
  });

  test('an offer is held, and comes back when it is not taken', () => {
    const at = desk(small);
    for (const client of [1, 2, 3]) at.ask({ type: 'discover', client });
    assert.equal(at.ask({ type: 'discover', client: 4 }).outcome, 'none');
    at.now += 30_000;
    assert.equal(addressOf(at.ask({ type: 'discover', client: 4 })), '10.1.0.10');
  });

  test('reservations by MAC and by client id, outside the pools, for nobody else', () => {
    const at = desk(small);
    assert.equal(addressOf(at.ask({ type: 'discover', client: 0x63 })), '10.1.0.99');
    const byId = at.ask({ type: 'discover', client: 7, options: { 61: '00:aa:bb:cc' } });
    assert.equal(addressOf(byId), '10.1.0.98');
    const options = { 50: '10.1.0.99', 54: serverAddress };
    assert.equal(at.ask({ type: 'request', client: 5, options }).outcome, 'nak');
  });

  test('a reservation by MAC goes from one client of a machine to the next', () => {
    const at = desk(small);
    assert.equal(at.lease(0x63), '10.1.0.99');
    assert.equal(at.lease(0x63, { options: { 61: '00:01:02' } }), '10.1.0.99');
  });

  test('a reserved address that another client holds is told, and another one offered', () => {
    const lease = {
      ...{ address: '10.1.0.99', clientId: '01020000000008', mac: '020000000008' as never },
      ...({ state: 'bound', startedAt: 0, expiresAt: Infinity } as const),
    };
    const at = desk(small, { leases: [lease] });
    const offer = at.ask({ type: 'discover', client: 0x63 });
    assert.equal(addressOf(offer), '10.1.0.10');
    assert.deepEqual(offer.events, [
      { kind: 'reservation-held', mac: '020000000063', address: '10.1.0.99' },
    ]);
  });

  test('a client that takes no offer is told of: after 5, 10, 20', () => {
    const at = desk(small);
    const told = Array.from({ length: 20 }, (_, index) => ({
      count: index + 1,
      events: at.ask({ type: 'discover', client: 1 }).events.length,
    })).filter(({ events }) => events > 0);
    assert.deepEqual(
      told.map(({ count }) => count),
      [5, 10, 20],
    );
  });
});

describe('REQUEST, RFC 2131 section 4.3.2', () => {
  const naked = { options: { 50: '10.1.0.10', 54: serverAddress } };
  const rows: readonly (readonly [string, ClientWords, string, string])[] = [
    ['SELECTING: the offer', { type: 'request', ...naked }, 'ack', 'took the offer'],
    [
      'SELECTING: an address that was offered to another client',
      { type: 'request', client: 2, ...naked },
      ...(['nak', 'the address is in use'] as const),
    ],
    [
      'SELECTING: outside the pools',
      { type: 'request', options: { 50: '10.1.0.77', 54: serverAddress } },
      ...(['nak', 'the address is not handed out to this client'] as const),
    ],
    [
      'SELECTING: another server',
      { type: 'request', options: { 50: '10.1.0.10', 54: '10.1.0.5' } },
      ...(['none', 'took the offer of another server'] as const),
    ],
    [
      'INIT-REBOOT: of another network',
      { type: 'request', options: { 50: '192.168.0.5' } },
      ...(['nak', 'the address is not of this network'] as const),
    ],
    [
      'INIT-REBOOT: of a network on another wire',
      { type: 'request', options: { 50: '10.2.0.10' } },
      ...(['nak', 'the address is not of this network'] as const),
    ],
    [
      'INIT-REBOOT: free, and this server is the only one',
      { type: 'request', client: 9, options: { 50: '10.1.0.11' } },
      ...(['ack', 'had it before'] as const),
    ],
    ['RENEWING: free', { type: 'request', client: 9, ciaddr: '10.1.0.11' }, 'ack', 'renews'],
    [
      'RENEWING: held by another client',
      { type: 'request', client: 9, ciaddr: '10.1.0.10' },
      ...(['nak', 'the address is in use'] as const),
    ],
    ['no address at all', { type: 'request' }, 'none', 'names no address'],
  ];
  for (const [name, words, outcome, because] of rows)
    test(name, () => {
      const at = desk(small);
      at.ask({ type: 'discover', client: 1 });
      const decision = at.ask(words);
      assert.deepEqual([decision.outcome, decision.because], [outcome, because]);
      assert.equal(decision.lease !== undefined, outcome === 'ack');
    });

  test('a server that is not alone refuses nothing that is not its own', () => {
    const phone = () => ({ labels: {} });
    const at = desk(beside, { whoIs: phone });
    at.lease(1);
    const outcome = (words: Omit<ClientWords, 'type'>) =>
      at.ask({ type: 'request', ...words }).outcome;
    // Known here, but the address is another server's.
    assert.equal(outcome({ client: 1, options: { 50: '192.168.0.5' } }), 'none');
    assert.equal(outcome({ client: 1, ciaddr: '10.1.0.77' }), 'none');
    // Not known here.
    assert.equal(outcome({ client: 2, options: { 50: '10.1.0.11' } }), 'none');
    assert.equal(outcome({ client: 2, ciaddr: '10.1.0.10' }), 'none');
    // Known, and the address is ours and somebody else's.
    at.lease(2);
    assert.equal(outcome({ client: 1, ciaddr: '10.1.0.11' }), 'nak');
    // It asked us by name.
    assert.equal(outcome({ client: 3, options: { 50: '10.1.0.10', 54: serverAddress } }), 'nak');
  });

  test('beside another server only phones, reserved and known clients are answered', () => {
    const at = desk(beside, {
      whoIs: ({ vendorClass }) => (vendorClass === 'Phone 1' ? { labels: {} } : undefined),
    });
    const outcome = (words: Partial<ClientWords>) => at.ask({ type: 'discover', ...words }).outcome;
    assert.equal(outcome({ client: 1 }), 'none');
    assert.equal(outcome({ client: 1, options: { 60: 'PC' } }), 'none');
    assert.equal(outcome({ client: 1, options: { 60: 'Phone 1' } }), 'offer');
    assert.equal(outcome({ client: 0x63 }), 'offer');
    at.lease(1, { options: { 60: 'Phone 1' } });
    assert.equal(at.ask({ type: 'request', client: 1, ciaddr: '10.1.0.10' }).outcome, 'ack');
    assert.equal(at.ask({ type: 'inform', client: 2, ciaddr: '10.1.0.50' }).outcome, 'none');
  });

  test('another server that was chosen: the offer is free again, and an event', () => {
    const at = desk(small);
    at.ask({ type: 'discover', client: 1 });
    const options = { 50: '10.1.0.222', 54: '10.1.0.5' };
    const { events } = at.ask({ type: 'request', client: 1, options });
    const other = { server: '10.1.0.5', offered: '10.1.0.222' };
    assert.deepEqual(events, [{ kind: 'other-server', mac: '020000000001', other }]);
    assert.equal(
      addressOf(at.ask({ type: 'discover', client: 2, options: { 50: '10.1.0.10' } })),
      '10.1.0.10',
    );
  });

  test('the client moved to another wire', () => {
    const at = desk(small);
    at.lease(1);
    const moved = at.ask({ type: 'request', client: 1, options: { 50: '10.1.0.10' } }, '10.2.0.1');
    assert.deepEqual([moved.outcome, moved.because], ['nak', 'the address is not of this network']);
    assert.equal(addressOf(at.ask({ type: 'discover', client: 1 }, '10.2.0.1')), '10.2.0.10');
  });

  test('a reservation made later: renewals go on, the next start moves', () => {
    const leases = [
      {
        ...({ address: '10.1.0.11', clientId: '01020000000063', state: 'bound' } as const),
        ...{ startedAt: 0, expiresAt: Infinity },
      },
    ];
    const at = desk(small, { leases });
    const client = 0x63;
    assert.equal(at.ask({ type: 'request', client, ciaddr: '10.1.0.11' }).outcome, 'ack');
    const start = at.ask({ type: 'request', client, options: { 50: '10.1.0.11' } });
    assert.deepEqual(
      [start.outcome, start.because],
      ['nak', 'another address is reserved for this client'],
    );
  });

  test('a renewal keeps when the lease began', () => {
    const at = desk(small);
    at.lease(1);
    const { startedAt } = at.table.leaseOf(0x0a01000a)!;
    at.now += 60_000;
    const { lease } = at.ask({ type: 'request', client: 1, ciaddr: '10.1.0.10' });
    assert.deepEqual([lease?.startedAt, lease?.expiresAt], [startedAt, at.now + 3_600_000]);
  });
});

describe('which network, RFC 2131 section 4.3.1 and RFC 3527', () => {
  const wires = `
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10
      shared: floor
    10.1.1.0/24:
      pools: 10.1.1.10
      shared: floor
    10.2.0.0/16:
      pools: 10.2.0.10-10.2.0.20
`;
  test('link selection, then giaddr, then ciaddr, then the server', () => {
    const link = Uint8Array.of(5, 4, 10, 2, 0, 0);
    const rows: readonly (readonly [Partial<ClientWords>, string])[] = [
      [{ giaddr: '10.1.0.2', options: { 82: link } }, '10.2.0.10'],
      [{ giaddr: '10.2.9.9' }, '10.2.0.10'],
      [{}, '10.1.0.10'],
    ];
    for (const [words, address] of rows)
      assert.equal(addressOf(desk(wires).ask({ type: 'discover', ...words })), address);
    const renewal = desk(wires).ask({ type: 'request', ciaddr: '10.2.0.12' });
    assert.equal(renewal.outcome, 'ack');
  });

  test('networks on one wire: the next one when the first is full, and back to where it was', () => {
    const at = desk(wires);
    assert.equal(at.lease(1), '10.1.0.10');
    assert.equal(at.lease(2), '10.1.1.10');
    at.now += 9 * 3_600_000;
    assert.equal(at.lease(2), '10.1.1.10');
    assert.equal(optionsOf(at.ask({ type: 'discover', client: 2 })).get(1), '255.255.255.0');
    assert.equal(
      at.ask({ type: 'request', client: 2, options: { 50: '10.1.1.10' } }).outcome,
      'ack',
    );
  });

  test('no network: silence, and an event', () => {
    const decision = desk(wires).ask({ type: 'discover', giaddr: '172.16.0.1' });
    assert.equal(decision.outcome, 'none');
    assert.deepEqual(decision.events, [
      { kind: 'network-unknown', mac: '020000000001', address: '172.16.0.1' },
    ]);
  });
});
