import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clientIdOf } from '../../codec/dhcp/dhcp-fields.ts';
import { dhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../../codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import type { DhcpRule } from '../../model/dhcp-settings.ts';
import { ipv4Number } from '../../wire/ipv4.ts';
import { readAsking } from './asking.ts';
import { clockSteps } from './clock-step.ts';
import { dhcpFindings } from './dhcp-findings.ts';
import { createExpiryHeap } from './expiry-heap.ts';
import { createOffers } from './offers.ts';
import { probeMac, probeMessage } from './probe.ts';
import { createQueue } from './queue.ts';
import { createSeldom } from './seldom.ts';
import { clientMessage } from './testing/messages.ts';
import { matchingRules } from './who.ts';

test('a queue gives what came first, however much came', () => {
  const queue = createQueue<number>();
  let taken = 0;
  for (let each = 0; each < 5000; each++) {
    queue.push(each);
    if (each % 3 > 0) assert.equal(queue.shift(), taken++);
  }
  assert.equal(queue.peek(), taken);
  while (queue.size > 0) assert.equal(queue.shift(), taken++);
  assert.equal(taken, 5000);
  assert.equal(queue.shift(), undefined);
});

test('a heap gives ends in their order', () => {
  const ends = fc.array(
    fc.record({ at: fc.nat(50), address: fc.nat(50) }, { noNullPrototype: true }),
  );
  fc.assert(
    fc.property(ends, (expiries) => {
      const heap = createExpiryHeap();
      expiries.forEach(heap.push);
      const out = expiries.map(() => {
        const first = heap.first();
        heap.pop();
        return first;
      });
      assert.deepEqual(
        out,
        expiries.toSorted((a, b) => a.at - b.at || a.address - b.address),
      );
      assert.equal(heap.first(), undefined);
    }),
  );
});

test('an offer is for one client, one per client, and lapses', () => {
  const dropped: number[] = [];
  const offers = createOffers((address) => dropped.push(address));
  offers.hold(1, 'a', 30);
  offers.hold(2, 'b', 30);
  offers.hold(1, 'a', 50);
  assert.deepEqual([offers.clientOf(1, 49), offers.clientOf(2, 30)], ['a', undefined]);
  offers.sweep(40);
  assert.deepEqual(dropped, [2]);
  offers.hold(3, 'a', 60);
  assert.deepEqual([dropped, offers.addressFor('a', 40), offers.has(1)], [[2, 1], 3, false]);
  offers.shift(100);
  offers.sweep(159);
  assert.equal(offers.size, 1);
  offers.sweep(160);
  assert.deepEqual([dropped, offers.size], [[2, 1, 3], 0]);
});

test('a clock that is set is told from one that runs, drifts or waits', () => {
  const clocks = { wall: 1000, up: 0 };
  const step = clockSteps({ now: () => clocks.wall, uptime: () => clocks.up });
  const turn = (wall: number, up: number) => {
    clocks.wall += wall;
    clocks.up += up;
    return step();
  };
  assert.equal(turn(3_600_000, 3_600_000), 0);
  assert.equal(turn(1900, 0), 0);
  assert.equal(turn(-1900, 0.4), 0);
  assert.equal(turn(86_400_000.25, 1000), 86_399_000);
  assert.equal(turn(-5000, 1000), -6000);
  assert.equal(turn(10, 10), 0);
});

test('a thing is told once in a while', () => {
  const isNew = createSeldom(100);
  assert.deepEqual(
    [isNew('a', 0), isNew('a', 99), isNew('b', 99), isNew('a', 100), isNew('a', 50)],
    [true, false, true, true, false],
  );
});

test('a client has the same name as in the codec', () => {
  const ids = fc.uint8Array({ minLength: 0, maxLength: 20 });
  fc.assert(
    fc.property(ids, fc.nat(20), fc.nat(255), (id, hardwareLength, hardwareType) => {
      const options = { 61: id };
      const message = {
        ...clientMessage({ type: 'discover', options }),
        hardwareLength,
        hardwareType,
      };
      const read = readAsking(message);
      assert.equal(read?.clientId, clientIdOf(message));
      assert.equal(read.mac !== undefined, hardwareType === 1 && hardwareLength === 6);
    }),
  );
});

test('anything that can be read as a message is read as what a client asks, or as nothing', () => {
  const bytes = fc.record({
    code: fc.integer({ min: 1, max: 254 }),
    bytes: fc.uint8Array({ maxLength: 12 }),
  });
  fc.assert(
    fc.property(fc.array(bytes), (options) => {
      const message = { ...clientMessage({ type: 'request' }), options };
      const read = readAsking(message);
      if (!read) return;
      for (const value of [read.requested, read.server, read.linkSelection, read.serverOverride])
        assert.ok(Number.isInteger(value) && value >= 0 && value <= 0xffffffff);
      assert.ok(read.maximumSize >= 576);
    }),
  );
});

describe('rules', () => {
  const given = { options: [] };
  const rules: readonly DhcpRule[] = [
    { vendorClass: 'Cis*IP?Phone', given },
    { macPrefix: '000E84C', given },
    { model: '7960', given },
    { label: { name: 'group', value: 'lobby' }, given },
    { vendorClass: 'a.c', macPrefix: '00', given },
  ];
  const indexes = (asker: object, phone?: { model?: string; labels: Record<string, string> }) =>
    matchingRules(rules)(asker, phone).map((rule) => rules.indexOf(rule));
  const cases: readonly (readonly [Parameters<typeof indexes>, readonly number[]])[] = [
    [[{}], []],
    [[{ vendorClass: 'Cisco IP Phone' }], [0]],
    [[{ vendorClass: 'Cisco IP Phone 7' }], []],
    [[{ mac: '000E84C060A6' }], [1]],
    [[{ mac: '000E84D060A6', vendorClass: 'abc' }], []],
    [[{ mac: '000E84D060A6', vendorClass: 'a.c' }], [4]],
    [
      [{}, { model: '7960', labels: { group: 'night, lobby' } }],
      [2, 3],
    ],
    [[{}, { model: '7940', labels: { group: 'lobbyist' } }], []],
  ];
  for (const [index, [words, expected]] of cases.entries())
    test(`case ${index + 1}`, () => assert.deepEqual(indexes(...words), expected));
});

test('the probe is a relayed DISCOVER of a locally administered MAC with a NUL behind its class', () => {
  const own = ipv4Number('10.1.0.1');
  const message = parseDhcp(serializeDhcp(probeMessage(own, 77, 'Phone')));
  assert.deepEqual([message.giaddr, message.hops, message.transactionId], [own, 1, 77]);
  assert.equal(probeMac(own), '02480A010001');
  assert.equal(Buffer.from(message.chaddr).toString('hex', 0, 6), '02480a010001');
  assert.deepEqual(dhcpOption(message, 53), Uint8Array.of(1));
  assert.equal(Buffer.from(dhcpOption(message, 60)!).toString(), 'Phone\0');
});

describe('findings', () => {
  const ours = ['10.1.0.1'];
  const codes = (other: object) =>
    dhcpFindings({ kind: 'other-server', other: { server: '10.1.0.9', ...other } }, ours).map(
      ({ code }) => code,
    );
  test('another server, and whether it sends phones elsewhere as phones choose', () => {
    const both = ['dhcp-other-server', 'dhcp-other-tftp-server'];
    assert.deepEqual(codes({}), ['dhcp-other-server']);
    assert.deepEqual(codes({ tftpServers: ['10.1.0.1'], nextServer: '10.1.0.9' }), [both[0]]);
    assert.deepEqual(codes({ tftpServers: ['10.1.0.2', '10.1.0.1'] }), both);
    assert.deepEqual(codes({ tftpServerName: '10.1.0.1', nextServer: '10.1.0.9' }), [both[0]]);
    assert.deepEqual(codes({ tftpServerName: 'tftp.example' }), both);
    assert.deepEqual(codes({ nextServer: '10.1.0.9' }), both);
  });

  test('each says what it leads to and what to do', () => {
    const events = [
      { kind: 'address-conflict', address: '10.1.0.10', foundBy: 'client' },
      { kind: 'pool-exhausted', network: '10.1.0.0/24' },
      { kind: 'offer-not-taken', offers: 5 },
      { kind: 'network-unknown', address: '172.16.0.1' },
      { kind: 'reservation-held', address: '10.1.0.99' },
    ] as const;
    for (const event of events)
      for (const finding of dhcpFindings(event, ours)) {
        assert.ok(finding.text && finding.consequence && finding.cure, finding.code);
      }
  });
});
