import type { DhcpNetwork } from '../../model/dhcp-settings.ts';
import type { DhcpAsking } from './asking.ts';
import { networkLookup } from '../../model/subnet.ts';

/**
 * Networks on the wire that a client is on, the best first: by the relay's link selection, its own
 * address, the client's address, else by the server's address. Empty where that is none of them.
 * RFC 2131 section 4.3.1; RFC 3527 section 3.
 */
export type ClientNetworks = (asking: DhcpAsking, localAddress: number) => readonly DhcpNetwork[];

export function clientNetworks(networks: readonly DhcpNetwork[]): ClientNetworks {
  const lookup = networkLookup(networks);
  const wires = new Map(
    networks.map((network) => {
      const others = networks.filter(
        (each) => each !== network && each.shared !== undefined && each.shared === network.shared,
      );
      return [network, [network, ...others]];
    }),
  );
  return ({ message, linkSelection }, localAddress) => {
    const near = [linkSelection, message.giaddr, message.ciaddr, localAddress];
    const network = lookup(near.find((address) => address !== 0) ?? 0);
    return network ? (wires.get(network) ?? []) : [];
  };
}
