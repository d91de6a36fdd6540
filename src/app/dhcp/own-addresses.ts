import { networkInterfaces } from 'node:os';
import { ipv4Number } from '../../wire/ipv4.ts';

/** Milliseconds that a look at the interfaces is good for. */
const lasts = 5000;

/** The IPv4 addresses of this machine, as numbers. */
export function ownAddresses(now: () => number): { has(address: number): boolean } {
  let until = -Infinity;
  let addresses: ReadonlySet<number> = new Set();
  return {
    has(address) {
      if (now() >= until) {
        until = now() + lasts;
        addresses = readAddresses();
      }
      return addresses.has(address);
    },
  };
}

export function readAddresses(): ReadonlySet<number> {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return new Set(
    all.filter(({ family }) => family === 'IPv4').map(({ address }) => ipv4Number(address)),
  );
}
