import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';
import { decodeArp } from './arp.ts';
import { fragments } from './fragments.ts';
import { decodeUnreachable } from './icmp.ts';
import { decodeIpv4 } from './ipv4-packet.ts';
import { readLink } from './link-layer.ts';
import { ethernet, ipv4, tcp, tcpFlags, udp } from './testing/build-capture.ts';
import { tcpStream, type TcpPiece } from './tcp-stream.ts';
import { decodeTcp } from './tcp.ts';
import { decodeUdp } from './udp.ts';

const hex = (text: string): Uint8Array => Buffer.from(text.replace(/\s/g, ''), 'hex');
const from = '0010DBAA0001' as Mac;

describe('links', () => {
  const payload = '4500';
  const cases: readonly [name: string, linkType: number, frame: string, expected: object][] = [
    ['Ethernet', 1, 'ffffffffffff 0010dbaa0001 0800 4500', { source: from, vlans: [] }],
    [
      'a VLAN tag',
      1,
      'ffffffffffff 0010dbaa0001 8100 a064 0800 4500',
      { source: from, vlans: [100] },
    ],
    [
      'two tags',
      1,
      'ffffffffffff 0010dbaa0001 88a8 0007 8100 0064 0800 4500',
      { source: from, vlans: [7, 100] },
    ],
    [
      '802.3 with SNAP',
      1,
      'ffffffffffff 0010dbaa0001 000a aaaa03000000 0800 4500',
      { source: from, vlans: [] },
    ],
    ['Linux cooked', 113, '0000 0001 0006 0010dbaa00010000 0800 4500', { source: from, vlans: [] }],
    [
      'Linux cooked 2',
      276,
      '0800 0000 00000003 0001 00 06 0010dbaa00010000 4500',
      { source: from, vlans: [] },
    ],
    [
      'Linux cooked 2 with a tag',
      276,
      '8100 0000 00000003 0001 00 06 0010dbaa00010000 0064 0800 4500',
      { source: from, vlans: [100] },
    ],
    ['loopback of BSD', 0, '02000000 4500', { vlans: [] }],
    ['loopback of BSD, big endian', 0, '00000002 4500', { vlans: [] }],
    ['loopback of OpenBSD', 108, '00000002 4500', { vlans: [] }],
    ['raw IP', 101, '4500', { vlans: [] }],
    ['raw IPv4', 228, '4500', { vlans: [] }],
  ];
  for (const [name, linkType, frame, expected] of cases)
    test(name, () => {
      const { destination, ...read } = readLink(linkType, hex(frame)) ?? assert.fail();
      assert.deepEqual(
        { ...read, payload: Buffer.from(read.payload).toString('hex') },
        {
          ...expected,
          type: 0x0800,
          payload,
        },
      );
      if (linkType === 1) assert.equal(destination, 'FFFFFFFFFFFF');
    });

  test('other links and other contents', () => {
    assert.equal(readLink(127, hex('00')), undefined);
    assert.equal(readLink(101, hex('60'))?.type, 0x86dd);
    assert.equal(readLink(1, hex('ffffffffffff 0010dbaa0001 0003 424203'))?.type, undefined);
    assert.throws(() => readLink(1, hex('ffff')), CodecError);
  });
});

test('padding behind a packet and options before its content are left out', () => {
  const packet = decodeIpv4(
    hex('46000020 00070000 40110000 c0000201 c0000202 01010101 0035 0045 000c 0000 ffffffff'),
  );
  assert.deepEqual(
    { ...packet, payload: packet.payload.length },
    {
      source: '192.0.2.1',
      destination: '192.0.2.2',
      protocol: 17,
      id: 7,
      fragmentOffset: 0,
      moreFragments: false,
      payload: 8,
      payloadLength: 8,
    },
  );
});

test('ARP', () => {
  const packet = '0001 0800 0604 0002 0010dbaa0001 c0000205 ffffffffffff c0000201';
  assert.deepEqual(decodeArp(hex(packet)), {
    kind: 'reply',
    senderMac: from,
    sender: '192.0.2.5',
    targetMac: 'FFFFFFFFFFFF',
    target: '192.0.2.1',
  });
  assert.equal(decodeArp(hex(packet.replace('0800', '0801'))), undefined);
});

test('an ICMP message holds what could not be delivered', () => {
  const lost = ipv4({
    from: '192.0.2.5',
    to: '192.0.2.1',
    protocol: 17,
    payload: udp(5000, 69, Buffer.alloc(0)),
  });
  const message = Buffer.concat([hex('0303 0000 00000000'), lost]);
  assert.deepEqual(decodeUnreachable(message), {
    reason: 'port unreachable',
    source: '192.0.2.5',
    destination: '192.0.2.1',
    protocol: 17,
    sourcePort: 5000,
    destinationPort: 69,
  });
  assert.equal(decodeUnreachable(hex('0800 0000 00000000')), undefined);
});

