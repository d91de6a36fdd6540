/** How much one address may ask for. */
export type RateLimit = {
  /** Requests a second for as long as it likes. */
  readonly perSecond: number;
  /** Requests at once, after it was quiet. */
  readonly burst: number;
};

/**
 * A thousand phones behind one address that are switched on at once stay below it: each asks for a
 * few files in its first second, and some dozen in a boot.
 */
export const defaultRateLimit: RateLimit = { perSecond: 1000, burst: 10_000 };

/** More than any machine can ask for: tests and measurements flood a server. */
export const noRateLimit: RateLimit = { perSecond: 1e9, burst: 1e9 };

/** An address that asked for more, and what it asked for when it first did. */
export type Flood = { readonly address: string; readonly evidence: string };

export type RateLimiterOptions = {
  readonly limit: RateLimit;
  /** Told of an address once, and again when it goes on after `tellAgainMs`. */
  readonly onFlood?: (flood: Flood) => void;
  /** Milliseconds of any clock that never goes back. */
  readonly now?: () => number;
  /** Addresses that are remembered; the one that was quiet for longest is forgotten first. */
  readonly addresses?: number;
};

type Account = {
  /** Requests that it may send at once, as of `at`. */
  readonly tokens: number;
  readonly at: number;
  readonly toldAt: number;
};

const defaultAddresses = 65_536;
export const tellAgainMs = 60 * 60 * 1000;

/** A token bucket for each address. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #onFlood: (flood: Flood) => void;
  readonly #now: () => number;
  readonly #most: number;
  /** Last seen last: Map keeps the order of insertion. */
  readonly #accounts = new Map<string, Account>();

  constructor({ limit, onFlood, now, addresses }: RateLimiterOptions) {
    this.#limit = limit;
    this.#onFlood = onFlood ?? (() => undefined);
    this.#now = now ?? (() => performance.now());
    this.#most = addresses ?? defaultAddresses;
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.#accounts.size;
  }

  /** Whether the address may have this request answered. The evidence says what it asks for. */
  admits(address: string, evidence: () => string): boolean {
    const now = this.#now();
    const { perSecond, burst } = this.#limit;
    const { tokens, at, toldAt } = this.#accounts.get(address) ?? newAccount(burst, now);
    const refilled = Math.min(tokens + (Math.max(now - at, 0) * perSecond) / 1000, burst);
    const isWithin = refilled >= 1;
    const tells = !isWithin && now - toldAt >= tellAgainMs;
    const left = isWithin ? refilled - 1 : refilled;
    this.#keep(address, { tokens: left, at: now, toldAt: tells ? now : toldAt });
    if (tells) this.#onFlood({ address, evidence: evidence() });
    return isWithin;
  }

  #keep(address: string, account: Account): void {
    this.#accounts.delete(address);
    this.#accounts.set(address, account);
    if (this.#accounts.size <= this.#most) return;
    for (const oldest of this.#accounts.keys()) {
      this.#accounts.delete(oldest);
      return;
    }
  }
}

function newAccount(tokens: number, at: number): Account {
  return { tokens, at, toldAt: -Infinity };
}

/** What an operator is told. */
export function floodText({ address, evidence }: Flood, { perSecond, burst }: RateLimit): string {
  const allowed = `${perSecond} requests a second, ${burst} at once`;
  return `request-flood: ${address} asks for more than ${allowed}; the rest is not served: ${evidence}`;
}
