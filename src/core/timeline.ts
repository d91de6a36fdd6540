import type { BootEvent, BootRequest } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { createBootPlaces } from './boot-places.ts';
import type { Clock } from './clock.ts';

/** Writes requests and events in batches, off the path on which phones wait. */
export type Timeline = {
  /** The boot that a phone's program started in; its id is on disk when this resolves. */
  boot(mac: Mac, at: number): Promise<number>;
  add(bootId: number, request: BootRequest): void;
  /** What any other server saw of a phone, or told it; returns at once. */
  event(mac: Mac, event: BootEvent): void;
  /** Resolves when all that was added is on disk, or waits for the next try. */
  flush(): Promise<void>;
};

type Row = { readonly bootId: number; readonly request: BootRequest };
type Waiting = { readonly mac: Mac; readonly event: BootEvent };

/** Phones whose boot is known without asking the store. */
const mostPlaces = 100_000;

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
  const places = createBootPlaces(store, mostPlaces);
  let waiting: Row[] = [];
  let events: Waiting[] = [];
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    await writeEvents();
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

  /** In turn, as one event may begin the boot that the next belongs to. */
  async function writeEvents(): Promise<void> {
    const taken = events;
    events = [];
    if (taken.length === 0) return;
    try {
      const rows: { bootId: number; event: BootEvent }[] = [];
      for (const { mac, event } of taken)
        rows.push({ bootId: await places.placeOf(mac, event), event });
      await store.eventsAppend(rows);
    } catch (error) {
      onProblem(error);
      if (isUnknownBoot(error)) return writeOneByOne(taken);
      events = [...taken, ...events].slice(-options.most);
      cancel ??= clock.after(options.retryMs, () => void flush());
    }
  }

  /** Events of a phone that was removed meanwhile begin a boot of their own. */
  async function writeOneByOne(taken: readonly Waiting[]): Promise<void> {
    for (const { mac } of taken) places.forget(mac);
    for (const { mac, event } of taken)
      await places
        .placeOf(mac, event)
        .then((bootId) => store.eventsAppend([{ bootId, event }]))
        .catch(onProblem);
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

  function soon(): void {
    cancel ??= clock.after(options.everyMs, () => void flush());
  }

  return {
    async boot(mac, at) {
      // What came before the phone's first request is at the beginning of this boot.
      if (events.some((each) => each.mac === mac)) await flush();
      return places.started(mac, at);
    },
    add(bootId, request) {
      waiting.push({ bootId, request });
      soon();
    },
    event(mac, event) {
      events.push({ mac, event });
      if (events.length > options.most) events = events.slice(-options.most);
      soon();
    },
    flush,
  };
}

function isUnknownBoot(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'unknown-boot';
}
