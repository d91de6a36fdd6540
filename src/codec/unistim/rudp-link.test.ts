import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseRudp, type RudpFrame, type RudpPayload, serializeRudp } from './rudp-frame.ts';
import { RudpLink } from './rudp-link.ts';
import { linkPair } from './testing/link-pair.ts';

const numbered = (number: number): RudpPayload => ({ kind: 'free', data: Uint8Array.of(number) });
const hello: RudpPayload = {
  ...{ kind: 'phone', terminalId: 0xffffffff },
  commands: [{ kind: 'resume-connection' }],
};

test('the beginning of a connection, byte for byte', () => {
  const { phone, server, wire, settle } = linkPair({ seed: 1 });
  phone.hello(hello, 0);
  settle();
  server.send({ kind: 'server', commands: [{ kind: 'query-basic-manager', query: 8 }] }, 100);
  settle();
  assert.deepEqual(wire, [
    'phone ffffffff0202ffffffff9e0308',
    'server 000000000001',
    'phone 000000000202ffffffff9e0308',
    'server 000000000101',
    'server 0000000102011a040108',
    'phone 000000010102ffffffff',
  ]);
});

test('both ways over links that lose, repeat and change the order: all arrives, once, in order', () => {
  const network = fc.record({
    seed: fc.integer({ min: 0, max: 1e9 }),
    loss: fc.double({ min: 0, max: 0.3, noNaN: true }),
    repeats: fc.double({ min: 0, max: 0.3, noNaN: true }),
    // Below the time within which a hello's late copy is told from a new beginning by its owner.
    delayMs: fc.integer({ min: 0, max: 3000 }),
    window: fc.integer({ min: 1, max: 32 }),
    counts: fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })),
  });
  fc.assert(
    fc.property(network, ({ counts: [fromPhone, fromServer], window, ...conditions }) => {
      const timing = { window, giveUpAfter: 40 };
      const pair = linkPair({ ...conditions, timing });
      pair.phone.hello(hello, 0);
      pair.settle();
      for (let each = 0; each < fromPhone; each++) pair.phone.send(numbered(each), pair.now());
      for (let each = 0; each < fromServer; each++) pair.server.send(numbered(each), pair.now());
      pair.settle();
      const upTo = (count: number) => Array.from({ length: count }, (_, each) => numbered(each));
      assert.deepEqual(pair.atServer.slice(1), upTo(fromPhone));
      assert.deepEqual(pair.atPhone, upTo(fromServer));
      assert.equal(pair.phone.unacknowledged + pair.server.unacknowledged, 0);
    }),
    { numRuns: 300 },
  );
});

/** A server's end that hears what the test says, at the times that it says. */
function lonelyServer() {
  const sent: string[] = [];
  const heard: RudpPayload[] = [];
  const told: string[] = [];
  const link = new RudpLink({
    role: 'server',
    transmit: (bytes) => sent.push(Buffer.from(bytes).toString('hex')),
    deliver: (payload) => heard.push(payload),
    onReset: () => told.push('reset'),
    onFailed: () => told.push('failed'),
  });
  const hear = (hex: string, now = 0) => link.receive(parseRudp(Buffer.from(hex, 'hex')), now);
  const taken = () => sent.splice(0);
  const open = () => {
    hear('000000000202ffffffff9e0308');
    return taken();
  };
  return { link, sent, heard, told, hear, taken, open };
}

test('a gap is told once in a while, a copy acknowledged again', () => {
  const { hear, taken, open, heard } = lonelyServer();
  open();
  hear('000000020202000000139e0301', 10);
  hear('000000030202000000139e0301', 20);
  assert.deepEqual(taken(), ['000000010001']);
  hear('000000030202000000139e0301', 1000);
  assert.deepEqual(taken(), ['000000010001']);
  hear('000000010202000000139e0301', 1010);
  hear('000000010202000000139e0301', 1020);
  assert.deepEqual(taken(), ['000000010101', '000000010101']);
  assert.equal(heard.length, 2);
});