test('fragments become one datagram, in whatever order and however often they come', () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(pieces, fc.infiniteStream(fc.nat()), (sizes, order) => {
      const total = sizes.reduce((sum, size) => sum + size * 8, 3);
      const whole = Uint8Array.from({ length: total }, (_, at) => at);
      let offset = 0;
      const parts = [...sizes.map((size) => size * 8), 3].map((size) => {
        const payload = whole.subarray(offset, offset + size);
        const more = offset + size < total;
        const bytes = ipv4({
          from: '192.0.2.1',
          to: '192.0.2.2',
          protocol: 17,
          payload,
          offset,
          more,
        });
        offset += size;
        return bytes;
      });
      const shuffled = [...parts, ...parts.slice(1)]
        .map((bytes) => ({ bytes, key: Number(order.next().value) }))
        .toSorted((a, b) => a.key - b.key);
      const reassembly = fragments();
      const done = shuffled.flatMap(({ bytes }) => reassembly.add(decodeIpv4(bytes), 0) ?? []);
      assert.ok(done.length >= 1);
      assert.deepEqual(Buffer.from(done[0]?.payload ?? []), Buffer.from(whole));
    }),
  );
});

test('fragments of datagrams that never become whole are forgotten, and counted', () => {
  const reassembly = fragments();
  const payload = new Uint8Array(8);
  for (let id = 0; id < 1000; id++) {
    const bytes = ipv4({
      from: '192.0.2.1',
      to: '192.0.2.2',
      protocol: 17,
      payload,
      id,
      more: true,
    });
    assert.equal(reassembly.add(decodeIpv4(bytes), id), undefined);
  }
  assert.equal(reassembly.incomplete, 1000 - 256);
});

function joined(pieces: readonly TcpPiece[]): string {
  return pieces
    .map(({ bytes, missing }) => '?'.repeat(missing) + Buffer.from(bytes).toString())
    .join('');
}

test('TCP: segments in any order, repeated and overlapping, give the stream', () => {
  const text = 'REGISTER sip:192.0.2.1 SIP/2.0, and all that follows it';
  const spans = fc.array(fc.tuple(fc.nat(text.length), fc.nat(20)), { maxLength: 30 });
  fc.assert(
    fc.property(spans, fc.nat(0xffffffff), (extra, start) => {
      const stream = tcpStream();
      const segment = (at: number, size: number) =>
        decodeTcp(tcp(1, 2, start + 1 + at, tcpFlags.ack, Buffer.from(text.slice(at, at + size))));
      const said = [...stream.add(decodeTcp(tcp(1, 2, start, tcpFlags.syn)))];
      for (const [at, size] of extra) said.push(...stream.add(segment(at, size)));
      for (let at = text.length - 5; at > -5; at -= 5)
        said.push(...stream.add(segment(Math.max(0, at), 6)));
      assert.equal(joined(said), text);
    }),
  );
});

test('TCP: what the capture lacks is told as missing', () => {
  const stream = tcpStream();
  const add = (sequence: number, text: string): string =>
    joined(stream.add(decodeTcp(tcp(1, 2, sequence, tcpFlags.ack, Buffer.from(text)))));
  assert.equal(add(100, 'abc'), 'abc');
  assert.equal(add(105, 'fg'), '');
  assert.equal(joined(stream.flush()), '??fg');
  assert.equal(add(107, 'h'), 'h');
  let later = '';
  for (let at = 0; at < 400; at++) later += add(200 + at, 'x');
  assert.match(later, /^\?{92}x{257,}$/);
});

test('any bytes give a packet or a CodecError', () => {
  const readers: readonly ((bytes: Uint8Array) => unknown)[] = [
    (bytes) => readLink(1, bytes),
    (bytes) => readLink(113, bytes),
    (bytes) => readLink(276, bytes),
    (bytes) => readLink(0, bytes),
    decodeArp,
    decodeIpv4,
    decodeUnreachable,
    decodeUdp,
    decodeTcp,
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      for (const read of readers)
        try {
          read(bytes);
        } catch (error) {
          assert(error instanceof CodecError);
        }
    }),
    { numRuns: 3000 },
  );
});

test('a frame as the builder writes it is read again', () => {
  const datagram = ipv4({
    from: '192.0.2.1',
    to: '192.0.2.2',
    protocol: 17,
    payload: udp(1, 2, Buffer.from('hello')),
  });
  const link = readLink(1, ethernet(0x0800, datagram, from)) ?? assert.fail();
  const { payload, ...ports } = decodeUdp(decodeIpv4(link.payload).payload);
  assert.deepEqual(
    [Buffer.from(payload).toString(), ports],
    ['hello', { sourcePort: 1, destinationPort: 2, length: 5 }],
  );
});
