import type { Clock } from '../clock.ts';

export type FakeClock = Clock & {
  /** Moves the time and runs what is due, in order, each after all that went before. */
  pass(ms: number): Promise<void>;
  /** Timers that are set and not called off. */
  readonly pending: number;
};

/** A clock that stands still until it is told to move. */
export function fakeClock(start = 1_000_000): FakeClock {
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>();
  let now = start;
  let ids = 0;

  function nextDue(until: number) {
    return [...timers]
      .filter(([, { due }]) => due <= until)
      .sort(([idA, a], [idB, b]) => a.due - b.due || idA - idB)[0];
  }

  return {
    now: () => now,
    after(ms, run) {
      const id = ++ids;
      timers.set(id, { due: now + ms, run });
      return () => void timers.delete(id);
    },
    async pass(ms) {
      const until = now + ms;
      await settle();
      for (let next = nextDue(until); next; next = nextDue(until)) {
        const [id, { due, run }] = next;
        timers.delete(id);
        now = Math.max(now, due);
        run();
        await settle();
      }
      now = until;
      await settle();
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets all promises that wait for nothing but each other run on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
