import type { BootRequest } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Clock } from './clock.ts';

/** Writes requests in batches, off the path on which phones wait. */
export type Timeline = {
  add(bootId: number, request: BootRequest): void;
  /** Resolves when all that was added is on disk, or waits for the next try. */
  flush(): Promise<void>;
};

type Row = { readonly bootId: number; readonly request: BootRequest };

/**
 * `onProblem` hears of a batch that could not be written; its rows, at most `most`, are tried again
 * after `retryMs`.
 */
export function createTimeline(
  store: Store,
  clock: Clock,
  options: { readonly everyMs: number; readonly retryMs: number; readonly most: number },
  onProblem: (error: unknown) => void,
): Timeline {
  let waiting: Row[] = [];
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0) return;
    try {
      await store.requestsAppend(rows);
    } catch (error) {
      onProblem(error);
      if (isUnknownBoot(error)) await writeByBoot(rows);
      else tryAgain(rows);
    }
  }

  function tryAgain(rows: readonly Row[]): void {
    waiting = [...rows, ...waiting].slice(-options.most);
    cancel ??= clock.after(options.retryMs, () => void flush());
  }

  /** Rows of a phone that was removed meanwhile have no boot to go to; the others do. */
  async function writeByBoot(rows: readonly Row[]): Promise<void> {
    for (const ofBoot of Map.groupBy(rows, (row) => row.bootId).values())
      await store.requestsAppend(ofBoot).catch((error: unknown) => {
        if (isUnknownBoot(error)) return;
        onProblem(error);
        tryAgain(ofBoot);
      });
  }

  function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    add(bootId, request) {
      waiting.push({ bootId, request });
      cancel ??= clock.after(options.everyMs, () => void flush());
    },
    flush,
  };
}

function isUnknownBoot(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'unknown-boot';
}
