import type { Clock } from '../clock.ts';

/** Runs something once at a time that may change. */
export type Alarm = {
  /** In place of the time that was set before; Infinity for never. */
  set(at: number): void;
};

/** Timers of a day and more do not fit into 32 bits of milliseconds; it looks again meanwhile. */
const longestMs = 3_600_000;

export function createAlarm(clock: Clock, run: () => void): Alarm {
  let cancel: (() => void) | undefined;
  return {
    set(at) {
      cancel?.();
      const sleep = Math.min(longestMs, Math.max(0, at - clock.now()));
      cancel = Number.isFinite(at) ? clock.after(sleep, run) : undefined;
    },
  };
}
