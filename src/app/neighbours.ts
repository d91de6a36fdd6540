import { readFileSync } from 'node:fs';
import { CodecError } from '../wire/codec-error.ts';
import { parseMac, type Mac } from '../wire/mac.ts';

/** Linux's table of neighbours: address, hardware type, flags, MAC, mask, device. */
const table = '/proc/net/arp';
/** proc_net_arp flag ATF_COM: the entry is complete. */
const complete = 0x2;
const freshMs = 2000;

/**
 * Looks up the MAC of an address on the same link. The table is read again when it is older than
 * two seconds; where the system has none, no address is known.
 */
export function neighbourLookup(now: () => number): (address: string) => Mac | undefined {
  let readAt = -Infinity;
  let known: ReadonlyMap<string, Mac> = new Map();
  return (address) => {
    if (now() - readAt > freshMs) {
      known = parseNeighbours(readTable());
      readAt = now();
    }
    return known.get(address);
  };
}

function readTable(): string {
  try {
    return readFileSync(table, 'latin1');
  } catch {
    return '';
  }
}

export function parseNeighbours(text: string): ReadonlyMap<string, Mac> {
  const known = new Map<string, Mac>();
  for (const line of text.split('\n').slice(1)) {
    const [address, , flags, hardware] = line.split(/\s+/);
    if (!address || !hardware || (Number(flags) & complete) === 0) continue;
    try {
      known.set(address, parseMac(hardware));
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
    }
  }
  return known;
}
