import type { Lease } from '../../model/lease.ts';

/** Where leases are kept; promises resolve when the change is on disk. */
export type LeaseStore = {
  leasesPut(leases: readonly Lease[]): Promise<void>;
  leasesDelete(addresses: readonly string[]): Promise<void>;
};

/**
 * Puts leases on disk, many in one transaction: while one is written, the next ones gather. What is
 * asked for first is never written after what is asked for later.
 */
export type LeaseWriter = {
  /** Resolves when it is on disk; rejects with the store's error, and then it is not. */
  put(lease: Lease): Promise<void>;
  putAll(leases: readonly Lease[]): Promise<void>;
  remove(addresses: readonly string[]): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
};

/** By address: the lease, or undefined for one that goes. */
type Group = {
  readonly changes: Map<string, Lease | undefined>;
  readonly done: PromiseWithResolvers<void>;
};

/**
 * `soon` runs a task when the messages that are there already have been decided, so that they share
 * the first transaction too.
 */
export function createLeaseWriter(
  store: LeaseStore,
  soon: (task: () => void) => void,
): LeaseWriter {
  let waiting: Group | undefined;
  let running: Promise<void> | undefined;

  function group(): Group {
    if (waiting) return waiting;
    const made: Group = { changes: new Map(), done: Promise.withResolvers() };
    // Whoever waits for it hears of its failure; nobody may.
    made.done.promise.catch(() => undefined);
    waiting = made;
    running ??= new Promise((resolve) => soon(() => void writeAll().then(resolve)));
    return made;
  }

  async function writeAll(): Promise<void> {
    for (let next = waiting; next; next = waiting) {
      waiting = undefined;
      await write(store, next).then(next.done.resolve, next.done.reject);
    }
    running = undefined;
  }

  return {
    put(lease) {
      const { changes, done } = group();
      changes.set(lease.address, lease);
      return done.promise;
    },
    putAll(leases) {
      if (leases.length === 0) return Promise.resolve();
      const { changes, done } = group();
      for (const lease of leases) changes.set(lease.address, lease);
      return done.promise;
    },
    remove(addresses) {
      if (addresses.length === 0) return Promise.resolve();
      const { changes, done } = group();
      for (const address of addresses) changes.set(address, undefined);
      return done.promise;
    },
    async idle() {
      while (running) await running;
    },
  };
}

async function write(store: LeaseStore, { changes }: Group): Promise<void> {
  const kept: Lease[] = [];
  const gone: string[] = [];
  for (const [address, lease] of changes) {
    if (lease) kept.push(lease);
    else gone.push(address);
  }
  if (kept.length > 0) await store.leasesPut(kept);
  if (gone.length > 0) await store.leasesDelete(gone);
}
