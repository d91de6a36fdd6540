import type { Store } from '../model/store.ts';
import type { Clock } from './clock.ts';

export type RetentionOptions = {
  /** Milliseconds that boots are kept. */
  readonly keepMs: number;
  /** How often old ones are looked for. */
  readonly everyMs: number;
  /** Boots that are forgotten at once, and the pause to the next batch. */
  readonly batch: number;
  readonly pauseMs: number;
};

export const retentionDefaults = {
  ...{ keepMs: 30 * 24 * 60 * 60_000, everyMs: 60 * 60_000, batch: 50, pauseMs: 100 },
} as const satisfies RetentionOptions;

/** Forgets old boots, a few at a time, beside the work. */
export type Retention = {
  start(): void;
  stop(): void;
};

/** `onProblem` hears of a batch that failed; the next hour tries again. */
export function createRetention(
  store: Pick<Store, 'bootsPrune'>,
  clock: Clock,
  { keepMs, everyMs, batch, pauseMs }: RetentionOptions,
  onProblem: (error: unknown) => void,
): Retention {
  let cancel: (() => void) | undefined;
  let stopped = true;

  function next(ms: number): void {
    if (!stopped) cancel = clock.after(ms, () => void round());
  }

  async function round(): Promise<void> {
    try {
      const forgotten = await store.bootsPrune(clock.now() - keepMs, batch);
      next(forgotten < batch ? everyMs : pauseMs);
    } catch (error) {
      if (stopped) return;
      onProblem(error);
      next(everyMs);
    }
  }

  return {
    start() {
      stopped = false;
      next(pauseMs);
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}
