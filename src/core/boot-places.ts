import type { BootEvent } from '../model/boot.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';

/** The boot that each phone is in, so that events and requests of one boot stand together. */
export type BootPlaces = {
  /** A phone's program started: the boot that its address was asked for in, or a new one. */
  started(mac: Mac, at: number): Promise<number>;
  /** Where an event belongs: a phone that looks for an address is at the beginning of a boot. */
  placeOf(mac: Mac, event: BootEvent): Promise<number>;
  /** Its boots are gone. */
  forget(mac: Mac): void;
};

type Place = {
  readonly id: number;
  /** Nothing but its address was seen in it so far. */
  readonly isOpening: boolean;
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
    return keep(mac, { id: await store.bootStart(mac, at), isOpening, lastAt: at });
  }

  async function lastPlace(mac: Mac): Promise<Place | undefined> {
    const known = places.get(mac);
    if (known) return known;
    const [boot] = await store.bootList(mac, 1);
    return boot && { id: boot.id, isOpening: boot.requests === 0, lastAt: boot.lastAt };
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
      const isStale = place !== undefined && at - place.lastAt > joinsWithin;
      if (!place) return begin(mac, at, true);
      if (isFirst(event) && (!place.isOpening || isStale)) return begin(mac, at, true);
      return keep(mac, { ...place, lastAt: Math.max(at, place.lastAt) });
    },

    forget: (mac) => void places.delete(mac),
  };
}

/** A phone that has an address does not look for one. RFC 2131 section 4.4.1. */
function isFirst({ happening }: BootEvent): boolean {
  return happening.kind === 'dhcp' && happening.dhcp.message === 'discover';
}
