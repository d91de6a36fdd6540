import type { DhcpNetwork } from '../../model/dhcp-settings.ts';
import type { Lease } from '../../model/lease.ts';
import { ipv4Number } from '../../wire/ipv4.ts';
import { createAddressPool, type AddressPool } from './address-pool.ts';
import { createOffers } from './offers.ts';
import { isInRanges, networkLookup } from '../../model/subnet.ts';

/** Why an address was chosen, in the order in which they are tried. RFC 2131 section 4.3.1. */
export type ChoiceReason = 'held' | 'former' | 'requested' | 'fresh' | 'expired';
export type Choice = { readonly address: number; readonly because: ChoiceReason };

export type ChoiceRequest = {
  readonly network: DhcpNetwork;
  readonly clientId: string;
  /** 0 where the client asks for none. */
  readonly requested: number;
  readonly now: number;
};

/** Every address that somebody holds, held or was offered. Times in milliseconds since the epoch. */
export type LeaseTable = {
  readonly size: number;
  leaseOf(address: number): Lease | undefined;
  leases(): Iterable<Lease>;
  /** Client that holds the address: nobody else may have it. */
  holderOf(address: number, now: number): string | undefined;
  /** Addresses that the client holds or held, the last one at the end. */
  addressesOf(clientId: string): readonly number[];
  /** Whether the client has or had an address in the network's pools. */
  isKnownIn(network: DhcpNetwork, clientId: string): boolean;
  /** The address that is held for the client. */
  offeredTo(clientId: string, now: number): number | undefined;
  /** Whether the client may have it: no one else holds it and it is not set aside. */
  isAvailable(address: number, clientId: string, now: number): boolean;
  /** An address for the client out of the network's pools; undefined where none is left. */
  choose(request: ChoiceRequest): Choice | undefined;
  /** Holds the address for the client for a short time. */
  offer(address: number, clientId: string, until: number): void;
  dropOffer(address: number): void;
  put(lease: Lease): void;
  /** Drops leases that ended before `at`; returns their addresses. */
  forget(at: number): readonly string[];
  /** The clock was set: every time is moved by as many milliseconds. Returns the leases as they are. */
  shift(byMs: number): readonly Lease[];
};

/** The leases are those that the store has, of these networks or of others. */
export function createLeaseTable(
  networks: readonly DhcpNetwork[],
  leases: Iterable<Lease> = [],
): LeaseTable {
  const byAddress = new Map<number, Lease>();
  const byClient = new Map<string, readonly number[]>();
  const lookup = networkLookup(networks);
  const offers = createOffers((address) => choosable(address));
  const view = {
    isFresh: (address: number) => !byAddress.has(address) && !offers.has(address),
    expiryOf: (address: number) => byAddress.get(address)?.expiresAt,
    isOffered: offers.has,
  };
  const pools = new Map(
    networks.map((network) => [network, createAddressPool(network.pools, view)]),
  );

  function poolOf(address: number): AddressPool | undefined {
    const network = lookup(address);
    if (!network || !isInRanges(network.pools, address)) return undefined;
    return pools.get(network);
  }

  /** It may be chosen when its lease, if it has one, has ended. */
  function choosable(address: number): void {
    const lease = byAddress.get(address);
    if (lease) poolOf(address)?.endsAt(address, lease.expiresAt);
    else poolOf(address)?.giveBack(address);
  }

  function unindex(clientId: string, address: number): void {
    const rest = (byClient.get(clientId) ?? []).filter((each) => each !== address);
    if (rest.length > 0) byClient.set(clientId, rest);
    else byClient.delete(clientId);
  }

  function put(lease: Lease): void {
    const address = ipv4Number(lease.address);
    const before = byAddress.get(address);
    const isHis = lease.state !== 'declined';
    if (before && (before.clientId !== lease.clientId || !isHis)) unindex(before.clientId, address);
    byAddress.set(address, lease);
    const own = byClient.get(lease.clientId) ?? [];
    if (isHis && own.at(-1) !== address)
      byClient.set(lease.clientId, [...own.filter((each) => each !== address), address]);
    offers.drop(address);
    choosable(address);
  }

  function holderOf(address: number, now: number): string | undefined {
    const lease = byAddress.get(address);
    return lease?.state === 'bound' && lease.expiresAt > now ? lease.clientId : undefined;
  }

  function isAvailable(address: number, clientId: string, now: number): boolean {
    const lease = byAddress.get(address);
    if (lease && lease.expiresAt > now) {
      const isHis = lease.state === 'bound' && lease.clientId === clientId;
      if (!isHis) return false;
    }
    const offered = offers.clientOf(address, now);
    return offered === undefined || offered === clientId;
  }

  function choose({ network, clientId, requested, now }: ChoiceRequest): Choice | undefined {
    offers.sweep(now);
    const fits = (address: number) =>
      isInRanges(network.pools, address) && isAvailable(address, clientId, now);
    const own = (byClient.get(clientId) ?? []).filter(fits);
    const held = own.find((address) => holderOf(address, now) === clientId);
    if (held !== undefined) return { address: held, because: 'held' };
    const offered = offers.addressFor(clientId, now);
    if (offered !== undefined && fits(offered)) return { address: offered, because: 'held' };
    const former = own.at(-1);
    if (former !== undefined) return { address: former, because: 'former' };
    if (requested !== 0 && fits(requested)) return { address: requested, because: 'requested' };
    const pool = pools.get(network);
    const fresh = pool?.takeFresh();
    if (fresh !== undefined) return { address: fresh, because: 'fresh' };
    const expired = pool?.takeExpired(now);
    return expired === undefined ? undefined : { address: expired, because: 'expired' };
  }

  for (const lease of leases) put(lease);
  return {
    get size() {
      return byAddress.size;
    },
    leaseOf: (address) => byAddress.get(address),
    leases: () => byAddress.values(),
    holderOf,
    addressesOf: (clientId) => byClient.get(clientId) ?? [],
    isKnownIn: ({ pools: ranges }, clientId) =>
      (byClient.get(clientId) ?? []).some((address) => isInRanges(ranges, address)),
    offeredTo: offers.addressFor,
    isAvailable,
    choose,
    offer: offers.hold,
    dropOffer: offers.drop,
    put,
    forget(at) {
      const gone = [...byAddress].filter(([, lease]) => lease.expiresAt < at);
      for (const [address, { clientId }] of gone) {
        byAddress.delete(address);
        unindex(clientId, address);
        if (!offers.has(address)) choosable(address);
      }
      return gone.map(([, { address }]) => address);
    },
    shift(byMs) {
      for (const [address, lease] of byAddress) {
        const { startedAt, expiresAt } = lease;
        const moved = { startedAt: startedAt + byMs, expiresAt: expiresAt + byMs };
        byAddress.set(address, { ...lease, ...moved });
      }
      offers.shift(byMs);
      for (const pool of pools.values()) pool.shift(byMs);
      return [...byAddress.values()];
    },
  };
}
