import { Reader } from '../../wire/reader.ts';

/** RFC 768. */
export type UdpDatagram = {
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** As much of it as was captured. */
  readonly payload: Uint8Array;
  /** Bytes of it on the wire. */
  readonly length: number;
};

/** Throws CodecError. Checksums are not looked at: many captures are made before the card adds them. */
export function decodeUdp(bytes: Uint8Array): UdpDatagram {
  const reader = new Reader(bytes);
  const sourcePort = reader.u16('source port');
  const destinationPort = reader.u16('destination port');
  const length = reader.u16('length');
  if (length < 8) reader.fail('length', 'at least 8', `${length}`, 4);
  return { sourcePort, destinationPort, payload: bytes.subarray(8, length), length: length - 8 };
}
