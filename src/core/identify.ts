import type { PhoneFamily } from '../model/family.ts';
import type { AddressTie } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';

/** Who asks, and why we think so. */
export type Identity =
  | { readonly mac: Mac; readonly reason: string }
  | { readonly mac?: undefined; readonly reason: string };

export type Identifier = {
  /** `fresh` is true when this request itself proves the tie. */
  identify(path: string, address: string, now: number): Identity & { readonly fresh: boolean };
  /** Ties of this run and those loaded, for the store. */
  tie(tie: AddressTie): void;
  /** The address is another phone's now. */
  forget(address: string): void;
};

export type IdentifierOptions = {
  readonly families: readonly PhoneFamily[];
  /** The host's own table of neighbours: MAC of an address on the same link. */
  readonly neighbour: (address: string) => Mac | undefined;
  /** Ties from earlier runs. */
  readonly ties: readonly AddressTie[];
  /** Milliseconds for which an address stays with the phone that last proved it. */
  readonly tieLasts: number;
};

/**
 * A request belongs to the MAC in its path; else to the MAC that the host's neighbour table gives
 * for its address; else to the phone that last asked for a file with its MAC from that address.
 */
export function createIdentifier(options: IdentifierOptions): Identifier {
  const ties = new Map(options.ties.map((tie) => [tie.address, tie]));

  function identify(path: string, address: string, now: number) {
    const named = macInPath(options.families, path);
    if (named) return { mac: named, reason: 'MAC in the file name', fresh: true };
    const neighbour = options.neighbour(address);
    if (neighbour) return { mac: neighbour, reason: 'neighbour table', fresh: false };
    const tie = ties.get(address);
    if (!tie) return { reason: `no MAC known for ${address}`, fresh: false };
    const age = now - tie.seenAt;
    if (age > options.tieLasts)
      return { reason: `${address} was last tied to a phone too long ago`, fresh: false };
    return { mac: tie.mac, reason: 'address of its earlier request', fresh: false };
  }

  return {
    identify,
    tie: (tie) => void ties.set(tie.address, tie),
    forget: (address) => void ties.delete(address),
  };
}

function macInPath(families: readonly PhoneFamily[], path: string): Mac | undefined {
  for (const family of families) {
    const mac = family.macOf(path);
    if (mac) return mac;
  }
  return undefined;
}
