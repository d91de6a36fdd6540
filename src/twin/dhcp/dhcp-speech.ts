import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import type { Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';

/** Where a phone takes its TFTP server from. */
export type TftpSource = 'option-150' | 'option-66' | 'siaddr' | 'name';

/** How a phone of some family speaks DHCP. */
export type DhcpSpeech = {
  /** Option 60, to which the phone adds a NUL. */
  readonly vendorClass: string;
  /** Option 12; none where it is left out. */
  readonly hostName?: string;
  /** Option 55, in the phone's order. */
  readonly asksFor: readonly number[];
  /** The first source that says something counts. */
  readonly tftpFrom: readonly TftpSource[];
  /** What it looks up for the source `name`; the domain that it was given is added. */
  readonly tftpName?: string;
  /** Octets that its messages are padded to. */
  readonly messageLength: number;
  /** Milliseconds to wait for an answer after each DISCOVER of a round, give or take one second. */
  readonly waits: readonly number[];
  /** Rounds after which a phone without an address counts as stuck; a real one goes on for ever. */
  readonly rounds: number;
  /** Why it does not take an offer; undefined when it does. */
  readonly objection?: (offer: DhcpMessage) => string | undefined;
};

/** The DHCP that a virtual phone meets. */
export type TwinDhcp = {
  /** `255.255.255.255`, port 67, or the server that the phone asks as its own relay agent. */
  readonly server: Server;
  /** What its DHCP messages go over. */
  readonly network: Network;
  /**
   * The address of this machine that it answers at as its own relay agent, which takes the place of
   * broadcasts on machines where port 68 and foreign addresses cannot be had.
   */
  readonly relay?: string;
  /** Port of the TFTP server that DHCP names. */
  readonly tftpPort: number;
  /** Address of a name, by these DNS servers; undefined where it has none. */
  readonly resolve?: (name: string, servers: readonly string[]) => Promise<string | undefined>;
  /** Whether another machine answers for the address. */
  readonly inUse?: (address: string) => boolean;
  /** The phone sends from this address from now on, where the machine has it. */
  readonly useAddress?: (address: string) => Promise<void>;
  /** What it takes no TFTP server from, though it should. */
  readonly ignores?: readonly TftpSource[];
};
