import { lastWeek } from './dst-values.ts';
import {
  dayLength,
  daysInMonth,
  type DstRule,
  type PhoneClock,
  type YearlyChange,
  type YearlyDay,
} from './phone-clock.ts';
import type { Span } from './span.ts';
import { zoneTable, zoneWithOffset } from './zone-table.ts';

/**
 * Clocks that a phone can be given and that may show the time of a zone in one year: with every
 * offset that its table has nearby, and daylight saving from any change of the year to any other.
 */
export function candidateClocks(year: readonly Span[]): readonly PhoneClock[] {
  const offsets = [...new Set(year.map(({ offset }) => offset))];
  const edges: readonly Edge[] = ['new year', ...year.slice(1).map(({ from }) => from)];
  const standards = [...new Set(offsets.flatMap(sayable))];
  return standards.flatMap((standard) => [
    { standard },
    ...offsets
      .filter((offset) => offset !== standard)
      .flatMap((summer) => [
        ...clocksBetween(edges, standard, summer - standard),
        ...(summer > standard ? [{ standard, dst: allYear(summer - standard) }] : []),
      ]),
  ]);
}

/** An instant at which the zone changes, or the beginning of the year. */
type Edge = number | 'new year';

/** The offset itself if the table has it, else its neighbours there. */
function sayable(offset: number): readonly number[] {
  if (zoneWithOffset(offset)) return [offset];
  const known = zoneTable.map((zone) => zone.offset);
  const below = known.findLast((each) => each < offset);
  const above = known.find((each) => each > offset);
  return [below, above].filter((each) => each !== undefined);
}

function clocksBetween(
  edges: readonly Edge[],
  standard: number,
  offset: number,
): readonly PhoneClock[] {
  const pairs = edges.flatMap((start) =>
    edges.filter((stop) => stop !== start).map((stop) => [start, stop] as const),
  );
  return pairs.flatMap(([start, stop]) =>
    waysToSay(start, standard).flatMap((starts) =>
      waysToSay(stop, standard + offset).map((stops) => ({
        standard,
        dst: { offset, start: starts, stop: stops },
      })),
    ),
  );
}

/** An instant as a yearly change, by a clock that shows this offset: by weekday and by date. */
function waysToSay(at: Edge, offset: number): readonly YearlyChange[] {
  if (at === 'new year') return [newYear];
  const local = new Date(at + offset * 60_000);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return daysToSay(local).map((day) => ({ day, minutes }));
}

function daysToSay(local: Date): readonly YearlyDay[] {
  const month = local.getUTCMonth() + 1;
  const day = local.getUTCDate();
  const weekday = local.getUTCDay();
  const isLast = day > daysInMonth(local.getUTCFullYear(), month) - 7;
  const week = Math.ceil(day / 7);
  // Not every month has a fifth week.
  const weeks = [...(week < 5 ? [week] : []), ...(isLast ? [lastWeek] : [])];
  return [
    ...weeks.map((each) => ({ kind: 'weekday' as const, month, weekday, week: each })),
    { kind: 'date', month, day },
  ];
}

const newYear: YearlyChange = { day: { kind: 'date', month: 1, day: 1 }, minutes: 0 };

/** Daylight saving from the first minute of the year to its last: an offset of one's own. */
function allYear(offset: number): DstRule {
  return {
    offset,
    start: newYear,
    stop: { day: { kind: 'date', month: 12, day: 31 }, minutes: dayLength / 60_000 - 1 },
  };
}
