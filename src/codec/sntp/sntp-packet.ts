import { Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';
import type { NtpTimestamp } from './ntp-timestamp.ts';

/** RFC 5905 figure 10, in the order of the numbers. */
export const ntpModes = [
  'reserved',
  'symmetric active',
  'symmetric passive',
  'client',
  'server',
  'broadcast',
  'control',
  'private',
] as const;

export type NtpMode = (typeof ntpModes)[number];

/** The header of NTP and SNTP. RFC 5905 figure 8, RFC 4330 section 4. */
export type SntpPacket = {
  /** 0 none, 1 a second more or 2 less at the end of the day, 3 the clock is not synchronised. */
  readonly leap: number;
  /** 0 to 7. */
  readonly version: number;
  readonly mode: NtpMode;
  /** 0 unspecified or a kiss-o'-death, 1 a primary server, 2 to 15 a secondary one. */
  readonly stratum: number;
  /** Of the interval between messages, log2 of seconds; -128 to 127. */
  readonly poll: number;
  /** Of the clock, log2 of seconds; -128 to 127. */
  readonly precision: number;
  /** Seconds to the primary source and back, in units of 2^-16 s. */
  readonly rootDelay: number;
  /** Seconds, in units of 2^-16 s. */
  readonly rootDispersion: number;
  /** Unsigned 32-bit number: four letters, or an IPv4 address. */
  readonly referenceId: number;
  /** When the clock was last set. */
  readonly reference: NtpTimestamp;
  /** When the request left the client: the request's `transmit`. */
  readonly originate: NtpTimestamp;
  readonly receive: NtpTimestamp;
  readonly transmit: NtpTimestamp;
  /** Extension fields, key and digest as they came. */
  readonly rest: Uint8Array;
};

export const headerLength = 48;

const shortParts = 2 ** 16;
const signBit = 0x80;

/** Reads one datagram. `rest` is a view into it. Throws CodecError. */
export function decodeSntp(datagram: Uint8Array): SntpPacket {
  const reader = new Reader(datagram);
  reader.need(headerLength, 'header');
  const first = reader.u8('leap, version, mode');
  return {
    leap: first >> 6,
    version: (first >> 3) & 7,
    mode: ntpModes[first & 7] ?? 'reserved',
    stratum: reader.u8('stratum'),
    poll: signed(reader.u8('poll')),
    precision: signed(reader.u8('precision')),
    rootDelay: reader.u32('root delay') / shortParts,
    rootDispersion: reader.u32('root dispersion') / shortParts,
    referenceId: reader.u32('reference identifier'),
    reference: readTimestamp(reader, 'reference timestamp'),
    originate: readTimestamp(reader, 'originate timestamp'),
    receive: readTimestamp(reader, 'receive timestamp'),
    transmit: readTimestamp(reader, 'transmit timestamp'),
    rest: reader.rest(),
  };
}

/** Throws CodecError for numbers that do not fit their field. */
export function encodeSntp(packet: SntpPacket): Uint8Array {
  const { leap, version, mode, poll, precision, rootDelay, rootDispersion } = packet;
  const writer = new Writer()
    .u8(upTo(3, leap) * 64 + upTo(7, version) * 8 + ntpModes.indexOf(mode), 'leap, version, mode')
    .u8(packet.stratum, 'stratum')
    .u8(unsigned(poll), 'poll')
    .u8(unsigned(precision), 'precision')
    .u32(Math.round(rootDelay * shortParts), 'root delay')
    .u32(Math.round(rootDispersion * shortParts), 'root dispersion')
    .u32(packet.referenceId, 'reference identifier');
  putTimestamp(writer, packet.reference, 'reference timestamp');
  putTimestamp(writer, packet.originate, 'originate timestamp');
  putTimestamp(writer, packet.receive, 'receive timestamp');
  putTimestamp(writer, packet.transmit, 'transmit timestamp');
  return writer.put(packet.rest).bytes();
}

function readTimestamp(reader: Reader, field: string): NtpTimestamp {
  return { seconds: reader.u32(field), fraction: reader.u32(field) };
}

function putTimestamp(writer: Writer, { seconds, fraction }: NtpTimestamp, field: string): void {
  writer.u32(seconds, field).u32(fraction, field);
}

function signed(byte: number): number {
  return byte & signBit ? byte - 256 : byte;
}

/** What does not fit is no number: the writer refuses it. */
function upTo(max: number, value: number): number {
  return Number.isInteger(value) && value >= 0 && value <= max ? value : NaN;
}

/** Out of range stays out of range: the writer refuses it. */
function unsigned(value: number): number {
  return value < 0 && value >= -signBit ? value + 256 : value >= signBit ? NaN : value;
}
