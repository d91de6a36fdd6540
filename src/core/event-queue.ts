import type { BootEvent } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { createBootPlaces } from './boot-places.ts';

type Waiting = { readonly mac: Mac; readonly event: BootEvent };

/** Phones whose boot is known without asking the store. */
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
  let waiting: Waiting[] = [];

  /** In turn, as one event may begin the boot that the next belongs to. */
  async function append(taken: readonly Waiting[]): Promise<void> {
    const rows: { bootId: number; event: BootEvent }[] = [];
    for (const { mac, event } of taken)
      rows.push({ bootId: await places.placeOf(mac, event), event });
    await store.eventsAppend(rows);
  }

  /** Events of a phone that was removed meanwhile begin a boot of their own. */
  async function appendOneByOne(taken: readonly Waiting[]): Promise<void> {
    for (const { mac } of taken) places.forget(mac);
    for (const each of taken) await append([each]).catch(onProblem);
  }

  return {
    add(mac, event) {
      waiting.push({ mac, event });
      if (waiting.length > 2 * most) waiting = waiting.slice(-most);
    },
    started: (mac, at) => places.started(mac, at),
    has: (mac) => waiting.some((each) => each.mac === mac),
    async write() {
      const taken = waiting;
      waiting = [];
      if (taken.length === 0) return true;
      try {
        await append(taken);
        return true;
      } catch (error) {
        onProblem(error);
        if (isUnknownBoot(error)) await appendOneByOne(taken);
        else waiting = [...taken, ...waiting].slice(-most);
        return waiting.length === 0;
      }
    },
  };
}

/** The store has no such boot: its phone was removed meanwhile. */
export function isUnknownBoot(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'unknown-boot';
}
