import type { Clock } from '../../core/clock.ts';
import type { WhoIs } from '../../core/dhcp/who.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { DhcpSite } from '../../model/family-dhcp.ts';
import type { Phone } from '../../model/phone.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import { repeat } from '../repeat.ts';

/** The inventory as it was a short while ago: a DHCP server cannot read the store for each message. */
export type KnownPhones = {
  phoneOf(mac: Mac | undefined): Phone | undefined;
  readonly whoIs: WhoIs;
  stop(): void;
};

/** Milliseconds between two readings of the inventory. */
const reads = 5000;

export async function openKnownPhones(
  store: Store,
  families: readonly PhoneFamily[],
  clock: Clock,
  onProblem: (error: unknown) => void,
  readSite: () => Promise<DhcpSite> = () => Promise.resolve({ sip: [] }),
): Promise<KnownPhones> {
  let { phones, watched, site } = await read(store, families, readSite);

  async function readAgain(): Promise<void> {
    ({ phones, watched, site } = await read(store, families, readSite));
  }

  const phoneOf = (mac: Mac | undefined) => (mac === undefined ? undefined : phones.get(mac));
  return {
    phoneOf,
    whoIs(introduction) {
      const phone = phoneOf(introduction.mac);
      if (phone) {
        const family = families.find(({ id }) => id === phone.family);
        const state = { asker: introduction, phone, watched: watched.get(phone.mac) };
        const given = family?.dhcp.given?.(state, site) ?? [];
        return { model: phone.model, labels: phone.labels, given };
      }
      const claims = families.flatMap(({ dhcp }) => dhcp.identify(introduction) ?? []);
      // Families that are related may both claim a phone that names no model.
      const { model } = claims.find((claim) => claim.model !== undefined) ?? {};
      if (claims.length === 0) return undefined;
      const asked = { asker: introduction };
      const owner = families.find(({ dhcp }) => dhcp.given && dhcp.identify(introduction));
      const given = owner?.dhcp.given?.(asked, site) ?? [];
      return { labels: {}, given, ...(model !== undefined && { model }) };
    },
    stop: repeat(clock, reads, readAgain, onProblem),
  };
}

/** What families need to know of where their phones stand is read for those alone that ask for it. */
async function read(
  store: Store,
  families: readonly PhoneFamily[],
  readSite: () => Promise<DhcpSite>,
) {
  const list = await store.phoneList();
  const gives = new Set(families.filter(({ dhcp }) => dhcp.given).map(({ id }) => id));
  const watched = new Map<Mac, unknown>();
  for (const { mac, family } of list)
    if (gives.has(family)) watched.set(mac, (await store.watchedGet(mac))?.state);
  const phones: ReadonlyMap<Mac, Phone> = new Map(list.map((phone) => [phone.mac, phone]));
  return { phones, watched, site: await readSite() };
}
