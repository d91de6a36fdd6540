import { Reader } from '../../wire/reader.ts';

/** RFC 9293 section 3.1. */
export type TcpSegment = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly ack: boolean;
  /** As much of it as was captured. */
  readonly payload: Uint8Array;
};

/** Throws CodecError. */
export function decodeTcp(bytes: Uint8Array): TcpSegment {
  const reader = new Reader(bytes);
  const sourcePort = reader.u16('source port');
  const destinationPort = reader.u16('destination port');
  const sequence = reader.u32('sequence number');
  reader.u32('acknowledgment number');
  const offset = (reader.u8('data offset') >> 4) * 4;
  const flags = reader.u8('flags');
  if (offset < 20 || offset > bytes.length)
    reader.fail('data offset', `20 to ${bytes.length}`, `${offset}`, 12);
  return {
    sourcePort,
    destinationPort,
    sequence,
    fin: (flags & 1) !== 0,
    syn: (flags & 2) !== 0,
    rst: (flags & 4) !== 0,
    ack: (flags & 16) !== 0,
    payload: bytes.subarray(offset),
  };
}
