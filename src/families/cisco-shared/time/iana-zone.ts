import { Temporal } from 'temporal-polyfill';
import type { Span } from './span.ts';

/** Whether the time zone database has it, under this or an older name. */
export function isZone(name: string): boolean {
  try {
    return (
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).epochMilliseconds === 0
    );
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** First instant of a year in a zone and of the year after. Throws a RangeError for no zone. */
export function yearIn(zone: string, year: number): { readonly from: number; readonly to: number } {
  return { from: newYear(zone, year), to: newYear(zone, year + 1) };
}

/** The zone's offsets from one instant to another. */
export function zoneSpans(zone: string, from: number, to: number): readonly Span[] {
  const spans: Span[] = [];
  let at = zoned(zone, from);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    const until = Math.min(next?.epochMilliseconds ?? to, to);
    spans.push({
      from: Math.max(at.epochMilliseconds, from),
      to: until,
      offset: at.offsetNanoseconds / 60e9,
    });
    if (!next || until >= to) return spans;
    at = next;
  }
}

/** All zones of the database, one name each. */
export function allZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}

function newYear(zone: string, year: number): number {
  return Temporal.ZonedDateTime.from({ timeZone: zone, year, month: 1, day: 1 }).epochMilliseconds;
}

function zoned(zone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/** Date and time in a zone, `2026-03-08 03:00`. */
export function zoneTimeText(zone: string, at: number): string {
  return zoned(zone, at).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
