import { formatIPv4 } from '../../wire/ipv4.ts';
import { Reader } from '../../wire/reader.ts';

/** RFC 791 section 3.1. */
export type Ipv4Packet = {
  readonly source: string;
  readonly destination: string;
  /** 1 is ICMP, 6 TCP, 17 UDP. */
  readonly protocol: number;
  readonly id: number;
  /** Bytes before this one in the datagram. */
  readonly fragmentOffset: number;
  readonly moreFragments: boolean;
  /** As much of it as was captured. */
  readonly payload: Uint8Array;
  /** Bytes of it on the wire. */
  readonly payloadLength: number;
};

export const ipProtocols = { icmp: 1, tcp: 6, udp: 17 } as const;

/** Options are left out; padding after the packet too. Throws CodecError. */
export function decodeIpv4(bytes: Uint8Array): Ipv4Packet {
  const reader = new Reader(bytes);
  const first = reader.u8('version');
  if (first >> 4 !== 4) reader.fail('version', '4', `${first >> 4}`, 0);
  const headerLength = (first & 0xf) * 4;
  if (headerLength < 20) reader.fail('header length', 'at least 20', `${headerLength}`, 0);
  reader.u8('type of service');
  const total = reader.u16('total length');
  const id = reader.u16('identification');
  const fragment = reader.u16('fragment offset');
  reader.u8('time to live');
  const protocol = reader.u8('protocol');
  reader.u16('checksum');
  const source = formatIPv4(reader.u32('source'));
  const destination = formatIPv4(reader.u32('destination'));
  reader.take(headerLength - 20, 'options');
  // Zero where the network card cut a larger packet up after the capture.
  const length = total === 0 ? bytes.length : total;
  if (length < headerLength) reader.fail('total length', `at least ${headerLength}`, `${total}`, 2);
  return {
    source,
    destination,
    protocol,
    id,
    fragmentOffset: (fragment & 0x1fff) * 8,
    moreFragments: (fragment & 0x2000) !== 0,
    payload: bytes.subarray(headerLength, Math.min(length, bytes.length)),
    payloadLength: length - headerLength,
  };
}
