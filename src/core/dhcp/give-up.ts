import type { Lease } from '../../model/lease.ts';
import type { DhcpAsking } from './asking.ts';
import { isForUs, macOf, silent, type Case, type Registry, type Verdict } from './decision.ts';
import { leaseFor } from './lease-for.ts';

/** RFC 2131 section 4.3.3. */
export function decline(registry: Registry, at: Case): Verdict {
  const { asking, now } = at;
  const address = asking.requested === 0 ? asking.message.ciaddr : asking.requested;
  if (!isForUs(registry, at)) return silent('is for another server');
  if (registry.table.holderOf(address, now) !== asking.clientId)
    return silent('declines what it does not hold');
  const lease = setAside(registry, address, asking, now);
  const found = { address: lease.address, foundBy: 'client' } as const;
  const event = { kind: 'address-conflict', ...macOf(asking), ...found } as const;
  return { ...silent('declined', [event]), address, lease };
}

/** RFC 2131 section 4.3.4. */
export function release(registry: Registry, at: Case): Verdict {
  const { table } = registry;
  const { asking, now } = at;
  const { ciaddr } = asking.message;
  const before = table.leaseOf(ciaddr);
  if (!isForUs(registry, at)) return silent('is for another server');
  if (!before || table.holderOf(ciaddr, now) !== asking.clientId)
    return silent('releases what it does not hold');
  const lease: Lease = { ...before, state: 'released', expiresAt: now };
  table.put(lease);
  return { ...silent('released'), address: ciaddr, lease };
}

/** Nobody gets the address for a while. */
export function setAside(
  { table, setAsideLasts }: Registry,
  address: number,
  asking: DhcpAsking,
  now: number,
): Lease {
  const lease = leaseFor(asking, address, { leaseSeconds: 0, now });
  const aside: Lease = { ...lease, state: 'declined', expiresAt: now + setAsideLasts };
  table.put(aside);
  return aside;
}
