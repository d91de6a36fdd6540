import type { Mac } from '../../wire/mac.ts';

/** What another DHCP server said, where it was heard. Addresses are dotted. */
export type OtherServer = {
  readonly server: string;
  /** Option 150, or siaddr. */
  readonly tftpServers?: readonly string[];
  /** Option 66. */
  readonly tftpServerName?: string;
  readonly nextServer?: string;
  readonly offered?: string;
};

/** What an operator should know of; plain decisions are not among them. */
export type DhcpEvent =
  /** A client chose it, or one of its answers was heard. */
  | { readonly kind: 'other-server'; readonly mac?: Mac; readonly other: OtherServer }
  /** A client found that somebody else uses the address; or we did, before we offered it. */
  | {
      readonly kind: 'address-conflict';
      readonly mac?: Mac;
      readonly address: string;
      readonly foundBy: 'client' | 'server';
    }
  | { readonly kind: 'pool-exhausted'; readonly mac?: Mac; readonly network: string }
  /** It asks again and again and takes none of our offers. */
  | { readonly kind: 'offer-not-taken'; readonly mac?: Mac; readonly offers: number }
  /** The client is on a wire of which no network is known. */
  | { readonly kind: 'network-unknown'; readonly mac?: Mac; readonly address: string }
  /** A reserved address that somebody else holds still. */
  | { readonly kind: 'reservation-held'; readonly mac?: Mac; readonly address: string };
