import type { DhcpOption } from './dhcp-message.ts';
import { u32At, wrong } from './scalar-kinds.ts';
import { parseSuboptions, serializeSuboptions } from './suboptions.ts';

/** What a relay agent adds: option 82. RFC 3046. */
export type RelayInformation = {
  /** The port of the switch, in its own form. */
  readonly circuitId?: Uint8Array;
  /** The switch. */
  readonly remoteId?: Uint8Array;
  /** Address of the subnet that the client is in, where that is not the one of giaddr. RFC 3527. */
  readonly linkSelection?: number;
  /** The relay agent sends from a port other than 67 and wants the answer there. RFC 8357. */
  readonly ownSourcePort: boolean;
  readonly suboptions: readonly DhcpOption[];
};

export const relaySuboptions = {
  circuitId: 1,
  remoteId: 2,
  linkSelection: 5,
  serverOverride: 11,
  sourcePort: 19,
} as const;

const field = 'option 82';

/** Throws CodecError. */
export function parseRelayInformation(bytes: Uint8Array): RelayInformation {
  const suboptions = parseSuboptions(bytes, field, false);
  const of = (code: number) => suboptions.find((each) => each.code === code)?.bytes;
  const circuitId = of(relaySuboptions.circuitId);
  const remoteId = of(relaySuboptions.remoteId);
  const link = of(relaySuboptions.linkSelection);
  if (link && link.length !== 4)
    wrong('link selection of option 82', 0, '4 octets', `${link.length}`);
  return {
    ...(circuitId && { circuitId }),
    ...(remoteId && { remoteId }),
    ...(link && { linkSelection: u32At(link, 0) }),
    ownSourcePort: of(relaySuboptions.sourcePort) !== undefined,
    suboptions,
  };
}

/** Throws CodecError. */
export function serializeRelayInformation(suboptions: readonly DhcpOption[]): Uint8Array {
  return serializeSuboptions(suboptions, field, false);
}
