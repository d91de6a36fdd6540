import type { Namespace } from './network-namespaces.ts';

/** What perfdhcp measured of exchanges of four messages. */
export type ExchangeRate = {
  /** Whole exchanges a second. */
  readonly rate: number;
  /** Shares from 0 to 1: DISCOVERs without OFFER, and REQUESTs without ACK. */
  readonly discoverDrops: number;
  readonly requestDrops: number;
  readonly sent: number;
};

export type ExchangeLoad = {
  /** Exchanges a second. */
  readonly rate: number;
  readonly seconds: number;
  /** Different clients. */
  readonly clients: number;
  /** Where the first of them stands in the row of MACs. */
  readonly base?: string;
  /** Answers that are on their way when the time is over are waited for. */
  readonly drains?: true;
};

const drainSeconds = 0.3;

/** Loads whatever server answers on the wire. Throws with its output where that is not understood. */
export async function perfdhcp(
  where: Namespace,
  program: string,
  { rate, seconds, clients, base, drains }: ExchangeLoad,
): Promise<ExchangeRate> {
  const numbers = ['-r', `${rate}`, '-R', `${clients}`, '-p', `${seconds}`];
  const first = base === undefined ? [] : ['-b', `mac=${base}`];
  const waits = drains ? ['-W', `${drainSeconds * 1e6}`] : [];
  const words = [program, '-4', '-l', 'eth0', ...numbers, ...first, ...waits];
  const { out, err } = await where.run(words, (seconds + 20) * 1000);
  const found = (pattern: RegExp) => [...out.matchAll(pattern)].map(([, number]) => Number(number));
  const [whole] = found(/Rate: (\S+) 4-way/g);
  const sent = found(/^sent packets: (\d+)/gm);
  const received = found(/^received packets: (\d+)/gm);
  const [discovers, requests] = sent;
  const [offers, acks] = received;
  if (whole === undefined || !discovers || !requests || offers === undefined || acks === undefined)
    throw new Error(`perfdhcp: ${out}${err}`);
  return {
    rate: drains ? (whole * (seconds + drainSeconds)) / seconds : whole,
    discoverDrops: (discovers - offers) / discovers,
    requestDrops: (requests - acks) / requests,
    sent: discovers,
  };
}
