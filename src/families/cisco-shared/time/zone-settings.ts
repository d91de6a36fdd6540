import type { ClockNote, WrongTime, ZoneSettings } from '../../../model/family-time.ts';
import { candidateClocks } from './clock-candidates.ts';
import { yearIn, zoneSpans } from './iana-zone.ts';
import { phoneSpans, type DstRule, type PhoneClock } from './phone-clock.ts';
import { compareRanks, differences, totalError, totalTime, type Span } from './span.ts';
import { clashNote } from './time-zone-value.ts';
import { reasons } from './unsayable.ts';
import { writeClock } from './write-clock.ts';
import { zoneWithOffset } from './zone-table.ts';

const yearsAhead = 10;

/**
 * The settings that show a zone's time in a year of its calendar: right all year if a phone can be
 * told so, else wrong as short as can be; of those the ones that stay right longest.
 * Throws a RangeError for what is no IANA zone.
 */
export function zoneSettings(zone: string, year: number): ZoneSettings {
  const { clock, wrong } = bestClock(zone, year);
  const renewBy = renewal(clock, zone, year);
  return {
    zone,
    year,
    settings: writeClock(clock),
    wrong,
    why: wrong.length > 0 ? reasons(yearSpans(zone, year)) : [],
    ...(renewBy === undefined ? {} : { renewBy }),
    notes: assumptions(clock),
  };
}

/** When a clock is wrong for a zone in a year of the zone's calendar. */
export function wrongIn(clock: PhoneClock, zone: string, year: number): readonly WrongTime[] {
  return wrongOver(clock, yearSpans(zone, year));
}

/** How long the best clock that a phone can be given is wrong in a year, in milliseconds. */
export function leastWrong(zone: string, year: number): number {
  const right = yearSpans(zone, year);
  const totals = candidateClocks(right).map((clock) => totalTime(wrongOver(clock, right)));
  return Math.min(...totals);
}

/** First instant after a year at which the clock is wrong and another would be better. */
export function renewal(clock: PhoneClock, zone: string, year: number): number | undefined {
  for (let later = year + 1; later <= year + yearsAhead; later++) {
    const wrong = wrongIn(clock, zone, later);
    if (wrong[0] && totalTime(wrong) > leastWrong(zone, later)) return wrong[0].from;
  }
  return undefined;
}

function bestClock(zone: string, year: number) {
  const right = yearSpans(zone, year);
  const trials = candidateClocks(right).map((clock) => ({ clock, wrong: wrongOver(clock, right) }));
  const least = Math.min(...trials.map(({ wrong }) => totalTime(wrong)));
  const later = Array.from({ length: yearsAhead }, (_, index) => yearSpans(zone, year + 1 + index));
  const [best] = trials
    .filter(({ wrong }) => totalTime(wrong) === least)
    .map((trial) => ({ ...trial, rank: rankOf(trial.clock, [right, ...later]) }))
    .toSorted((a, b) => compareRanks(a.rank, b.rank));
  if (!best) throw new Error('a year has at least one offset, and that a candidate');
  return best;
}

/**
 * The smaller, the better, number by number: how wrong it is year by year, whether it turns the
 * clock back for daylight saving, how many dates it has that are of this year.
 */
function rankOf(clock: PhoneClock, years: readonly (readonly Span[])[]): readonly number[] {
  const { dst } = clock;
  const dates = dst ? [dst.start, dst.stop].filter(({ day }) => day.kind === 'date').length : 0;
  const errors = years.map((right) => totalError(wrongOver(clock, right)));
  return [...errors, dst && dst.offset < 0 ? 1 : 0, dates];
}

function yearSpans(zone: string, year: number): readonly Span[] {
  const { from, to } = yearIn(zone, year);
  return zoneSpans(zone, from, to);
}

function wrongOver(clock: PhoneClock, right: readonly Span[]): readonly WrongTime[] {
  const from = right[0]?.from ?? 0;
  const to = right.at(-1)?.to ?? from;
  return differences(phoneSpans(clock, from, to), right);
}

function assumptions({ standard, dst }: PhoneClock): readonly ClockNote[] {
  const zone = zoneWithOffset(standard);
  const clash = zone && clashNote(zone);
  return [...(clash ? [clash] : []), ...(dst ? dstAssumptions(dst) : [])];
}

function dstAssumptions({ offset, start, stop }: DstRule): readonly ClockNote[] {
  const wall = {
    code: 'dst-wall-clock',
    text: 'Both changes are taken to be at the time that the clock shows just before them',
  };
  const odd = {
    code: 'dst-offset-unusual',
    text: 'The guide allows this dst_offset; it has not been seen on a phone',
    key: 'dst_offset',
  };
  const always = {
    code: 'dst-all-year',
    text: 'Daylight saving all year makes an offset that table 3-9 has not; not tried on a phone',
    key: 'dst_offset',
  };
  const isAllYear = start.day.month === 1 && stop.day.month === 12;
  return [wall, ...(offset === 60 ? [] : [odd]), ...(isAllYear ? [always] : [])];
}
