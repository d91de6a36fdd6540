import { Temporal } from 'temporal-polyfill';
import type { RolloutWindow } from '../../model/rollout.ts';

const day = 24 * 60;
/** A window that a change of the clock swallows comes again the day after. */
const daysAhead = [0, 1, 2, 3] as const;

/** Whether the time zone database has it, under this or an older name. */
export function isZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a clock on the wall of the zone stands in the window; `to` itself does not. */
export function isInWindow(window: RolloutWindow, zone: string, at: number): boolean {
  return holds(window, zoned(zone, at));
}

/** The first instant after `at`, at which it is in the window, that is not. Undefined if always. */
export function closesAt(window: RolloutWindow, zone: string, at: number): number | undefined {
  return nextChange(window, zone, at, false);
}

/** The first instant from `at` on that is in the window; undefined if none is. */
export function opensAt(window: RolloutWindow, zone: string, at: number): number | undefined {
  return isInWindow(window, zone, at) ? at : nextChange(window, zone, at, true);
}

/** On a day without a change of the clock. */
export function windowMs({ from, to }: RolloutWindow): number {
  const minutes = to > from ? to - from : to - from + day;
  return minutes * 60_000;
}

function holds({ from, to }: RolloutWindow, time: Temporal.ZonedDateTime): boolean {
  const minute = time.hour * 60 + time.minute;
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** It changes at its edges, each of which a day may have twice, and where the clock is changed. */
function nextChange(
  window: RolloutWindow,
  zone: string,
  at: number,
  toOpen: boolean,
): number | undefined {
  const now = zoned(zone, at);
  const edge = (toOpen ? window.from : window.to) % day;
  const time = Temporal.PlainTime.from({ hour: Math.floor(edge / 60), minute: edge % 60 });
  const edges = daysAhead.flatMap((days) => {
    const local = now.toPlainDate().add({ days }).toPlainDateTime(time);
    return (['earlier', 'later'] as const).map((disambiguation) =>
      local.toZonedDateTime(zone, { disambiguation }),
    );
  });
  const shift = now.getTimeZoneTransition('next');
  const changes = [...edges, ...(shift ? [shift] : [])]
    .filter((each) => each.epochMilliseconds > at && holds(window, each) === toOpen)
    .map(({ epochMilliseconds }) => epochMilliseconds);
  return changes.length === 0 ? undefined : Math.min(...changes);
}

function zoned(zone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
