import { CodecError } from '../../wire/codec-error.ts';

/** RFC 3550 section 5.1. */
export type RtpPacket = {
  /** RFC 3551 section 6; 0 is PCMU. */
  readonly payloadType: number;
  /** The first packet after silence, and what else a profile says. */
  readonly marker: boolean;
  /** Modulo 2^16. */
  readonly sequence: number;
  /** In samples, modulo 2^32. */
  readonly timestamp: number;
  /** Who sends; modulo 2^32. */
  readonly ssrc: number;
  /** Whose sound was mixed into it. */
  readonly contributors: readonly number[];
  readonly extension?: { readonly profile: number; readonly data: Uint8Array };
  readonly payload: Uint8Array;
};

const headSize = 12;
const mostContributors = 15;

/** Padding is taken off. Throws CodecError. */
export function decodeRtp(bytes: Uint8Array): RtpPacket {
  need(bytes, headSize, 'RTP header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) throw fault('RTP version', 0, '2', String(first >> 6));
  const count = first & 15;
  need(bytes, headSize + 4 * count, 'RTP contributors');
  const contributors = Array.from({ length: count }, (_, at) => view.getUint32(headSize + 4 * at));
  const extension = (first & 0x10) === 0 ? undefined : extensionAt(bytes, headSize + 4 * count);
  const start = headSize + 4 * count + (extension === undefined ? 0 : 4 + extension.data.length);
  const end = bytes.length - ((first & 0x20) === 0 ? 0 : paddingOf(bytes, start));
  const second = view.getUint8(1);
  return {
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    contributors,
    ...(extension && { extension }),
    payload: Uint8Array.from(bytes.subarray(start, end)),
  };
}

function extensionAt(bytes: Uint8Array, at: number): NonNullable<RtpPacket['extension']> {
  need(bytes, at + 4, 'RTP extension');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = at + 4 + 4 * view.getUint16(at + 2);
  need(bytes, end, 'RTP extension');
  return { profile: view.getUint16(at), data: Uint8Array.from(bytes.subarray(at + 4, end)) };
}

function paddingOf(bytes: Uint8Array, start: number): number {
  const padding = bytes.at(-1) ?? 0;
  if (padding > 0 && padding <= bytes.length - start) return padding;
  const at = bytes.length - 1;
  throw fault('RTP padding', at, `1 to ${bytes.length - start}`, String(padding));
}

/** Numbers are taken modulo their size. Throws CodecError for what has no place in a packet. */
export function encodeRtp(packet: RtpPacket): Uint8Array {
  const { payloadType, marker, sequence, timestamp, ssrc, contributors, extension, payload } =
    packet;
  if (!Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127)
    throw fault('RTP payload type', 1, '0 to 127', String(payloadType));
  if (contributors.length > mostContributors)
    throw fault('RTP contributors', 0, `up to ${mostContributors}`, String(contributors.length));
  const extended = extension === undefined ? 0 : 4 + extension.data.length;
  if (extended % 4 !== 0 || extended > 4 + 4 * 0xffff)
    throw fault('RTP extension', 0, 'whole words, up to 65535', `${extended - 4} octets`);
  const start = headSize + 4 * contributors.length + extended;
  const bytes = new Uint8Array(start + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80 | (extension === undefined ? 0 : 0x10) | contributors.length);
  view.setUint8(1, (marker ? 0x80 : 0) | payloadType);
  view.setUint16(2, sequence);
  view.setUint32(4, timestamp);
  view.setUint32(8, ssrc);
  contributors.forEach((each, at) => view.setUint32(headSize + 4 * at, each));
  if (extension !== undefined) {
    view.setUint16(start - extended, extension.profile);
    view.setUint16(start - extended + 2, extension.data.length / 4);
    bytes.set(extension.data, start - extended + 4);
  }
  bytes.set(payload, start);
  return bytes;
}

function need(bytes: Uint8Array, size: number, field: string): void {
  if (bytes.length < size)
    throw fault(field, bytes.length, `${size} octets`, `${bytes.length} octets`);
}

function fault(field: string, offset: number, claimed: string, actual: string): CodecError {
  return new CodecError({ field, offset, claimed, actual });
}
