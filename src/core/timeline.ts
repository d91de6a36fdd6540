import type { BootEvent, BootRequest } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import { createEventQueue, isUnknownBoot } from './event-queue.ts';

/** Writes requests and events in batches, off the path on which phones wait. */
export type Timeline = {
  /**
   * The boot that a phone's program started in, with the events just before it; its id is on disk
   * when this resolves.
   */
  boot(mac: Mac, at: number): Promise<number>;
  add(bootId: number, request: BootRequest): void;
  /** What any other server saw of a phone, or told it; returns at once. */
  event(mac: Mac, event: BootEvent): void;
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
  const events = createEventQueue(store, options.most, onProblem);
  let waiting: Row[] = [];
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    if (!(await events.write())) soon(options.retryMs);
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
    soon(options.retryMs);
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

  function soon(ms: number): void {
    cancel ??= clock.after(ms, () => void flush());
  }

  return {
    async boot(mac, at) {
      if (events.has(mac)) await flush();
      return events.started(mac, at);
    },
    add(bootId, request) {
      waiting.push({ bootId, request });
      soon(options.everyMs);
    },
    event(mac, event) {
      events.add(mac, event);
      soon(options.everyMs);
    },
    flush,
  };
}
