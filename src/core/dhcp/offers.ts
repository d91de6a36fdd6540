import { createExpiryHeap } from './expiry-heap.ts';

/** Addresses that were offered and are held for their clients for a short time. One per client. */
export type Offers = {
  readonly size: number;
  /** The client that the address was offered to. */
  clientOf(address: number, now: number): string | undefined;
  addressFor(clientId: string, now: number): number | undefined;
  /** Whether it is held, lapsed or not. */
  has(address: number): boolean;
  hold(address: number, clientId: string, until: number): void;
  drop(address: number): void;
  /** Drops what has lapsed. */
  sweep(now: number): void;
  shift(byMs: number): void;
};

type Offer = {
  readonly address: number;
  readonly clientId: string;
  until: number;
  /** When it is looked at; `until` may be later, because the client asked again. */
  lookAt: number;
};

/** `onDropped` is told of every address that is no longer held for the client it was offered to. */
export function createOffers(onDropped: (address: number) => void): Offers {
  const byAddress = new Map<number, Offer>();
  const byClient = new Map<string, Offer>();
  const lapses = createExpiryHeap();

  function look(offer: Offer): void {
    const { until, address } = offer;
    offer.lookAt = until;
    lapses.push({ at: until, address });
  }

  function remove(offer: Offer): void {
    byAddress.delete(offer.address);
    byClient.delete(offer.clientId);
    onDropped(offer.address);
  }

  return {
    get size() {
      return byAddress.size;
    },
    clientOf(address, now) {
      const offer = byAddress.get(address);
      return offer && offer.until > now ? offer.clientId : undefined;
    },
    addressFor(clientId, now) {
      const offer = byClient.get(clientId);
      return offer && offer.until > now ? offer.address : undefined;
    },
    has: (address) => byAddress.has(address),
    hold(address, clientId, until) {
      const own = byClient.get(clientId);
      if (own?.address === address) return void (own.until = until);
      if (own) remove(own);
      const others = byAddress.get(address);
      if (others) remove(others);
      const offer: Offer = { address, clientId, until, lookAt: until };
      byAddress.set(address, offer);
      byClient.set(clientId, offer);
      look(offer);
    },
    drop(address) {
      const offer = byAddress.get(address);
      if (offer) remove(offer);
    },
    sweep(now) {
      for (let first = lapses.first(); first && first.at <= now; first = lapses.first()) {
        lapses.pop();
        const offer = byAddress.get(first.address);
        if (offer?.lookAt !== first.at) continue;
        if (offer.until > now) look(offer);
        else remove(offer);
      }
    },
    shift(byMs) {
      lapses.clear();
      for (const offer of byAddress.values()) {
        offer.until += byMs;
        look(offer);
      }
    },
  };
}
