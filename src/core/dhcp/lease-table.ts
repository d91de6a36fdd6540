import type { DhcpNetwork } from '../../model/dhcp-settings.ts';
import type { Lease } from '../../model/lease.ts';
import { createAddressPool, type AddressPool } from './address-pool.ts';
import { createLeaseIndex, type LeaseIndex } from './lease-index.ts';
import { createOffers, type Offers } from './offers.ts';
import { isInRanges } from '../../model/address-ranges.ts';
import { networkLookup } from '../../model/network-lookup.ts';

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

/** Leases, offers, and what may be chosen; all three know of each other. */
type Holdings = {
  readonly index: LeaseIndex;
  readonly offers: Offers;
  readonly pools: ReadonlyMap<DhcpNetwork, AddressPool>;
  /** It may be chosen when its lease, if it has one, has ended. */
  choosable(address: number): void;
};

/** The leases are those that the store has, of these networks or of others. */
export function createLeaseTable(
  networks: readonly DhcpNetwork[],
  leases: Iterable<Lease> = [],
): LeaseTable {
  const holdings = createHoldings(networks);
  const { index, offers } = holdings;
  for (const lease of leases) put(holdings, lease);
  return {
    get size() {
      return index.size;
    },
    leaseOf: index.get,
    holderOf: (address, now) => holderOf(holdings, address, now),
    addressesOf: index.addressesOf,
    isKnownIn: ({ pools }, clientId) =>
      index.addressesOf(clientId).some((address) => isInRanges(pools, address)),
    offeredTo: offers.addressFor,
    isAvailable: (address, clientId, now) => isAvailable(holdings, address, clientId, now),
    choose: (request) => choose(holdings, request),
    offer: offers.hold,
    dropOffer: offers.drop,
    put: (lease) => put(holdings, lease),
    forget: (at) => forget(holdings, at),
    shift: (byMs) => shift(holdings, byMs),
  };
}

function createHoldings(networks: readonly DhcpNetwork[]): Holdings {
  const index = createLeaseIndex();
  const lookup = networkLookup(networks);

  function choosable(address: number): void {
    const network = lookup(address);
    if (!network || !isInRanges(network.pools, address)) return;
    const pool = pools.get(network);
    const lease = index.get(address);
    if (lease) pool?.endsAt(address, lease.expiresAt);
    else pool?.giveBack(address);
  }

  const offers = createOffers(choosable);
  const view = {
    isFresh: (address: number) => !index.get(address) && !offers.has(address),
    expiryOf: (address: number) => index.get(address)?.expiresAt,
    isOffered: offers.has,
  };
  const pools = new Map(
    networks.map((network) => [network, createAddressPool(network.pools, view)]),
  );
  return { index, offers, pools, choosable };
}

function put({ index, offers, choosable }: Holdings, lease: Lease): void {
  const address = index.put(lease);
  offers.drop(address);
  choosable(address);
}

function holderOf({ index }: Holdings, address: number, now: number): string | undefined {
  const lease = index.get(address);
  return lease?.state === 'bound' && lease.expiresAt > now ? lease.clientId : undefined;
}

function isAvailable(
  { index, offers }: Holdings,
  address: number,
  clientId: string,
  now: number,
): boolean {
  const lease = index.get(address);
  if (lease && lease.expiresAt > now) {
    const isHis = lease.state === 'bound' && lease.clientId === clientId;
    if (!isHis) return false;
  }
  const offered = offers.clientOf(address, now);
  return offered === undefined || offered === clientId;
}

function choose(holdings: Holdings, request: ChoiceRequest): Choice | undefined {
  const { index, offers, pools } = holdings;
  const { network, clientId, requested, now } = request;
  offers.sweep(now);
  const fits = (address: number) =>
    isInRanges(network.pools, address) && isAvailable(holdings, address, clientId, now);
  const own = index.addressesOf(clientId).filter(fits);
  const held = own.find((address) => holderOf(holdings, address, now) === clientId);
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

function forget({ index, offers, choosable }: Holdings, at: number): readonly string[] {
  const gone = [...index.entries()].filter(([, lease]) => lease.expiresAt < at);
  for (const [address] of gone) {
    index.delete(address);
    if (!offers.has(address)) choosable(address);
  }
  return gone.map(([, { address }]) => address);
}

function shift({ index, offers, pools }: Holdings, byMs: number): readonly Lease[] {
  for (const [address, lease] of index.entries()) {
    const { startedAt, expiresAt } = lease;
    const moved = { startedAt: startedAt + byMs, expiresAt: expiresAt + byMs };
    index.replace(address, { ...lease, ...moved });
  }
  offers.shift(byMs);
  for (const pool of pools.values()) pool.shift(byMs);
  return [...index.entries()].map(([, lease]) => lease);
}
