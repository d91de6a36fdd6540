import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import { Reader } from '../../wire/reader.ts';
import { macOf } from './link-layer.ts';

export type ArpPacket = {
  readonly kind: 'request' | 'reply';
  readonly senderMac: Mac;
  /** `0.0.0.0` in a probe, RFC 5227 section 2.1.1. */
  readonly sender: string;
  readonly targetMac: Mac;
  readonly target: string;
};

/** RFC 826 for IPv4 on Ethernet; undefined for others. Throws CodecError for a packet cut short. */
export function decodeArp(bytes: Uint8Array): ArpPacket | undefined {
  const reader = new Reader(bytes);
  const hardware = reader.u16('hardware type');
  const protocol = reader.u16('protocol type');
  const lengths = reader.u16('address lengths');
  const operation = reader.u16('operation');
  if (hardware !== 1 || protocol !== 0x0800 || lengths !== 0x0604) return undefined;
  if (operation !== 1 && operation !== 2) return undefined;
  return {
    kind: operation === 1 ? 'request' : 'reply',
    senderMac: macOf(reader.take(6, 'sender MAC')),
    sender: formatIPv4(reader.u32('sender')),
    targetMac: macOf(reader.take(6, 'target MAC')),
    target: formatIPv4(reader.u32('target')),
  };
}
