import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';

/** The network that one of the machine's addresses is in. */
export type Subnet = {
  readonly address: string;
  readonly mask: number;
  /** Undefined where there is none: a network of one or two addresses. */
  readonly broadcast: string | undefined;
  /** The machine's own, which nobody else is in. */
  readonly isInternal: boolean;
};

/** The longest network that has a broadcast address of its own. RFC 3021. */
const lastBroadcastMask = 0xfffffffc;

/** Undefined for an address that the machine does not have. */
export function subnetOf(address: string, interfaces: Interfaces): Subnet | undefined {
  const found = Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .find((each) => each.family === 'IPv4' && each.address === address);
  if (!found) return undefined;
  const mask = isIPv4(found.netmask) ? ipv4Number(found.netmask) : 0xffffffff;
  const highest = (ipv4Number(address) | ~mask) >>> 0;
  const broadcast = mask <= lastBroadcastMask ? formatIPv4(highest) : undefined;
  return { address, mask, broadcast, isInternal: found.internal };
}

export function isWithin(address: string, { address: own, mask }: Subnet): boolean {
  return (ipv4Number(address) & mask) >>> 0 === (ipv4Number(own) & mask) >>> 0;
}

/** The first of those in the same network: one answer for it is enough. */
export function onePerNetwork<T extends { readonly subnet: Subnet }>(
  all: readonly T[],
): readonly T[] {
  return all.filter(
    (each) => all.find(({ subnet }) => isSameNetwork(subnet, each.subnet)) === each,
  );
}

function isSameNetwork(one: Subnet, other: Subnet): boolean {
  return one.mask === other.mask && isWithin(one.address, other);
}
