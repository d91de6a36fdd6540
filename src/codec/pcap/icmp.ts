import { Reader } from '../../wire/reader.ts';
import { decodeIpv4, ipProtocols } from './ipv4-packet.ts';

/** Destination unreachable, with what could not be delivered. RFC 792. */
export type IcmpUnreachable = {
  /** `port unreachable`, `host administratively prohibited`, … */
  readonly reason: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  /** Of UDP and TCP, when its first bytes came along. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
};

/** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
const reasons: readonly string[] = [
  'network unreachable',
  'host unreachable',
  'protocol unreachable',
  'port unreachable',
  'fragmentation needed',
  'source route failed',
  'network unknown',
  'host unknown',
  'source host isolated',
  'network prohibited',
  'host prohibited',
  'network unreachable for type of service',
  'host unreachable for type of service',
  'communication administratively prohibited',
  'host precedence violation',
  'precedence cutoff in effect',
];

/** Undefined for other messages. Throws CodecError. */
export function decodeUnreachable(bytes: Uint8Array): IcmpUnreachable | undefined {
  const reader = new Reader(bytes);
  const type = reader.u8('type');
  const code = reader.u8('code');
  if (type !== 3) return undefined;
  reader.take(6, 'checksum and unused');
  const { source, destination, protocol, payload } = decodeIpv4(reader.rest());
  const told = { reason: reasons[code] ?? `code ${code}`, source, destination, protocol };
  const hasPorts = protocol === ipProtocols.udp || protocol === ipProtocols.tcp;
  if (!hasPorts || payload.length < 4) return told;
  const ports = new Reader(payload);
  return {
    ...told,
    sourcePort: ports.u16('source port'),
    destinationPort: ports.u16('destination port'),
  };
}
