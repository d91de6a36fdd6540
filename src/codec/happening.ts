import type { DhcpMessageType } from './dhcp/dhcp-message.ts';

/** What a DHCP message said, as far as it matters to phones. Addresses are dotted. */
export type DhcpFacts = {
  readonly message: DhcpMessageType;
  /** Who sent it, where the server did: its identifier (option 54) or its address. */
  readonly server?: string;
  /** Offered, acknowledged, asked for. */
  readonly address?: string;
  readonly vendorClass?: string;
  readonly hostName?: string;
  /** Option 55. */
  readonly asksFor?: readonly number[];
  /** What a server gave: option 150, option 66, siaddr, routers, NTP servers, time offset. */
  readonly tftpServers?: readonly string[];
  readonly tftpServerName?: string;
  readonly nextServer?: string;
  readonly bootFile?: string;
  readonly routers?: readonly string[];
  readonly ntpServers?: readonly string[];
  readonly leaseSeconds?: number;
  /** Codes of all options, for what is not above. */
  readonly options?: readonly number[];
  /** What the program said about it: `no address available`, `wrong network`. */
  readonly note?: string;
};

/** What files are asked for by. */
export type FileProtocol = 'tftp' | 'http' | 'uftp';

/** How a request for a file ended, as the server or the wire says. */
export type FileEnd =
  | {
      readonly kind: 'sent';
      readonly bytes?: number;
      /** Packets that were repeated, where the wire shows it. */
      readonly retries?: number;
    }
  /** TFTP error, or HTTP status. */
  | { readonly kind: 'error'; readonly code: number; readonly text: string }
  | {
      readonly kind: 'timed-out';
      /** The server had sent something last, and the client did not acknowledge it. */
      readonly answered?: boolean;
      /** Bytes that the server had sent by then. */
      readonly bytes?: number;
      readonly retries?: number;
    }
  /** The client ended it. */
  | { readonly kind: 'aborted'; readonly text: string };

/** One thing that a line of a log, or a packet, says. */
export type Happening =
  | { readonly kind: 'dhcp'; readonly dhcp: DhcpFacts }
  | {
      readonly kind: 'file-asked';
      readonly protocol: FileProtocol;
      readonly path: string;
      readonly server?: string;
      /** The client's port: the same port for the same path is a retransmission. */
      readonly port?: number;
      /** What the server made of the path by its own rules. */
      readonly remappedTo?: string;
    }
  | {
      readonly kind: 'file-ended';
      readonly protocol: FileProtocol;
      /** Undefined where the log does not say; the last one asked for by this client is meant. */
      readonly path?: string;
      readonly end: FileEnd;
    }
  | {
      readonly kind: 'sip';
      /** `REGISTER`, or the request's method where `status` answers one. */
      readonly method: string;
      readonly status?: number;
      readonly from: 'phone' | 'server';
      readonly server?: string;
      readonly user?: string;
      readonly userAgent?: string;
      /** Seconds; 0 takes a registration back. */
      readonly expires?: number;
    }
  | { readonly kind: 'sntp'; readonly from: 'phone' | 'server'; readonly server?: string }
  | {
      readonly kind: 'unistim';
      readonly from: 'phone' | 'server';
      /** `hello`, `firmware 0604D98`, … */
      readonly text: string;
    }
  /** ARP: somebody else answers for the address. */
  | { readonly kind: 'address-conflict'; readonly address: string }
  /** ICMP port or host unreachable, for what the phone had sent. */
  | { readonly kind: 'unreachable'; readonly server: string; readonly text: string }
  /** A line that its program wrote and that is about no one phone. */
  | { readonly kind: 'server-note'; readonly text: string };
