export type ClientLimits = {
  /** Messages of one client that are taken at once, and per second later. */
  readonly burst: number;
  readonly perSecond: number;
  /** Clients that are remembered. */
  readonly clients: number;
};

type Bucket = { tokens: number; at: number };

/**
 * Counts messages by hardware address. A phone that boots sends two or four, and repeats each after
 * four seconds or more (RFC 2131 section 4.1).
 */
export class ClientBuckets {
  readonly #limits: ClientLimits;
  readonly #buckets = new Map<number, Bucket>();

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /** Takes one message of a client into account. False where it has sent too many. `now` in milliseconds. */
  take(client: number, now: number): boolean {
    const { burst, perSecond, clients } = this.#limits;
    const bucket = this.#buckets.get(client);
    if (!bucket) {
      if (this.#buckets.size >= clients) this.#forgetOldest();
      this.#buckets.set(client, { tokens: burst - 1, at: now });
      return true;
    }
    const gained = Math.max(0, ((now - bucket.at) * perSecond) / 1000);
    bucket.tokens = Math.min(burst, bucket.tokens + gained);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** A tenth of them, so that a flood of invented clients does not cost a search for each. */
  #forgetOldest(): void {
    let left = Math.ceil(this.#limits.clients / 10);
    for (const client of this.#buckets.keys()) {
      if (left-- === 0) return;
      this.#buckets.delete(client);
    }
  }
}

/** A hardware address as a number: its first six octets. */
export function clientNumber(chaddr: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = chaddr;
  return a * 0x10000000000 + b * 0x100000000 + c * 0x1000000 + ((d << 16) | (e << 8) | f);
}
