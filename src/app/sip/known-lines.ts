import { ownedLines, type OwnedLine } from '../../core/sip/owned-line.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { SettingLayer } from '../../model/settings.ts';
import type { Store } from '../../model/store.ts';

export type KnownLinesParts = {
  readonly store: Pick<Store, 'phoneList'>;
  readonly families: readonly PhoneFamily[];
  readonly layersFor: (phone: Phone) => readonly SettingLayer[];
  /** Milliseconds of any clock that never goes back. */
  readonly uptime: () => number;
};

/** Milliseconds that a reading of the inventory is good for; shorter for a line that it has not. */
const lasts = 5000;
const lastsForUnknown = 500;

/** The lines of the inventory by name, as they were a short while ago. */
export function openKnownLines(
  parts: KnownLinesParts,
): (user: string) => Promise<readonly OwnedLine[]> {
  const { store, families, layersFor, uptime } = parts;
  const ofPhone = new Map<
    string,
    { readonly text: string; readonly lines: readonly OwnedLine[] }
  >();
  let byUser: ReadonlyMap<string, readonly OwnedLine[]> = new Map();
  let readAt = -Infinity;
  let reading: Promise<void> | undefined;

  /** What changed since the last reading alone is worked out again. */
  function linesOf(phone: Phone): readonly OwnedLine[] {
    const text = JSON.stringify(phone);
    const known = ofPhone.get(phone.mac);
    if (known?.text === text) return known.lines;
    const family = families.find(({ id }) => id === phone.family);
    const lines = ownedLines(phone, family, layersFor(phone));
    ofPhone.set(phone.mac, { text, lines });
    return lines;
  }

  async function read(): Promise<void> {
    const startedAt = uptime();
    const phones = await store.phoneList();
    const macs = new Set<string>(phones.map(({ mac }) => mac));
    for (const mac of ofPhone.keys()) if (!macs.has(mac)) ofPhone.delete(mac);
    byUser = Map.groupBy(phones.flatMap(linesOf), ({ user }) => user);
    readAt = startedAt;
  }

  async function refreshed(maxAge: number): Promise<void> {
    if (uptime() - readAt < maxAge) return;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
  }

  return async (user) => {
    await refreshed(lasts);
    if (!byUser.has(user)) await refreshed(lastsForUnknown);
    return byUser.get(user) ?? [];
  };
}
