import { hostname, networkInterfaces } from 'node:os';

/** Whether a host that settings name is this machine, by name or address. */
export function isOwnHost(
  host: string,
  named: readonly (string | undefined)[],
  interfaces = networkInterfaces,
): boolean {
  const plain = host.trim().toLowerCase();
  const names = [...named, 'localhost', hostname(), hostname().split('.')[0]];
  if (names.some((name) => name?.toLowerCase() === plain)) return true;
  const own = Object.values(interfaces()).flatMap((list) => list ?? []);
  return own.some(({ address }) => address === plain);
}