test('acknowledgements count for all before them; a NAK has all sent again from there', () => {
  const { link, hear, taken, open } = lonelyServer();
  open();
  for (let each = 0; each < 4; each++) link.send(numbered(each), 0);
  assert.deepEqual(
    taken().map((hex) => hex.slice(0, 8)),
    ['00000001', '00000002', '00000003', '00000004'],
  );
  hear('000000020102ffffffff', 10);
  assert.equal(link.unacknowledged, 2);
  hear('000000040002ffffffff', 20);
  assert.deepEqual(taken(), ['0000000402ff03']);
  assert.equal(link.unacknowledged, 1);
  for (const strange of ['00000000', '00000009', 'ffffffff']) {
    hear(`${strange}0102ffffffff`, 30);
    hear(`${strange}0002ffffffff`, 30);
  }
  assert.deepEqual(taken(), []);
});

test('after two seconds again, at the eighth time no more', () => {
  const { link, taken, open, told } = lonelyServer();
  open();
  link.send(numbered(7), 0);
  assert.equal(link.dueAt, 2000);
  for (let at = 0; at <= 14_000; at += 100) link.tick(at);
  assert.equal(taken().length, 8);
  assert.deepEqual(told, []);
  link.tick(16_000);
  assert.deepEqual(told, ['failed']);
  assert.equal(link.state, 'failed');
  assert.equal(link.send(numbered(8), 16_000), false);
});

test('a phone that asks for more is there: only what goes unanswered counts as tried', () => {
  const { link, hear, open, told } = lonelyServer();
  open();
  link.send(numbered(7), 0);
  for (let at = 100; at <= 15_900; at += 100) {
    if (at % 600 === 0) hear('000000010002ffffffff', at);
    link.tick(at);
  }
  assert.deepEqual(told, []);
  assert.ok(link.retransmissions > 20);
  link.tick(16_000);
  assert.deepEqual(told, ['failed'], 'one that asks for the same for ever is given up');
});

test('a hello on an open connection is told to whoever owns it', () => {
  const { hear, told, open, taken } = lonelyServer();
  hear('ffffffff0202ffffffff9e0308');
  hear('ffffffff0202ffffffff9e0308');
  assert.deepEqual(taken(), ['000000000001', '000000000001']);
  open();
  hear('ffffffff0202ffffffff9e0308');
  assert.deepEqual(told, ['reset']);
  assert.deepEqual(taken(), []);
});

test('the queue is bounded', () => {
  const { link, open, sent } = lonelyServer();
  open();
  const taken = Array.from({ length: 200 }, (_, each) => link.send(numbered(each), 0));
  assert.equal(taken.filter(Boolean).length, 150);
  assert.equal(sent.length, 32);
});

test('fail-over leaves at once', () => {
  const { link, open, taken } = lonelyServer();
  open();
  link.reset({ kind: 'server', commands: [{ kind: 'server-switch', server: 1 }] });
  assert.deepEqual(taken(), ['ffffffff02011e040c01']);
  assert.equal(link.state, 'closed');
});

test('any frames at any time are borne', () => {
  const sequence = fc.constantFrom(0, 1, 2, 5, 0xfffffffe, 0xffffffff);
  const control = fc.record({
    type: fc.constantFrom('ack' as const, 'nak' as const),
    ...{ sequence, payloadType: fc.constant(2) },
  });
  const payload = fc.record({
    type: fc.constant('payload' as const),
    ...{ sequence, payload: fc.constant(numbered(1)) },
  });
  const frames: fc.Arbitrary<RudpFrame[]> = fc.array(fc.oneof(control, payload), { maxLength: 80 });
  fc.assert(
    fc.property(frames, fc.constantFrom('server' as const, 'phone' as const), (all, role) => {
      const sent: Uint8Array[] = [];
      const link = new RudpLink({ role, transmit: (each) => sent.push(each), deliver: () => {} });
      if (role === 'phone') link.hello(hello, 0);
      for (const [at, each] of all.entries()) {
        link.receive(parseRudp(serializeRudp(each)), at * 100);
        link.send(numbered(at & 0xff), at * 100);
        link.tick(at * 100);
      }
      assert(link.unacknowledged <= 150);
    }),
  );
});
