import type { networkInterfaces } from 'node:os';

export type Interfaces = ReturnType<typeof networkInterfaces>;

/**
 * The addresses that a host stands for: all of this machine's for `0.0.0.0` and `::` (which takes
 * in those of IPv4), else itself. Each needs a socket of its own, because Node does not tell which
 * of its addresses a datagram was sent to, and the answer has to come from there.
 */
export function localAddresses(host: string, interfaces: () => Interfaces): readonly string[] {
  if (!isWildcard(host)) return [host];
  const all = Object.values(interfaces()).flatMap((found) => found ?? []);
  const usable = all.filter(
    ({ family, scopeid = 0 }) => family === 'IPv4' || (host === '::' && scopeid === 0),
  );
  return [...new Set(usable.map(({ address }) => address))];
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
