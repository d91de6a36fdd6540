import type { Lease } from '../../model/lease.ts';
import { ipv4Number } from '../../wire/ipv4.ts';

/** Leases by address and by client. */
export type LeaseIndex = {
  readonly size: number;
  get(address: number): Lease | undefined;
  entries(): Iterable<readonly [address: number, lease: Lease]>;
  /** Addresses that the client holds or held, the last one at the end. */
  addressesOf(clientId: string): readonly number[];
  /** Replaces the lease of its address; returns the address. */
  put(lease: Lease): number;
  delete(address: number): void;
  /** Puts another lease of the same client in its place. */
  replace(address: number, lease: Lease): void;
};

export function createLeaseIndex(): LeaseIndex {
  const byAddress = new Map<number, Lease>();
  const byClient = new Map<string, readonly number[]>();

  function unindex(clientId: string, address: number): void {
    const rest = (byClient.get(clientId) ?? []).filter((each) => each !== address);
    if (rest.length > 0) byClient.set(clientId, rest);
    else byClient.delete(clientId);
  }

  return {
    get size() {
      return byAddress.size;
    },
    get: (address) => byAddress.get(address),
    entries: () => byAddress,
    addressesOf: (clientId) => byClient.get(clientId) ?? [],
    put(lease) {
      const { clientId, state } = lease;
      const address = ipv4Number(lease.address);
      const before = byAddress.get(address);
      // Who declined an address does not want it back.
      const isHis = state !== 'declined';
      if (before && (before.clientId !== clientId || !isHis)) unindex(before.clientId, address);
      byAddress.set(address, lease);
      const own = byClient.get(clientId) ?? [];
      if (isHis && own.at(-1) !== address)
        byClient.set(clientId, [...own.filter((each) => each !== address), address]);
      return address;
    },
    delete(address) {
      const lease = byAddress.get(address);
      if (!lease) return;
      byAddress.delete(address);
      unindex(lease.clientId, address);
    },
    replace: (address, lease) => void byAddress.set(address, lease),
  };
}
