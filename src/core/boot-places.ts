import type { BootEvent } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { looksForAddress } from './address-search.ts';

/** The boot that each phone is in, so that events and requests of one boot stand together. */
export type BootPlaces = {
  /** A phone's program started: the boot that its address was asked for in, or a new one. */
  started(mac: Mac, at: number): Promise<number>;
  /** Where an event belongs: a phone that looks for an address is at the beginning of a boot. */
  placeOf(mac: Mac, event: BootEvent): Promise<number>;
  /** Begins at once the boots of all phones that the first of these events begin. */
  prepare(events: readonly { readonly mac: Mac; readonly event: BootEvent }[]): Promise<void>;
  /** Its boots are gone. */
  forget(mac: Mac): void;
};

type Place = {
  readonly id: number;
  /** Nothing but its address was seen in it so far. */
  readonly isOpening: boolean;
  /** It got an address in it. */
  readonly hasAddress: boolean;
  readonly lastAt: number;
};

/** A phone that got its address so long ago and only now asks for a file was switched on again. */
const joinsWithin = 10 * 60_000;

/** Knows `most` phones; of others the store says in which boot they were last. */
export function createBootPlaces(store: Store, most: number): BootPlaces {
  const places = new Map<Mac, Place>();

  function keep(mac: Mac, place: Place): number {
    places.delete(mac);
    places.set(mac, place);
    for (const oldest of places.keys()) {
      if (places.size <= most) break;
      places.delete(oldest);
    }
    return place.id;
  }

  async function begin(mac: Mac, at: number, isOpening: boolean): Promise<number> {
    const id = await store.bootStart(mac, at);
    return keep(mac, { id, isOpening, hasAddress: false, lastAt: at });
  }

  async function lastPlace(mac: Mac): Promise<Place | undefined> {
    return places.get(mac) ?? keptPlace(store, mac);
  }

  return {
    async started(mac, at) {
      const place = places.get(mac);
      const joins = place !== undefined && place.isOpening && at - place.lastAt <= joinsWithin;
      if (!joins) return begin(mac, at, false);
      return keep(mac, { ...place, isOpening: false, lastAt: at });
    },

    async placeOf(mac, event) {
      const { at } = event;
      const place = await lastPlace(mac);
      if (!place || isNew(place, event)) return begin(mac, at, true);
      const hasAddress = place.hasAddress || isAcknowledged(event);
      return keep(mac, { ...place, hasAddress, lastAt: Math.max(at, place.lastAt) });
    },

    async prepare(events) {
      const firsts = new Map<Mac, number>();
      const seen = new Set<Mac>();
      for (const { mac, event } of events) {
        if (seen.has(mac)) continue;
        seen.add(mac);
        if (isNew(await lastPlace(mac), event)) firsts.set(mac, event.at);
      }
      const boots = [...firsts].map(([mac, at]) => ({ mac, at }));
      const ids = await store.bootsStart(boots);
      for (const [index, { mac, at }] of boots.entries())
        keep(mac, { id: ids[index] ?? 0, isOpening: true, hasAddress: false, lastAt: at });
    },

    forget: (mac) => void places.delete(mac),
  };
}

async function keptPlace(store: Store, mac: Mac): Promise<Place | undefined> {
  const [boot] = await store.bootList(mac, 1);
  if (!boot) return undefined;
  const { id, requests, lastAt } = boot;
  return { id, isOpening: requests === 0, hasAddress: false, lastAt };
}

function isNew(place: Place | undefined, event: BootEvent): boolean {
  if (!place) return true;
  const isOver = !place.isOpening || place.hasAddress || event.at - place.lastAt > joinsWithin;
  return looksForAddress(event) && isOver;
}

function isAcknowledged({ happening }: BootEvent): boolean {
  return happening.kind === 'dhcp' && happening.dhcp.message === 'ack';
}
