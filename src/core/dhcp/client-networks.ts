import type { DhcpNetwork } from '../../model/dhcp-settings.ts';
import { ownAddress, type DhcpAsking } from './asking.ts';
import { networkLookup } from '../../model/network-lookup.ts';

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
  return (asking, localAddress) => {
    const network = lookup(whereOf(asking, localAddress)) ?? lookup(ownWire(asking, localAddress));
    return network ? (wires.get(network) ?? []) : [];
  };
}

/** The address that says best which wire a client is on. */
export function whereOf(asking: DhcpAsking, localAddress: number): number {
  const near = [asking.linkSelection, asking.message.giaddr, ownAddress(asking), localAddress];
  return near.find((address) => address !== 0) ?? 0;
}

/** Who asks for a renewal without a relay and of no network that is known has moved here with it. */
function ownWire({ type, message }: DhcpAsking, localAddress: number): number {
  return type === 'request' && message.giaddr === 0 ? localAddress : 0;
}
