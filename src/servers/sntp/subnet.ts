import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { broadcastOf, networkAround, type IPv4Network } from '../../wire/ipv4-network.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';

/** The network that one of the machine's addresses is in. */
export type Subnet = {
  readonly address: string;
  readonly network: IPv4Network;
  /** Undefined where there is none: a network of one or two addresses. */
  readonly broadcast: string | undefined;
  /** The machine's own, which nobody else is in. */
  readonly isInternal: boolean;
};

/** The longest prefix of a network that has a broadcast address of its own. RFC 3021. */
const longestWithBroadcast = 30;

/** Undefined for an address that the machine does not have. */
export function subnetOf(address: string, interfaces: Interfaces): Subnet | undefined {
  const found = Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .find((each) => each.family === 'IPv4' && each.address === address);
  if (!found) return undefined;
  const prefix = isIPv4(found.netmask) ? prefixOf(ipv4Number(found.netmask)) : 32;
  const network = networkAround(ipv4Number(address), prefix);
  const hasBroadcast = prefix <= longestWithBroadcast;
  const broadcast = hasBroadcast ? formatIPv4(broadcastOf(network)) : undefined;
  return { address, network, broadcast, isInternal: found.internal };
}

function prefixOf(mask: number): number {
  return Math.clz32(~mask);
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
  const [a, b] = [one.network, other.network];
  return a.address === b.address && a.prefix === b.prefix;
}
