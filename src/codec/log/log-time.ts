/** Date and time as a log writes them. Logs of phones' servers often leave out the year. */
export type LogStamp = {
  readonly year?: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of Greenwich, where the line says it. */
  readonly zone?: number;
};

/** Milliseconds since the epoch, or since some start that the log does not name. */
export type LogTime =
  | { readonly kind: 'date'; readonly stamp: LogStamp }
  | { readonly kind: 'epoch'; readonly at: number }
  | { readonly kind: 'uptime'; readonly at: number };

/** What a log leaves open about its time stamps. */
export type LogClock = {
  /** Milliseconds since the epoch when the log was read: a date without a year is not after it. */
  readonly now: number;
  /** Minutes east of Greenwich of stamps that name no zone. */
  readonly zone: number;
};

const dayMs = 86_400_000;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `Mar` as 3; undefined for what is no month. */
export function monthOf(name: string): number | undefined {
  const at = months.indexOf(name.toLowerCase().slice(0, 3));
  return at < 0 ? undefined : at + 1;
}

/** `.5` and `.500000` as 500. */
export function millisecondsOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(`${fraction}000`.slice(0, 3));
}

/** A stamp without a year is of the last year in which it is not more than a day after now. */
export function stampTime(stamp: LogStamp, clock: LogClock): number {
  if (stamp.year !== undefined) return inYear(stamp, stamp.year, clock);
  const year = new Date(clock.now).getUTCFullYear();
  // From the next year on, for a log written east of here on the last day of this one.
  const latest = [year + 1, year].find(
    (each) => isDay(stamp, each) && inYear(stamp, each, clock) <= clock.now + dayMs,
  );
  return inYear(stamp, latest ?? lastYearWith(stamp, year - 1), clock);
}

function inYear(stamp: LogStamp, year: number, clock: LogClock): number {
  const { month, day, hour, minute, second, millisecond, zone = clock.zone } = stamp;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - zone * 60_000;
}

/** The 29th of February is in leap years only. */
function lastYearWith(stamp: LogStamp, year: number): number {
  const years = [year, year - 1, year - 2, year - 3, year - 4, year - 5, year - 6, year - 7];
  return years.find((each) => isDay(stamp, each)) ?? year;
}

function isDay({ month, day }: LogStamp, year: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}
