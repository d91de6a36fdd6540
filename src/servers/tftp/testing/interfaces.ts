import type { Interfaces } from '../local-addresses.ts';

/** A machine that has these addresses, IPv4 and IPv6. */
export function interfacesWith(...addresses: readonly string[]): Interfaces {
  const common = { netmask: '', mac: '00:00:00:00:00:00', internal: true, cidr: null };
  const of = (address: string) =>
    address.includes(':')
      ? ({
          ...common,
          address,
          family: 'IPv6',
          scopeid: address.startsWith('fe80') ? 2 : 0,
        } as const)
      : ({ ...common, address, family: 'IPv4' } as const);
  return Object.fromEntries(addresses.map((address, index) => [`eth${index}`, [of(address)]]));
}
