import { setTimeout as delay } from 'node:timers/promises';

/**
 * What a phone waits for: `answer` of somebody else, who needs real time; `own`, nothing but itself;
 * `lasting`, what somebody else counts in real time too, as the life of a registration.
 */
export type WaitKind = 'answer' | 'own' | 'lasting';

/** Time as the phone has it. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back after `ms`; returns what calls it off. */
  after(ms: number, callback: () => void, kind?: WaitKind): () => void;
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

/** `setTimeout` fires at once for more. */
const longestTimerMs = 2 ** 31 - 1;

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
    after(ms, callback, kind = 'own') {
      const own = kind === 'answer' ? clock.patience(ms) : ms * scale;
      const timer = setTimeout(callback, Math.min(kind === 'lasting' ? ms : own, longestTimerMs));
      return () => clearTimeout(timer);
    },
    patience: (ms) => Math.max(ms * scale, Math.min(ms, floorMs)),
    waited(ms, realMs) {
      skippedMs += Math.max(ms - realMs, 0);
    },
  };
  return clock;
}
