import type { WrongTime } from '../../../model/family-time.ts';

/** A stretch of time with one offset from Greenwich, in minutes. `to` is not part of it. */
export type Span = { readonly from: number; readonly to: number; readonly offset: number };

/** Where two clocks differ. Both lists must cover the same time without gaps. */
export function differences(shown: readonly Span[], right: readonly Span[]): readonly WrongTime[] {
  const edges = [...shown, ...right].map(({ from }) => from);
  const starts = [...new Set(edges)].toSorted((a, b) => a - b);
  const end = right.at(-1)?.to ?? 0;
  const pieces = starts.map((from, index) => ({
    from,
    to: starts[index + 1] ?? end,
    minutes: offsetAt(shown, from) - offsetAt(right, from),
  }));
  return joined(pieces).filter(({ minutes }) => minutes !== 0);
}

/** Milliseconds. */
export function totalTime(times: readonly WrongTime[]): number {
  return times.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** Milliseconds, each counted for as many minutes as the clock is off. */
export function totalError(times: readonly WrongTime[]): number {
  return times.reduce((sum, { from, to, minutes = 0 }) => sum + Math.abs(minutes) * (to - from), 0);
}

export function wrongHours(times: readonly WrongTime[]): number {
  return totalTime(times) / 3_600_000;
}

/** Order by the first number that differs, smaller first. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function offsetAt(spans: readonly Span[], at: number): number {
  return spans.find(({ from, to }) => from <= at && at < to)?.offset ?? NaN;
}

function joined(pieces: readonly WrongTime[]): readonly WrongTime[] {
  return pieces.reduce<readonly WrongTime[]>((done, piece) => {
    const last = done.at(-1);
    if (last?.to !== piece.from || last.minutes !== piece.minutes) return [...done, piece];
    return [...done.slice(0, -1), { ...last, to: piece.to }];
  }, []);
}
