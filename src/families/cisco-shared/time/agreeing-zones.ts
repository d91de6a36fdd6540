import { allZones } from './iana-zone.ts';
import type { PhoneClock } from './phone-clock.ts';
import { totalError, wrongHours } from './span.ts';
import { wrongIn } from './zone-settings.ts';

/** An IANA zone and how long a clock is wrong for it in the year that was asked for. */
export type NearZone = { readonly zone: string; readonly wrongHours: number };

/**
 * The zones whose time a clock shows all through a year. None: no place has that clock, so that
 * its rule is old or mistyped. Takes some 50 ms, so ask once for settings that are the same.
 */
export function zonesThatAgree(clock: PhoneClock, year: number): readonly string[] {
  return allZones().filter((zone) => wrongIn(clock, zone, year).length === 0);
}

/** The zones that a clock is nearest to, best first. */
export function nearestZones(clock: PhoneClock, year: number, most: number): readonly NearZone[] {
  return allZones()
    .map((zone) => ({ zone, wrong: wrongIn(clock, zone, year) }))
    .toSorted((a, b) => totalError(a.wrong) - totalError(b.wrong))
    .slice(0, most)
    .map(({ zone, wrong }) => ({ zone, wrongHours: wrongHours(wrong) }));
}
