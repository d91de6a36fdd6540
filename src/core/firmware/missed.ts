import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { PhoneEvent } from '../follower.ts';
import type { Open } from '../opens.ts';
import { imageKey } from '../same-image.ts';
import { ordersFor, plainPath, samePath, type Tree } from '../view.ts';

/** Tells of firmware that phones ask for and the library lacks. */
export type Missed = (open: Open) => Promise<void>;

export type MissedParts = {
  readonly store: Pick<Store, 'progressGet'>;
  readonly families: readonly PhoneFamily[];
  readonly library: Tree;
  readonly clock: Pick<Clock, 'now'>;
  readonly onEvent: (event: PhoneEvent) => void;
};

/** A phone that asks for more names than this has gone astray. */
const mostNames = 64;

/** Each file once for each phone, until it was there; phones ask again and again. */
export function createMissed(parts: MissedParts): Missed {
  const told = new Map<Mac, Set<string>>();

  function isNews(mac: Mac, name: string): boolean {
    const names = told.get(mac) ?? new Set();
    told.set(mac, names);
    if (names.has(name) || names.size >= mostNames) return false;
    names.add(name);
    return true;
  }

  return async ({ asking, phone, found }) => {
    const family = parts.families.find(({ id }) => id === phone?.family);
    if (!phone || family?.isFirmware(asking.path) !== true) return;
    const name = samePath(asking.path);
    if (found) return void told.get(phone.mac)?.delete(name);
    if (await isHidden(parts, phone, family, name)) return;
    if (!isNews(phone.mac, name)) return;
    const path = plainPath(asking.path);
    const other = await otherName(parts.library, family, path);
    const hint = other === undefined ? '' : `; it has ${other}, the same release`;
    const text = `asks for ${path}, which the library lacks${hint}`;
    parts.onEvent({ kind: 'news', mac: phone.mac, at: parts.clock.now(), text });
  };
}

/** The step wants the phone not to find it. */
async function isHidden(
  { store }: MissedParts,
  phone: Phone,
  family: PhoneFamily,
  name: string,
): Promise<boolean> {
  const { absent } = ordersFor(phone, family, await store.progressGet(phone.mac));
  return absent.some((path) => samePath(path) === name);
}

/** A file of the library of the same kind and release, in another spelling. */
async function otherName(
  library: Tree,
  family: PhoneFamily,
  path: string,
): Promise<string | undefined> {
  const image = family.firmware.imageOf(path);
  const names = image === undefined ? [] : ((await library.list?.()) ?? []);
  const key = imageKey(family, image ?? '');
  return names.find((name) => {
    const own = family.firmware.imageOf(name);
    return (
      own !== undefined && extensionOf(name) === extensionOf(path) && imageKey(family, own) === key
    );
  });
}

function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.')).toLowerCase();
}
