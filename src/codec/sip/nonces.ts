import { createHmac, timingSafeEqual } from 'node:crypto';

export type NonceOptions = {
  /** Known to this server only, at least 16 random bytes. */
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  now(): number;
  /** Hexadecimal digits that differ each time, so that two phones never share a nonce. */
  newSalt(): string;
  /** How long a nonce can be answered. */
  readonly lifetimeMs: number;
  /** Nonces whose counts are kept; the oldest goes first. 20,000 when left out. */
  readonly mostCounted?: number;
};

export type Nonces = {
  make(): string;
  /** `foreign`: never made here. */
  check(nonce: string): 'fresh' | 'stale' | 'foreign';
  /** Whether this `nc` of a fresh nonce is a new one; it counts as used from then on. */
  use(nonce: string, count: number): boolean;
  /** Nonces whose counts are kept. */
  readonly size: number;
};

/** Counts that may still come behind the highest one: requests overtake each other over UDP. */
const windowSize = 32;

type Counted = { highest: number; readonly seen: Set<number> };

/**
 * Nonces that need not be kept: a time, a salt and their HMAC. Only the counts that were used are. RFC
 * 7616 sections 3.3 and 5.4.
 */
export function createNonces(options: NonceOptions): Nonces {
  const { secret, now, newSalt, lifetimeMs, mostCounted = 20_000 } = options;
  const counts = new Map<string, Counted>();

  function signed(made: string): string {
    return `${made}-${createHmac('sha256', secret).update(made).digest('hex').slice(0, 32)}`;
  }

  function entry(nonce: string): Counted {
    const known = counts.get(nonce);
    if (known) return known;
    const oldest = counts.size >= mostCounted ? counts.keys().next().value : undefined;
    if (oldest !== undefined) counts.delete(oldest);
    const created: Counted = { highest: 0, seen: new Set() };
    counts.set(nonce, created);
    return created;
  }

  return {
    make: () => signed(`${now().toString(16)}-${newSalt()}`),
    check(nonce) {
      const made = nonce.slice(0, Math.max(nonce.lastIndexOf('-'), 0));
      if (!isSame(signed(made), nonce)) return 'foreign';
      const age = now() - Number.parseInt(made, 16);
      return age <= lifetimeMs ? 'fresh' : 'stale';
    },
    use(nonce, count) {
      const counted = entry(nonce);
      const { highest, seen } = counted;
      if (count < 1 || count <= highest - windowSize || seen.has(count)) return false;
      seen.add(count);
      if (count <= highest) return true;
      counted.highest = count;
      for (const old of seen) if (old <= count - windowSize) seen.delete(old);
      return true;
    },
    get size() {
      return counts.size;
    },
  };
}

/** Takes the same time wherever the first difference is. */
export function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
