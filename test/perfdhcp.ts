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
  /** Answers that come so many seconds after the end are no drops; 3 when left out. */
  readonly patience?: number;
  /** Where the first of them stands in the row of MACs. */
  readonly base?: string;
  /** Addresses of its own and of the server; every server on the interface when left out. */
  readonly between?: readonly [own: string, server: string];
  /** `single` leaves processors to others; `multi` when left out. */
  readonly threads?: 'single' | 'multi';
  /** Words before the program, such as `chrt`. */
  readonly starter?: readonly string[];
};

/** Loads whatever server answers on the wire. Throws with its output where that is not understood. */
export async function perfdhcp(
  where: Namespace,
  program: string,
  load: ExchangeLoad,
): Promise<ExchangeRate> {
  const { rate, seconds, clients, base, patience = 3, threads = 'multi', starter = [] } = load;
  const numbers = ['-r', `${rate}`, '-R', `${clients}`, '-p', `${seconds}`];
  const first = base === undefined ? [] : ['-b', `mac=${base}`];
  const late = ['-W', `${patience * 1e6}`];
  const [own, ...server] = load.between ?? ['eth0'];
  const from = ['-4', '-g', threads, '-l', own];
  const words = [...starter, program, ...from, ...numbers, ...late, ...first, ...server];
  const { out, err } = await where.run(words, (seconds + 20) * 1000);
  const found = (pattern: RegExp) => [...out.matchAll(pattern)].map(([, number]) => Number(number));
  const sent = found(/^sent packets: (\d+)/gm);
  const received = found(/^received packets: (\d+)/gm);
  const [discovers, requests] = sent;
  const [offers, acks] = received;
  if (!discovers || requests === undefined || offers === undefined || acks === undefined)
    throw new Error(`perfdhcp: ${out}${err}`);
  return {
    // Its own rate counts the time in which it only waits for late answers.
    rate: acks / seconds,
    discoverDrops: (discovers - offers) / discovers,
    // Where no OFFER came nothing was requested, and nothing acknowledged.
    requestDrops: requests === 0 ? 1 : (requests - acks) / requests,
    sent: discovers,
  };
}
