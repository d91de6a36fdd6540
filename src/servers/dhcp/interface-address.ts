import type { networkInterfaces } from 'node:os';

export type Interfaces = ReturnType<typeof networkInterfaces>;

/** The first IPv4 address of an interface; undefined where it has none, is down or not there. */
export function interfaceAddress(name: string, interfaces: Interfaces): string | undefined {
  return interfaces[name]?.find(({ family }) => family === 'IPv4')?.address;
}

/** The other interfaces that are up, but for the loopback. Labels such as `eth0:1` are one with `eth0`. */
export function otherInterfaces(name: string, interfaces: Interfaces): readonly string[] {
  const up = Object.entries(interfaces).filter(([, found]) =>
    found?.some((each) => !each.internal),
  );
  const names = up.map(([each]) => each.replace(/:.*/, ''));
  return [...new Set(names)].filter((each) => each !== name);
}

/** The interface that has an address. */
export function interfaceOf(address: string, interfaces: Interfaces): string | undefined {
  return Object.keys(interfaces).find((name) =>
    interfaces[name]?.some((each) => each.address === address),
  );
}
