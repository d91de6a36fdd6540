/** A phone's idea of local time: a fixed offset, and daylight saving by the rules of North America. */
export type LocalTime = {
  /** TIMEZONE_OFFSET: seconds from GMT. */
  readonly offsetSeconds: number;
  /** DST_ENABLED. */
  readonly isSaving: boolean;
};

const hour = 3_600_000;
export const day = 24 * hour;

/** The year in which daylight saving in North America became longer (Energy Policy Act of 2005). */
const firstLongYear = 2007;

/** Milliseconds that local time is ahead of GMT at an instant. */
export function offsetAt({ offsetSeconds, isSaving }: LocalTime, now: number): number {
  const standard = offsetSeconds * 1000;
  return isSaving && isSummer(now + standard) ? standard + hour : standard;
}

/** `standard` is local standard time, in milliseconds. Both changes are at two o'clock of local time. */
function isSummer(standard: number): boolean {
  const year = new Date(standard).getUTCFullYear();
  const isLong = year >= firstLongYear;
  const begin = isLong ? sundayOf(year, 2, 8) : sundayOf(year, 3, 1);
  const end = isLong ? sundayOf(year, 10, 1) : sundayOf(year, 9, 25);
  return standard >= begin + 2 * hour && standard < end + hour;
}

/** Midnight of the first Sunday from this day of a month (from 0) on. */
function sundayOf(year: number, month: number, from: number): number {
  const weekday = new Date(Date.UTC(year, month, from)).getUTCDay();
  return Date.UTC(year, month, from + ((7 - weekday) % 7));
}

/** The next instant at which local time is so many milliseconds after midnight. */
export function nextLocalTime(local: LocalTime, now: number, sinceMidnight: number): number {
  const midnight = Math.floor((now + offsetAt(local, now)) / day) * day;
  for (let days = 0; ; days++) {
    const wanted = midnight + days * day + sinceMidnight;
    const guess = wanted - offsetAt(local, now);
    const at = wanted - offsetAt(local, guess);
    if (at > now) return at;
  }
}

/** `14:05`. */
export function clockText(local: LocalTime, now: number): string {
  return new Date(now + offsetAt(local, now)).toISOString().slice(11, 16);
}
