import type { Mac } from '../../wire/mac.ts';

/** A file that a phone was told to fetch. */
export type Offer = {
  readonly mac: Mac;
  readonly address: string;
  readonly path: string;
  /** What the server calls the phone in UNIStim, where phones behind one address differ. */
  readonly terminalId: number;
  readonly expiresAt: number;
};

/** The files that can be fetched: what is not in here is denied to everybody. */
export class Offers {
  /** By address, then by phone: the last one counts. */
  readonly #offers = new Map<string, Map<Mac, Offer>>();
  readonly #claimed = new Set<Offer>();
  /** The oldest first. */
  readonly #all = new Set<Offer>();
  readonly #most: number;

  /** Of more than `most` the oldest are forgotten. */
  constructor(most: number) {
    this.#most = most;
  }

  add(offer: Offer): void {
    const found = this.#offers.get(offer.address) ?? new Map<Mac, Offer>();
    this.#offers.set(offer.address, found);
    const before = found.get(offer.mac);
    if (before) this.#all.delete(before);
    found.set(offer.mac, offer);
    this.#all.add(offer);
    const [oldest] = this.#all;
    if (this.#all.size > this.#most && oldest) this.#remove(oldest);
  }

  has(address: string): boolean {
    return this.#offers.has(address);
  }

  /**
   * The offer that a transfer is of: the phone's own where its id is known, else one of those for its
   * address that nobody fetches yet.
   */
  claim(address: string, path: string, terminalId: number | undefined): Offer | undefined {
    const fitting = [...(this.#offers.get(address)?.values() ?? [])].filter(
      (offer) => offer.path === path,
    );
    const own = fitting.find((offer) => offer.terminalId === terminalId);
    const free = fitting.find((offer) => !this.#claimed.has(offer));
    const found = own ?? free ?? fitting[0];
    if (found) this.#claimed.add(found);
    return found;
  }

  /** The transfer has ended; what was fetched whole is not offered any more. */
  release(offer: Offer, isDone: boolean): void {
    this.#claimed.delete(offer);
    if (isDone) this.#remove(offer);
  }

  /** What nobody fetches by this time. */
  expire(now: number): void {
    for (const offer of this.#all)
      if (offer.expiresAt <= now && !this.#claimed.has(offer)) this.#remove(offer);
  }

  /** All that nobody fetches now. */
  withdraw(): void {
    this.expire(Infinity);
  }

  #remove(offer: Offer): void {
    this.#all.delete(offer);
    const offers = this.#offers.get(offer.address);
    if (offers?.get(offer.mac) !== offer) return;
    offers.delete(offer.mac);
    if (offers.size === 0) this.#offers.delete(offer.address);
  }
}
