import type { Lease } from '../../model/lease.ts';
import { createGroupCommit } from '../group-commit.ts';

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

/**
 * `soon` runs a task a short while later, so that the messages that come meanwhile share a transaction:
 * where the store is fast, one for each lease would cost more than all the rest.
 */
export function createLeaseWriter(
  store: LeaseStore,
  soon: (task: () => void) => void,
): LeaseWriter {
  const { put, idle } = createGroupCommit<Lease | undefined>((all) => write(store, all), soon);
  return {
    put: (lease) => put([[lease.address, lease]]),
    putAll: (leases) => put(leases.map((lease) => [lease.address, lease])),
    remove: (addresses) => put(addresses.map((address) => [address, undefined])),
    idle,
  };
}

/** By address: the lease, or undefined for one that goes. */
async function write(
  store: LeaseStore,
  changes: ReadonlyMap<string, Lease | undefined>,
): Promise<void> {
  const kept: Lease[] = [];
  const gone: string[] = [];
  for (const [address, lease] of changes) {
    if (lease) kept.push(lease);
    else gone.push(address);
  }
  if (kept.length > 0) await store.leasesPut(kept);
  if (gone.length > 0) await store.leasesDelete(gone);
}
