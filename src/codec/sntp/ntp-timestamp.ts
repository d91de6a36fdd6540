/**
 * A moment by NTP's clock: seconds since the beginning of an era, and parts of a second in units of
 * 2^-32 s. Both are unsigned 32-bit numbers. Both 0 is no moment but "unknown". RFC 5905 section 6.
 */
export type NtpTimestamp = { readonly seconds: number; readonly fraction: number };

export const unknownTimestamp: NtpTimestamp = { seconds: 0, fraction: 0 };

/** Seconds from the beginning of era 0, the year 1900, to 1970. RFC 5905 figure 4. */
const unixEpoch = 2_208_988_800;
const eraSeconds = 2 ** 32;
const secondParts = 2 ** 32;

/**
 * Of milliseconds since 1970, in whatever era they lie: era 1 begins on 2036-02-07 at 06:28:16 UTC.
 * A moment that would be written as unknown is written as the next one.
 */
export function ntpTimestampOf(unixMs: number): NtpTimestamp {
  const wholeSeconds = Math.floor(unixMs / 1000);
  const partOfSecond = (unixMs - wholeSeconds * 1000) / 1000;
  const fraction = Math.floor(partOfSecond * secondParts);
  const seconds = modulo(wholeSeconds + unixEpoch, eraSeconds);
  return seconds === 0 && fraction === 0 ? { seconds, fraction: 1 } : { seconds, fraction };
}

/**
 * Milliseconds since 1970, in the era that brings it closest to a moment that is known to be right
 * within 68 years: RFC 4330 section 3, RFC 5905 section 6.
 */
export function unixMsOf({ seconds, fraction }: NtpTimestamp, nearUnixMs: number): number {
  const inEra = seconds - unixEpoch;
  const era = Math.round((nearUnixMs / 1000 - inEra) / eraSeconds);
  return (era * eraSeconds + inEra) * 1000 + (fraction / secondParts) * 1000;
}

export function isUnknown({ seconds, fraction }: NtpTimestamp): boolean {
  return seconds === 0 && fraction === 0;
}

export function isSameTimestamp(one: NtpTimestamp, other: NtpTimestamp): boolean {
  return one.seconds === other.seconds && one.fraction === other.fraction;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
