/** A wall clock that people and NTP set, and one that only runs on. Both in milliseconds. */
export type TwoClocks = { now(): number; uptime(): number };

/** Less than this is drift, or the wait between the two readings. */
const leastStep = 2000;

/**
 * By how many milliseconds the wall clock was set since the last call; 0 where it was not. Leases
 * last as long as they were granted for, whatever the calendar says meanwhile.
 */
export function clockSteps(clocks: TwoClocks): () => number {
  let last = { now: clocks.now(), uptime: clocks.uptime() };
  return () => {
    const next = { now: clocks.now(), uptime: clocks.uptime() };
    const step = next.now - last.now - (next.uptime - last.uptime);
    last = next;
    return Math.abs(step) < leastStep ? 0 : Math.round(step);
  };
}
