import { maskOf } from '../wire/ipv4-network.ts';
import type { DhcpNetwork } from './dhcp-settings.ts';

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
