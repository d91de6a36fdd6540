import type { AddressRange, DhcpNetwork, Subnet } from '../../model/dhcp-settings.ts';

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
