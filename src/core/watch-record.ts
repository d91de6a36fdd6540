import type { Store } from '../model/store.ts';
import type { Watched } from '../model/watched.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';

/** Keeps on disk how far each phone was followed. */
export type WatchRecord = {
  /** Resolves when it is on disk. Phones that put while one is written share the next writing. */
  put(watched: Watched): Promise<void>;
  /** For what proves nothing by itself: on disk soon. */
  putLater(watched: Watched): undefined;
  flush(): Promise<void>;
};

/** `onProblem` hears of what `putLater` could not write; it goes with the next one. */
export function createWatchRecord(
  store: Pick<Store, 'watchedPut'>,
  clock: Clock,
  everyMs: number,
  onProblem: (error: unknown) => void,
): WatchRecord {
  let waiting = new Map<Mac, Watched>();
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    next = undefined;
    const some = waiting;
    waiting = new Map();
    if (some.size === 0) return;
    try {
      await store.watchedPut([...some.values()]);
    } catch (error) {
      waiting = new Map([...some, ...waiting]);
      throw error;
    }
  }

  function soon(): Promise<void> {
    cancel?.();
    cancel = undefined;
    next ??= writing.then(write, write);
    writing = next;
    return next;
  }

  return {
    put(watched) {
      waiting.set(watched.mac, watched);
      return soon();
    },
    putLater(watched) {
      waiting.set(watched.mac, watched);
      cancel ??= clock.after(everyMs, () => void soon().catch(onProblem));
    },
    flush: () => soon().catch(onProblem),
  };
}
