import type { DhcpOption } from '../codec/dhcp/dhcp-message.ts';
import type { IPv4Network } from '../wire/ipv4-network.ts';
import type { Mac } from '../wire/mac.ts';
import type { LeaseDurability } from './lease.ts';

/**
 * `authoritative`: answers everybody and refuses what is wrong. `phones-only`: answers phones of the
 * families and known MACs, and refuses nobody else, so that it can stand beside another server.
 */
export const dhcpModes = ['authoritative', 'phones-only'] as const;
export type DhcpMode = (typeof dhcpModes)[number];

/** In seconds; `Infinity` for ever. */
export type LeaseTimes = {
  /** For a client that asks for none. */
  readonly usual: number;
  readonly shortest: number;
  readonly longest: number;
};

/** First and last address, as unsigned 32-bit numbers; both belong to it. */
export type AddressRange = { readonly first: number; readonly last: number };

/** What clients get besides an address. The more specific one wins, option by option. */
export type DhcpGiven = {
  readonly options: readonly DhcpOption[];
  /** Addresses, or one name: options 150 and 66 and siaddr are made of it. */
  readonly tftp?: readonly string[];
  /** siaddr, where it is not the first TFTP server. */
  readonly nextServer?: number;
  readonly bootFile?: string;
};

/** Which client a reservation or an address is for: one of the two. */
export type DhcpReservation = {
  readonly address: number;
  readonly mac?: Mac;
  /** Option 61 in lower-case hex. */
  readonly clientId?: string;
  readonly hostName?: string;
  readonly given: DhcpGiven;
};

export type DhcpNetwork = {
  readonly subnet: IPv4Network;
  /** Networks with the same word are on one wire. */
  readonly shared?: string;
  /** What may be handed out; exclusions and reserved addresses are left out already. */
  readonly pools: readonly AddressRange[];
  readonly reservations: readonly DhcpReservation[];
  readonly leaseTimes: LeaseTimes;
  readonly given: DhcpGiven;
};

/** Options for clients of a kind; a client must match everything that is said. */
export type DhcpRule = {
  /** Glob over option 60: `*` any run of characters, `?` any one. */
  readonly vendorClass?: string;
  /** Upper-case hex digits at the start of the MAC. */
  readonly macPrefix?: string;
  readonly model?: string;
  readonly label?: { readonly name: string; readonly value: string };
  readonly given: DhcpGiven;
};

/** What the workspace file says of DHCP. */
export type DhcpSettings = {
  readonly mode: DhcpMode;
  /** Whether an address is tried with an echo request before it is offered for the first time. */
  readonly ping: boolean;
  /** `disk` where it is not said. */
  readonly durability?: LeaseDurability;
  /** For every network. */
  readonly given: DhcpGiven;
  readonly networks: readonly DhcpNetwork[];
  /** In the order in which they stand: a later one wins. */
  readonly rules: readonly DhcpRule[];
};
