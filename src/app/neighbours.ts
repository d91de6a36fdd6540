import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { CodecError } from '../wire/codec-error.ts';
import { parseMac, type Mac } from '../wire/mac.ts';

/** Linux's table of neighbours: address, hardware type, flags, MAC, mask, device. */
const table = '/proc/net/arp';
/** proc_net_arp flag ATF_COM: the entry is complete. */
const complete = 0x2;
const freshMs = 2000;

export type Neighbours = {
  /** From the table as it was up to two seconds ago. */
  macOf(address: string): Mac | undefined;
  /** From the table as it is after the call. Many that ask at once share one reading. */
  macNow(address: string): Promise<Mac | undefined>;
};

/** Whether this system has a table to look into. */
export function hasNeighbours(): boolean {
  return existsSync(table);
}

/** Looks up MACs on the same link. Where the system has no table, no address is known. */
export function openNeighbours(now: () => number): Neighbours {
  let readAt = -Infinity;
  let known: ReadonlyMap<string, Mac> = new Map();
  let reading: Promise<unknown> = Promise.resolve();
  let next: Promise<unknown> | undefined;

  function take(text: string): void {
    known = parseNeighbours(text);
    readAt = now();
  }

  async function readAgain(): Promise<void> {
    await reading;
    next = undefined;
    take(await readFile(table, 'latin1').catch(() => ''));
  }

  return {
    macOf(address) {
      if (now() - readAt > freshMs) take(readTable());
      return known.get(address);
    },
    async macNow(address) {
      // The reading under way may have begun before the entry was made; the next one has not.
      if (!next) reading = next = readAgain();
      await next;
      return known.get(address);
    },
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
