import { loadFromRelays } from './dhcp-load.ts';
import type { ServedSite } from './dhcp-contenders.ts';

/** How long each run of perfdhcp is, and what stands before its name. */
export type SearchOptions = {
  readonly program: string;
  readonly starter: readonly string[];
  readonly seconds: number;
  /** Runs that one search may take. */
  readonly mostRuns: number;
};

/** Shares of DISCOVERs without OFFER and of REQUESTs without ACK that count as none. */
export const fewDrops = 0.001;
/** Of so many clients perfdhcp takes some by chance, so that most of a run are new to the server. */
export const clients = 1_000_000;
/** Exchanges a second. */
const rates: readonly number[] = [
  ...[50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 10_000, 12_000],
  ...[14_000, 16_000, 18_000, 20_000, 22_000, 24_000, 26_000, 28_000, 30_000],
  ...[33_000, 36_000, 40_000, 44_000, 48_000],
];
/**
 * The highest of a row of rates at which nearly nothing is dropped; 0 for none. Looks near `guess`
 * first, in steps that double, then halves what is left; after so many runs it is content with the
 * highest that was held.
 */
export async function highestRate(
  site: ServedSite,
  options: SearchOptions,
  guess: number,
): Promise<number> {
  let [low, high, step] = [-1, rates.length, 1];
  let at = Math.max(
    0,
    rates.findLastIndex((rate) => rate <= guess),
  );
  for (let runs = 0; runs < options.mostRuns && high - low > 1; runs++, step *= 2) {
    const isHeld = await sustains(site, options, rates[at] ?? 0);
    if (isHeld) low = at;
    else high = at;
    if (low >= 0 && high < rates.length) at = Math.floor((low + high) / 2);
    else at = isHeld ? Math.min(at + step, rates.length - 1) : Math.max(at - step, 0);
  }
  return rates[low] ?? 0;
}

async function sustains(
  site: ServedSite,
  { program, starter, seconds }: SearchOptions,
  rate: number,
): Promise<boolean> {
  const load = { rate, seconds, clients, starter, patience: 1 };
  const result = await loadFromRelays(site, program, load);
  const drops = Math.max(result.discoverDrops, result.requestDrops);
  // perfdhcp itself cannot send faster than its processor lets it.
  return drops < fewDrops && result.rate > rate * 0.95;
}
