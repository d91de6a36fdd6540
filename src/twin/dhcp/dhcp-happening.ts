import { messageTypeOf, numberOption, textOption } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage, DhcpMessageType } from '../../codec/dhcp/dhcp-message.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { serverOf } from './dhcp-lease.ts';
import type { DhcpLease } from './dhcp-lease.ts';
import type { TftpSource } from './dhcp-speech.ts';

/** A DHCP message that the phone sent or got. Addresses are dotted. */
export type DhcpHappening = {
  readonly kind: 'dhcp';
  readonly message: DhcpMessageType;
  readonly from: 'phone' | 'server';
  /** Who sent it, or who is meant. */
  readonly server?: string;
  /** Asked for, offered, given. */
  readonly address?: string;
  readonly leaseSeconds?: number;
  /** What the phone takes for its TFTP server; only with an ACK. */
  readonly tftp?: string;
  readonly tftpFrom?: TftpSource;
  /** Why it was sent, or is not taken. */
  readonly because?: string;
};

export function sentDhcp(message: DhcpMessage, because: string | undefined): DhcpHappening {
  const server = numberOption(message, 54);
  const requested = numberOption(message, 50) ?? message.ciaddr;
  return {
    kind: 'dhcp',
    message: messageTypeOf(message) ?? 'discover',
    from: 'phone',
    ...(server !== undefined && { server: formatIPv4(server) }),
    ...(requested !== 0 && { address: formatIPv4(requested) }),
    ...(because !== undefined && { because }),
  };
}

export function receivedDhcp(message: DhcpMessage, because?: string): DhcpHappening {
  const leaseSeconds = numberOption(message, 51);
  const reason = because ?? textOption(message, 56);
  return {
    kind: 'dhcp',
    message: messageTypeOf(message) ?? 'offer',
    from: 'server',
    server: serverOf(message),
    ...(message.yiaddr !== 0 && { address: formatIPv4(message.yiaddr) }),
    ...(leaseSeconds !== undefined && { leaseSeconds }),
    ...(reason !== undefined && { because: reason }),
  };
}

export function boundDhcp(ack: DhcpMessage, { address, tftp }: DhcpLease): DhcpHappening {
  const told = { ...receivedDhcp(ack), address };
  if (tftp === undefined) return { ...told, because: 'it names no TFTP server' };
  return { ...told, tftp: tftp.address, tftpFrom: tftp.from };
}
