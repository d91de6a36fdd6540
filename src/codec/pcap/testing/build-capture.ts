import { ipv4Number } from '../../../wire/ipv4.ts';
import type { Mac } from '../../../wire/mac.ts';

/** A packet to be put into a capture. */
export type BuiltPacket = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly originalLength?: number;
};

export type CaptureForm = {
  readonly littleEndian?: boolean;
  readonly nanoseconds?: boolean;
  readonly linkType?: number;
};

/** A file of libpcap's classic format. */
export function buildPcap(packets: readonly BuiltPacket[], form: CaptureForm = {}): Uint8Array {
  const { littleEndian = true, nanoseconds = false, linkType = 1 } = form;
  const magic = nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  const header = fields(littleEndian, [
    [magic, 4],
    [2, 2],
    [4, 2],
    [0, 4],
    [0, 4],
    [65_535, 4],
    [linkType, 4],
  ]);
  const records = packets.flatMap(({ at, bytes, originalLength = bytes.length }) => {
    const fraction = Math.round((at % 1000) * (nanoseconds ? 1_000_000 : 1000));
    const record = fields(littleEndian, [
      [Math.floor(at / 1000), 4],
      [fraction, 4],
      [bytes.length, 4],
      [originalLength, 4],
    ]);
    return [record, bytes];
  });
  return Buffer.concat([header, ...records]);
}

/** A block of pcapng: its type, lengths, and the body padded. */
export function buildBlock(type: number, body: Uint8Array, littleEndian = true): Uint8Array {
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const length = padded.length + 12;
  const start = fields(littleEndian, [
    [type, 4],
    [length, 4],
  ]);
  return Buffer.concat([start, padded, fields(littleEndian, [[length, 4]])]);
}

export function buildSection(littleEndian = true): Uint8Array {
  const body = fields(littleEndian, [
    [0x1a2b3c4d, 4],
    [1, 2],
    [0, 2],
    [0xffffffff, 4],
    [0xffffffff, 4],
  ]);
  return buildBlock(0x0a0d0d0a, body, littleEndian);
}

export function buildInterface(
  linkType = 1,
  options: Uint8Array = new Uint8Array(),
  littleEndian = true,
) {
  const body = fields(littleEndian, [
    [linkType, 2],
    [0, 2],
    [0, 4],
  ]);
  return buildBlock(1, Buffer.concat([body, options]), littleEndian);
}

/** An enhanced packet block; the time in ticks of its interface. */
export function buildEnhanced(id: number, ticks: bigint, bytes: Uint8Array, littleEndian = true) {
  const body = fields(littleEndian, [
    [id, 4],
    [Number(ticks >> 32n), 4],
    [Number(ticks & 0xffffffffn), 4],
    [bytes.length, 4],
    [bytes.length, 4],
  ]);
  return buildBlock(6, Buffer.concat([body, bytes]), littleEndian);
}

export function fields(
  littleEndian: boolean,
  values: readonly (readonly [value: number, size: 1 | 2 | 4])[],
): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(values.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of values) {
    if (size === 1) bytes.setUint8(at, value);
    if (size === 2) bytes.setUint16(at, value, littleEndian);
    if (size === 4) bytes.setUint32(at, value, littleEndian);
    at += size;
  }
  return new Uint8Array(bytes.buffer);
}

const broadcast = 'FFFFFFFFFFFF' as Mac;

export function ethernet(type: number, payload: Uint8Array, from: Mac, to = broadcast): Uint8Array {
  return Buffer.concat([Buffer.from(to + from, 'hex'), fields(false, [[type, 2]]), payload]);
}

type Datagram = {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  readonly payload: Uint8Array;
  readonly id?: number;
  /** Bytes before it, and whether more follow. */
  readonly offset?: number;
  readonly more?: boolean;
};

export function ipv4(datagram: Datagram): Uint8Array {
  const { from, to, protocol, payload, id = 1, offset = 0, more = false } = datagram;
  const header = (checksum: number) =>
    fields(false, [
      [0x45, 1],
      [0, 1],
      [20 + payload.length, 2],
      [id, 2],
      [(more ? 0x2000 : 0) | (offset / 8), 2],
      [64, 1],
      [protocol, 1],
      [checksum, 2],
      [ipv4Number(from), 4],
      [ipv4Number(to), 4],
    ]);
  return Buffer.concat([header(checksumOf(header(0))), payload]);
}

/** RFC 1071. */
function checksumOf(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset);
  let sum = 0;
  for (let at = 0; at < header.length; at += 2) sum += view.getUint16(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

export function udp(fromPort: number, toPort: number, payload: Uint8Array): Uint8Array {
  const header = fields(false, [
    [fromPort, 2],
    [toPort, 2],
    [8 + payload.length, 2],
    [0, 2],
  ]);
  return Buffer.concat([header, payload]);
}

export type BuiltDatagram = {
  readonly from: readonly [address: string, port: number];
  readonly to: readonly [address: string, port: number];
  readonly payload: Uint8Array;
};

const rawIPv4 = 101;

/** A capture of UDP in IPv4 without a link layer, a second from one to the next. */
export function buildUdpPcap(datagrams: readonly BuiltDatagram[]): Uint8Array {
  const packets = datagrams.map(({ from, to, payload }, index): BuiltPacket => {
    const inner = udp(from[1], to[1], payload);
    const bytes = ipv4({ from: from[0], to: to[0], protocol: 17, payload: inner });
    return { at: 1000 * index, bytes };
  });
  return buildPcap(packets, { linkType: rawIPv4 });
}

export const tcpFlags = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

export function tcp(
  fromPort: number,
  toPort: number,
  sequence: number,
  flags: number,
  payload: Uint8Array = new Uint8Array(),
): Uint8Array {
  const header = fields(false, [
    [fromPort, 2],
    [toPort, 2],
    [sequence >>> 0, 4],
    [0, 4],
    [0x50, 1],
    [flags, 1],
    [8192, 2],
    [0, 4],
  ]);
  return Buffer.concat([header, payload]);
}
