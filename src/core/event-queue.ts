import type { BootEvent } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { createBootPlaces } from './boot-places.ts';
import { createBootRepeats } from './boot-repeats.ts';

type Waiting = { readonly mac: Mac; readonly event: BootEvent };

/** Phones whose boot is known without asking the store, and boots whose repeats are. */
const mostPlaces = 100_000;

/** Events that wait to be written, at most `most`, the newest. */
export type EventQueue = {
  add(mac: Mac, event: BootEvent): void;
  /** The boot that a phone's program started in, of what is written already. */
  started(mac: Mac, at: number): Promise<number>;
  has(mac: Mac): boolean;
  /** False when they could not be written and wait for the next time. */
  write(): Promise<boolean>;
};

export function createEventQueue(
  store: Store,
  most: number,
  onProblem: (error: unknown) => void,
): EventQueue {
  const places = createBootPlaces(store, mostPlaces);
  const repeats = createBootRepeats(mostPlaces);
  let waiting: Waiting[] = [];
  let inHand: readonly Waiting[] = [];

  /** In turn, as one event may begin the boot that the next belongs to. */
  async function append(taken: readonly Waiting[]): Promise<void> {
    await places.prepare(taken);
    const rows: { bootId: number; event: BootEvent }[] = [];
    for (const { mac, event } of taken) {
      const bootId = await places.placeOf(mac, event);
      if (!repeats.isRepeat(bootId, event)) rows.push({ bootId, event });
    }
    try {
      await store.eventsAppend(rows);
    } catch (error) {
      for (const { bootId } of rows) repeats.forget(bootId);
      // The next try starts from what the store has.
      for (const { mac } of taken) places.forget(mac);
      throw error;
    }
  }

  /** Events of a phone that was removed meanwhile begin a boot of their own. */
  async function appendOneByOne(taken: readonly Waiting[]): Promise<void> {
    for (const each of taken) await append([each]).catch(onProblem);
  }

  return {
    add(mac, event) {
      waiting.push({ mac, event });
      if (waiting.length > 2 * most) waiting = waiting.slice(-most);
    },
    started: (mac, at) => places.started(mac, at),
    has: (mac) => [inHand, waiting].some((list) => list.some((each) => each.mac === mac)),
    async write() {
      const taken = waiting;
      waiting = [];
      if (taken.length === 0) return true;
      inHand = taken;
      try {
        await append(taken);
        return true;
      } catch (error) {
        onProblem(error);
        if (isUnknownBoot(error)) await appendOneByOne(taken);
        else waiting = [...taken, ...waiting].slice(-most);
        return waiting.length === 0;
      } finally {
        inHand = [];
      }
    },
  };
}

/** The store has no such boot: its phone was removed meanwhile. */
export function isUnknownBoot(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'unknown-boot';
}
