import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { AppError } from '../../errors.ts';
import type { DhcpListen } from '../../config.ts';
import type { AddressRange } from '../../model/dhcp-settings.ts';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import {
  broadcastOf,
  formatIPv4Network,
  networkAround,
  type IPv4Network,
} from '../../wire/ipv4-network.ts';

/** Says which lines the workspace file needs, for the network that the interface is in. */
export function missingNetwork(
  listen: DhcpListen,
  interfaces: Interfaces = networkInterfaces(),
): AppError {
  const own = ownNetwork(listen, interfaces);
  const subnet = own?.subnet ?? { address: ipv4Number('192.0.2.0'), prefix: 24 };
  const pool = poolOf(subnet, own?.address);
  const lines = [
    'the DHCP server has no network to hand out addresses in: write into hookflash.yaml, for example,',
    'dhcp:',
    '  networks:',
    `    ${formatIPv4Network(subnet)}:`,
    `      pools: ${formatIPv4(pool.first)}-${formatIPv4(pool.last)}`,
    `      routers: ${formatIPv4(subnet.address + 1)}`,
  ];
  return new AppError('not-possible', lines.join('\n'));
}

type Interfaces = ReturnType<typeof networkInterfaces>;

type OwnNetwork = { readonly subnet: IPv4Network; readonly address: number };

function ownNetwork(listen: DhcpListen, interfaces: Interfaces): OwnNetwork | undefined {
  const found =
    'interface' in listen
      ? interfaces[listen.interface]?.find(isIPv4Address)
      : Object.values(interfaces)
          .flatMap((each) => each ?? [])
          .find((each) => each.address === listen.host);
  if (!found) return undefined;
  const address = ipv4Number(found.address);
  const prefix = Number(/\/(\d+)$/.exec(found.cidr ?? '')?.[1] ?? 24);
  // What is larger than this has too many addresses, or none to spare.
  const size = Math.min(Math.max(prefix, 16), 29);
  return { address, subnet: networkAround(address, size) };
}

function isIPv4Address({ family }: NetworkInterfaceInfo): boolean {
  return family === 'IPv4';
}

/** The upper half of the network, or what is left of it beside this machine. */
function poolOf(subnet: IPv4Network, own: number | undefined): AddressRange {
  const last = broadcastOf(subnet) - 1;
  const first = subnet.address + Math.ceil((last - subnet.address) / 2);
  if (own === undefined || own < first || own > last) return { first, last };
  return own - first > last - own ? { first, last: own - 1 } : { first: own + 1, last };
}
