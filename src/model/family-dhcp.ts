import type { DhcpOption } from '../codec/dhcp/dhcp-message.ts';
import type { Mac } from '../wire/mac.ts';
import type { Phone } from './phone.ts';

/** What a client says of itself in a DHCP message; texts without NULs at the end. */
export type DhcpAsker = {
  /** Option 60. */
  readonly vendorClass?: string;
  /** Option 12. */
  readonly hostName?: string;
  readonly mac?: Mac;
};

/** That a client is a phone of the family, and what else its words tell. */
export type DhcpIdentity = {
  /** As in `PhoneFamily.models`. Where it is missing, a related family may claim the phone too. */
  readonly model?: string;
  /** As in the fact `runs-like`: sorts of images that speak like this. */
  readonly sorts?: readonly string[];
  readonly because: string;
};

/** A server that phones talk with. */
export type PhoneServer = { readonly address: string; readonly port: number };

/** Whom phones of a site talk with. */
export type DhcpSite = {
  /** The UNIStim service of this machine, where it runs. */
  readonly unistim?: PhoneServer;
  /** What the site tells phones of its SIP servers, as the family reads it. */
  readonly sip: readonly PhoneServer[];
};

/** A phone that asks for an address, as far as it is known. */
export type DhcpPhoneState = {
  readonly asker: DhcpAsker;
  readonly phone?: Phone;
  /** State of the family's watch. */
  readonly watched?: unknown;
};

/** Where phones take the address of their TFTP server from. RFC 5859; RFC 2132 section 9.4. */
export type TftpSource = 'option-150' | 'option-66' | 'siaddr';

/** What phones of a family make of DHCP. */
export type FamilyDhcp = {
  /** Undefined for what is no phone of the family, or does not say so. */
  identify(asker: DhcpAsker): DhcpIdentity | undefined;
  /** Option 60 of its phones begins with one of these, and that of no other device that is known. */
  readonly vendorClasses: readonly string[];
  /** The first one that is given counts. */
  readonly tftpFrom: readonly TftpSource[];
  /** Looked up where DHCP names no TFTP server at all. */
  readonly tftpName?: string;
  /** Option 55 of its phones, in their order. */
  readonly asksFor: readonly number[];
  /** Options that its phones need of their own; what the operator gives goes before. */
  given?(state: DhcpPhoneState, site: DhcpSite): readonly DhcpOption[];
};
