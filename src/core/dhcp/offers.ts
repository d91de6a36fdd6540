import { createQueue } from './queue.ts';

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

type Offer = { readonly address: number; readonly clientId: string; until: number };
type Lapse = { readonly offer: Offer; readonly at: number };

/** `onDropped` is told of every address that is no longer held for the client it was offered to. */
export function createOffers(onDropped: (address: number) => void): Offers {
  const byAddress = new Map<number, Offer>();
  const byClient = new Map<string, Offer>();
  const lapses = createQueue<Lapse>();

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
      if (own?.address === address) {
        own.until = until;
        return;
      }
      if (own) remove(own);
      const others = byAddress.get(address);
      if (others) remove(others);
      const offer: Offer = { address, clientId, until };
      byAddress.set(address, offer);
      byClient.set(clientId, offer);
      lapses.push({ offer, at: until });
    },
    drop(address) {
      const offer = byAddress.get(address);
      if (offer) remove(offer);
    },
    sweep(now) {
      for (let lapse = lapses.peek(); lapse && lapse.at <= now; lapse = lapses.peek()) {
        lapses.shift();
        const { offer } = lapse;
        if (byAddress.get(offer.address) !== offer) continue;
        if (offer.until > now) lapses.push({ offer, at: offer.until });
        else remove(offer);
      }
    },
    shift(byMs) {
      for (const offer of byAddress.values()) offer.until += byMs;
      for (let n = lapses.size, i = 0; i < n; i++) {
        const lapse = lapses.shift();
        if (lapse) lapses.push({ ...lapse, at: lapse.at + byMs });
      }
    },
  };
}
