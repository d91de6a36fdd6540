import { readFileSync, writeFileSync } from 'node:fs';
import { perfdhcp, type ExchangeLoad, type ExchangeRate } from '../test/perfdhcp.ts';
import type { Scope } from '../test/network-namespaces.ts';
import type { ServedSite } from './dhcp-contenders.ts';

/** Relays that ask at once, each a perfdhcp with an address of its own: one alone ends before servers do. */
export const relays: readonly string[] = ['10.64.0.2', '10.64.0.3'];
export const serverAddress = '10.64.0.1';
/** So that clients of different relays are different. */
const bases: readonly string[] = ['0c:01:00:00:00:00', '0c:02:00:00:00:00'];

const bufferFile = '/proc/sys/net/core/rmem_default';
const bufferBytes = 4 * 1024 * 1024;

/**
 * Gives every socket that is opened from here on room for some 4,000 datagrams, the servers' and
 * perfdhcp's alike: what the measure itself loses for want of room, no server is to be blamed for.
 */
export function withRoomyBuffers(scope: Scope): void {
  const before = readFileSync(bufferFile, 'utf8');
  writeFileSync(bufferFile, String(bufferBytes));
  scope.after(() => writeFileSync(bufferFile, before));
}

/** The load in equal parts from all relays at the same time; shares of drops are of them all. */
export async function loadFromRelays(
  { client }: ServedSite,
  program: string,
  load: ExchangeLoad,
): Promise<ExchangeRate> {
  const share = {
    rate: load.rate / relays.length,
    clients: Math.ceil(load.clients / relays.length),
  };
  const results = await Promise.all(
    relays.map((own, at) => {
      const base = bases[at];
      const between = [own, serverAddress] as const;
      const part = { ...load, ...share, between, threads: 'single' } as const;
      return perfdhcp(client, program, { ...part, ...(base !== undefined && { base }) });
    }),
  );
  const sum = (of: (result: ExchangeRate) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const sent = sum((result) => result.sent);
  return {
    rate: sum(({ rate }) => rate),
    discoverDrops: sum((result) => result.discoverDrops * result.sent) / sent,
    requestDrops: sum((result) => result.requestDrops * result.sent) / sent,
    sent,
  };
}
