import { lastWeek } from './dst-values.ts';
import type { Span } from './span.ts';

/** A day of every year. Months count from 1, weekdays from 0 for Sunday. */
export type YearlyDay =
  | { readonly kind: 'date'; readonly month: number; readonly day: number }
  /** `week` counts how often the weekday has come in the month; 8 is the last time. */
  | {
      readonly kind: 'weekday';
      readonly month: number;
      readonly weekday: number;
      readonly week: number;
    }
  /** The first such weekday that is not before the day. */
  | {
      readonly kind: 'weekday-from';
      readonly month: number;
      readonly weekday: number;
      readonly day: number;
    };

/** `minutes` since midnight by the clock as it shows just before the change. */
export type YearlyChange = { readonly day: YearlyDay; readonly minutes: number };

/** Daylight saving: `offset` is added from `start` to `stop`. */
export type DstRule = {
  readonly offset: number;
  readonly start: YearlyChange;
  readonly stop: YearlyChange;
};

/** All that a phone makes of Greenwich time to show it. Offsets in minutes, east is positive. */
export type PhoneClock = { readonly standard: number; readonly dst?: DstRule };

export const dayLength = 24 * 60 * 60_000;

/** Minutes that the phone shows more than Greenwich time at an instant. */
export function phoneOffset(clock: PhoneClock, at: number): number {
  return changesAround(clock, at, at).findLast((change) => change.at <= at)?.offset ?? 0;
}

/** The phone's offsets from one instant to another. */
export function phoneSpans(clock: PhoneClock, from: number, to: number): readonly Span[] {
  const changes = changesAround(clock, from, to).filter(({ at }) => at > from && at < to);
  const starts = [{ at: from, offset: phoneOffset(clock, from) }, ...changes];
  return starts.map(({ at, offset }, index) => ({
    from: at,
    to: starts[index + 1]?.at ?? to,
    offset,
  }));
}

/** The instant at which a change happens in a year, seen from a clock that shows this offset. */
export function changeInstant({ day, minutes }: YearlyChange, year: number, offset: number) {
  const { month } = day;
  return Date.UTC(year, month - 1, dayOfMonth(day, year)) + (minutes - offset) * 60_000;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

type Change = { readonly at: number; readonly offset: number };

/** All changes that matter between two instants, the one before the first included. */
function changesAround({ standard, dst }: PhoneClock, from: number, to: number): readonly Change[] {
  if (!dst) return [{ at: -Infinity, offset: standard }];
  const first = new Date(from).getUTCFullYear() - 2;
  const last = new Date(to).getUTCFullYear() + 1;
  const summer = standard + dst.offset;
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const changes = years.flatMap((year) => [
    { at: changeInstant(dst.start, year, standard), offset: summer },
    { at: changeInstant(dst.stop, year, summer), offset: standard },
  ]);
  return changes.toSorted((a, b) => a.at - b.at);
}

function dayOfMonth(day: YearlyDay, year: number): number {
  const days = daysInMonth(year, day.month);
  if (day.kind === 'date') return Math.min(day.day, days);
  const weekdayOf = (date: number) => new Date(Date.UTC(year, day.month - 1, date)).getUTCDay();
  const from = (date: number) => date + ((day.weekday - weekdayOf(date) + 7) % 7);
  if (day.kind === 'weekday-from') return from(day.day);
  if (day.week === lastWeek) return from(days - 6);
  // A fifth or sixth week that the month has not is taken as its last.
  return Math.min(from(1) + (day.week - 1) * 7, from(days - 6));
}
