import type { AddressRange, DhcpNetwork, Subnet } from './dhcp-settings.ts';
import { formatIPv4 } from '../wire/ipv4.ts';

/** `0xFFFFFF00` for 24. */
export function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

export function isInSubnet({ address, prefix }: Subnet, candidate: number): boolean {
  return (candidate & maskOf(prefix)) >>> 0 === address;
}

export function isInRanges(ranges: readonly AddressRange[], address: number): boolean {
  return ranges.some(({ first, last }) => address >= first && address <= last);
}

/** Finds the network that an address is in; the longest prefix wins. */
export type NetworkLookup = (address: number) => DhcpNetwork | undefined;

export function networkLookup(networks: readonly DhcpNetwork[]): NetworkLookup {
  const byPrefix = Map.groupBy(networks, ({ subnet }) => subnet.prefix);
  const levels = [...byPrefix]
    .sort(([a], [b]) => b - a)
    .map(([prefix, list]) => ({
      mask: maskOf(prefix),
      byAddress: new Map(list.map((network) => [network.subnet.address, network])),
    }));
  return (address) => {
    for (const { mask, byAddress } of levels) {
      const network = byAddress.get((address & mask) >>> 0);
      if (network) return network;
    }
    return undefined;
  };
}

/** The ranges without some addresses, in order. */
export function withoutAddresses(
  ranges: readonly AddressRange[],
  addresses: readonly number[],
): readonly AddressRange[] {
  return withoutRanges(
    ranges,
    addresses.map((address) => ({ first: address, last: address })),
  );
}

/** The ranges without what is in others, in order. */
export function withoutRanges(
  ranges: readonly AddressRange[],
  others: readonly AddressRange[],
): readonly AddressRange[] {
  return others.reduce(
    (left, { first, last }) =>
      left.flatMap((range) => {
        if (last < range.first || first > range.last) return [range];
        const below = { first: range.first, last: first - 1 };
        const above = { first: last + 1, last: range.last };
        return [below, above].filter((part) => part.first <= part.last);
      }),
    ranges.toSorted((a, b) => a.first - b.first),
  );
}

/** The last address of a subnet. */
export function broadcastOf({ address, prefix }: Subnet): number {
  return (address | ~maskOf(prefix)) >>> 0;
}

/** `10.1.0.0/24` */
export function formatSubnet({ address, prefix }: Subnet): string {
  return `${formatIPv4(address)}/${prefix}`;
}
