import type { AddressRange } from '../../model/dhcp-settings.ts';
import { createExpiryHeap } from './expiry-heap.ts';
import { createQueue } from './queue.ts';

/** What the pool asks of the table whose addresses it chooses from. */
export type PoolView = {
  /** Neither leased nor offered, ever or any more. */
  isFresh(address: number): boolean;
  /** Of the lease that is kept for the address; undefined where there is none. */
  expiryOf(address: number): number | undefined;
  isOffered(address: number): boolean;
};

/**
 * The addresses of a network that nobody holds. Choosing one takes about the same time however many
 * leases there are: the pool is told what changes and checks what it was told when it chooses.
 */
export type AddressPool = {
  /** One that was never leased, or is forgotten. What is not used must be given back. */
  takeFresh(): number | undefined;
  /** The one whose lease ended first, if it has ended by `now`. */
  takeExpired(now: number): number | undefined;
  /** An address without a lease can be chosen again. */
  giveBack(address: number): void;
  /** The lease of the address ends then. */
  endsAt(address: number, at: number): void;
  /** All ends are moved by as many milliseconds. */
  shift(byMs: number): void;
};

export function createAddressPool(ranges: readonly AddressRange[], view: PoolView): AddressPool {
  const fresh = createFreshAddresses(ranges);
  const expiries = createExpiryHeap();
  /** What the heap says of an address, if it is the last word. */
  const ends = new Map<number, number>();

  function endsAt(address: number, at: number): void {
    const known = ends.get(address);
    // A later end is looked up when the earlier one has come: renewals cost nothing here.
    if (known !== undefined && known <= at) return;
    ends.set(address, at);
    expiries.push({ at, address });
    if (expiries.size > 2 * ends.size + 1024) rebuild();
  }

  function rebuild(): void {
    expiries.clear();
    for (const [address, at] of ends) expiries.push({ at, address });
  }

  return {
    takeFresh: () => fresh.take(view.isFresh),
    takeExpired(now) {
      for (;;) {
        const first = expiries.first();
        if (!first || first.at > now) return undefined;
        expiries.pop();
        const { at, address } = first;
        if (ends.get(address) !== at) continue;
        ends.delete(address);
        const expiry = view.expiryOf(address);
        if (expiry === undefined || view.isOffered(address)) continue;
        if (expiry === at) return address;
        endsAt(address, expiry);
      }
    },
    giveBack: (address) => fresh.giveBack(address),
    endsAt,
    shift(byMs) {
      for (const [address, at] of ends) ends.set(address, at + byMs);
      rebuild();
    },
  };
}

function createFreshAddresses(ranges: readonly AddressRange[]) {
  let range = 0;
  let next = ranges[0]?.first ?? 0;
  const returned = createQueue<number>();
  const inReturned = new Set<number>();

  function untouched(): number | undefined {
    const current = ranges[range];
    if (!current) return undefined;
    const address = next;
    if (address < current.last) next++;
    else {
      range++;
      next = ranges[range]?.first ?? 0;
    }
    return address;
  }

  function candidate(): number | undefined {
    const address = untouched();
    if (address !== undefined) return address;
    const old = returned.shift();
    if (old !== undefined) inReturned.delete(old);
    return old;
  }

  return {
    take(isFresh: (address: number) => boolean): number | undefined {
      for (;;) {
        const address = candidate();
        if (address === undefined || isFresh(address)) return address;
      }
    },
    giveBack(address: number): void {
      if (inReturned.has(address)) return;
      inReturned.add(address);
      returned.push(address);
    },
  };
}
