import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';

/** How a message came. */
export type DhcpArrival = {
  readonly fromAddress: string;
  readonly fromPort: number;
  /** The server's address that it came to or of the interface it came by. */
  readonly localAddress: string;
};

export type DhcpAnswer = {
  readonly message: DhcpMessage;
  /** 255.255.255.255 is the limited broadcast out of the interface that the server is bound to. */
  readonly to: { readonly address: string; readonly port: number };
  /** The largest datagram that the client takes, in octets (RFC 2132 section 9.10). */
  readonly maximumSize?: number;
};

/** Decides on a message: the answer, or none. A promise where a lease has to be on disk first. */
export type DhcpHandler = (
  message: DhcpMessage,
  arrival: DhcpArrival,
) => Promise<DhcpAnswer | undefined> | DhcpAnswer | undefined;
