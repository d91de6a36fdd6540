import type { DhcpMessage } from '../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../codec/dhcp/serialize-dhcp.ts';
import type { Datagram } from './network.ts';

/** The DHCP servers of a wire: their answers to a message, each with the server's address. */
export type SimulatedDhcp = (
  message: DhcpMessage,
  at: number,
) => readonly { readonly server: string; readonly message: DhcpMessage }[];

/** Port of servers and relay agents. RFC 2131 section 4.1. */
export const dhcpServerPort = 67;

/** The datagrams that servers answer one with. */
export function answerDhcp(
  dhcp: SimulatedDhcp | undefined,
  bytes: Uint8Array,
  at: number,
): readonly Datagram[] {
  const answers = dhcp?.(parseDhcp(bytes), at) ?? [];
  return answers.map(({ server, message }) => ({
    bytes: serializeDhcp(message),
    address: server,
    port: dhcpServerPort,
  }));
}
