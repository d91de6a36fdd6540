import type { PhoneFamily } from '../model/family.ts';
import type { AddressTie } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Evidence, EvidenceKind } from './trust/evidence.ts';
import { weigh, type Weighed } from './trust/weigh.ts';

/** Who asks, and why we think so. */
export type Identity = Omit<Weighed, 'reasons'> & {
  readonly reason: string;
  /** The MAC in the path, whoever asks. */
  readonly named?: Mac;
  /** This request itself ties its address to the MAC in its path. */
  readonly fresh: boolean;
};

export type Identifier = {
  identify(path: string, address: string, now: number): Identity;
  /** The same with what the network says at this moment, not up to some seconds ago. */
  confirm(path: string, address: string, now: number): Promise<Identity>;
  /** Ties of this run and those loaded, for the store. */
  tie(tie: AddressTie): void;
  /** The address is another phone's now. */
  forget(address: string): void;
};

/** Who knows of an address. What is left out is not there. Times in milliseconds since the epoch. */
export type AddressSources = {
  /** The host's own table of neighbours: MAC of an address on the same link. */
  readonly neighbour: (address: string) => Mac | undefined;
  /** The same, looked up after the call. */
  readonly neighbourNow?: (address: string) => Promise<Mac | undefined>;
  /** Of our own DHCP server: who has a lease of the address that has not run out. */
  readonly leaseHolder?: (address: string, now: number) => Mac | undefined;
  /** Circuit and remote id (option 82) that this lease was asked for with. */
  readonly switchPort?: (address: string, now: number) => string | undefined;
  /** Who is registered from the address. */
  readonly registered?: (address: string, now: number) => Mac | undefined;
  /** Whether the operator trusts names of the network that the address is in. */
  readonly trusts?: (address: string) => boolean;
};

export type IdentifierOptions = AddressSources & {
  readonly families: readonly PhoneFamily[];
  /** Ties from earlier runs. */
  readonly ties: readonly AddressTie[];
  /** Milliseconds for which an address stays with the phone that last proved it. */
  readonly tieLasts: number;
};

/**
 * A request belongs to the MAC that holds its address by a lease or the neighbour table; where
 * nobody knows that, to the MAC in its path, and else to the phone that last asked for a file with
 * its MAC from that address.
 */
export function createIdentifier(options: IdentifierOptions): Identifier {
  const ties = new Map(options.ties.map((tie) => [tie.address, tie]));
  const { families, tieLasts, trusts = () => false } = options;

  function judge(path: string, address: string, now: number, neighbour: Mac | undefined): Identity {
    const named = macInPath(families, path);
    const tie = ties.get(address);
    const isTied = tie !== undefined && now - tie.seenAt <= tieLasts;
    const lease = options.leaseHolder?.(address, now);
    const byPort = options.switchPort?.(address, now) === undefined ? undefined : lease;
    const evidence = found([
      ['file-name', named],
      ['lease', lease],
      ['switch-port', byPort],
      ['neighbour', neighbour],
      ['register', options.registered?.(address, now)],
      ['earlier-request', isTied && named === undefined ? tie.mac : undefined],
    ]);
    const { reasons, ...weighed } = weigh(evidence, trusts(address));
    const nobody = tie
      ? `${address} was last tied to a phone too long ago`
      : `no MAC known for ${address}`;
    return {
      ...weighed,
      reason: reasons.length > 0 ? reasons.join(', ') : nobody,
      fresh: named !== undefined,
      ...(named !== undefined && { named }),
    };
  }

  return {
    identify: (path, address, now) => judge(path, address, now, options.neighbour(address)),
    async confirm(path, address, now) {
      const { neighbour, neighbourNow = neighbour } = options;
      return judge(path, address, now, await neighbourNow(address));
    },
    tie: (tie) => void ties.set(tie.address, tie),
    forget: (address) => void ties.delete(address),
  };
}

function found(
  list: readonly (readonly [kind: EvidenceKind, mac: Mac | undefined])[],
): readonly Evidence[] {
  return list.flatMap(([kind, mac]) => (mac === undefined ? [] : [{ kind, mac }]));
}

function macInPath(families: readonly PhoneFamily[], path: string): Mac | undefined {
  for (const family of families) {
    const mac = family.macOf(path);
    if (mac) return mac;
  }
  return undefined;
}
