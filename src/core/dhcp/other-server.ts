import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { dhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { OtherServer } from './dhcp-event.ts';
import { code } from './option-codes.ts';
import { numberOf, numbersOf, textOf } from './option-values.ts';

/** What an answer of a DHCP server says of it; undefined for one that does not name its server. */
export function heardServer(message: DhcpMessage): OtherServer | undefined {
  const server = numberOf(dhcpOption(message, code.serverIdentifier) ?? new Uint8Array());
  if (server === undefined || server === 0) return undefined;
  const tftp = numbersOf(dhcpOption(message, code.tftpServers) ?? new Uint8Array());
  const name = textOf(dhcpOption(message, code.tftpServerName) ?? new Uint8Array());
  const { siaddr, yiaddr } = message;
  return {
    server: formatIPv4(server),
    ...(tftp.length > 0 && { tftpServers: tftp.map(formatIPv4) }),
    ...(name !== '' && { tftpServerName: name }),
    ...(siaddr !== 0 && { nextServer: formatIPv4(siaddr) }),
    ...(yiaddr !== 0 && { offered: formatIPv4(yiaddr) }),
  };
}
