import { macOf, messageTypeOf } from '../../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage } from '../../../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../../../codec/dhcp/parse-dhcp.ts';
import { dhcpFacts, phoneAddress } from '../../dhcp/message-facts.ts';
import { packetLine, type WirePacket, type WireSaying } from './wire-packet.ts';

export const dhcpPorts: ReadonlySet<number> = new Set([67, 68]);

type Seen = { readonly at: number; readonly relayed: boolean };

const mostSeen = 4096;
/** The same message on its way through a relay agent is seen twice within this. */
const relayMs = 2000;

/** Reads DHCP messages; throws CodecError. What a relay agent passes on is said once. */
export function observeDhcp(): (packet: WirePacket) => readonly WireSaying[] {
  const seen = new Map<string, Seen>();

  function isRepeated(message: DhcpMessage, type: string, at: number): boolean {
    const key = `${message.transactionId} ${type} ${message.op}`;
    const relayed = message.giaddr !== 0;
    const before = seen.get(key);
    seen.delete(key);
    seen.set(key, { at, relayed });
    const [oldest] = seen.keys();
    if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    return before !== undefined && before.relayed !== relayed && at - before.at <= relayMs;
  }

  return (packet) => {
    const message = parseDhcp(packet.payload);
    const type = messageTypeOf(message);
    if (type === undefined || isRepeated(message, type, packet.at)) return [];
    const dhcp = dhcpFacts(message, packet.source);
    const { number, at } = packet;
    const address = phoneAddress(message, dhcp);
    const words = `DHCP ${type}${dhcp.address === undefined ? '' : ` ${dhcp.address}`}`;
    const text = packetLine(packet, words);
    return [{ number, at, address, mac: macOf(message), happening: { kind: 'dhcp', dhcp }, text }];
  };
}
