import { setTimeout as delay } from 'node:timers/promises';

/** Time as the phone has it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

/** A clock that packets on a real network keep up with. */
export type RealClock = Clock & {
  /** Real milliseconds to wait for a packet that the phone waits `ms` for. */
  patience(ms: number): number;
  /** The phone waited for a packet for `ms`, in real time for `realMs`. */
  waited(ms: number, realMs: number): void;
};

export type RealClockOptions = {
  /** Real seconds for one second of the phone; 0 never waits. */
  readonly scale?: number;
  /** Real milliseconds that a server is given to answer, however small the scale. */
  readonly floorMs?: number;
};

const defaultFloorMs = 400;

/** What the scale leaves out of real time is added to the clock, so that gaps look as they are. */
export function realClock({ scale = 1, floorMs = defaultFloorMs }: RealClockOptions = {}) {
  let skippedMs = 0;
  const clock: RealClock = {
    now: () => Math.round(performance.timeOrigin + performance.now() + skippedMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const realMs = ms * scale;
      if (realMs > 0) await delay(realMs, undefined, { signal });
      skippedMs += ms - realMs;
    },
    patience: (ms) => Math.max(ms * scale, Math.min(ms, floorMs)),
    waited(ms, realMs) {
      skippedMs += Math.max(ms - realMs, 0);
    },
  };
  return clock;
}
