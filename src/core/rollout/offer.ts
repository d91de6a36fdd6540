import type { Phone } from '../../model/phone.ts';
import type { BeforeRollout, RolloutPhone } from '../../model/rollout.ts';
import type { Store, WantedChange } from '../../model/store.ts';

type OfferStore = Pick<Store, 'wantedPut' | 'progressGet' | 'progressDelete'>;

/** What of the phone the rollout will change, as it is before. */
export function beforeOf(member: RolloutPhone, phone: Phone): BeforeRollout {
  const names = Object.keys(member.settings ?? {});
  const own = names.flatMap((name) => {
    const value = Object.hasOwn(phone.settings, name) ? phone.settings[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  const settings = Object.fromEntries(own);
  return { settings, ...(phone.image !== undefined && { image: phone.image }) };
}

/** From now on the phone gets the change when it next starts. Doing it twice is doing it once. */
export async function offer(store: OfferStore, member: RolloutPhone): Promise<void> {
  const { mac, image, settings } = member;
  if (image === undefined && settings === undefined) return;
  await store.wantedPut(mac, {
    ...(image !== undefined && { image }),
    ...(settings && { settings }),
  });
  if (image === undefined) return;
  const progress = await store.progressGet(mac);
  // A plan that has stopped is tried again because a person wants it so.
  if (progress?.state === 'stopped') await store.progressDelete(mac);
}

/** The phone shall be as before: it was not asked after all. */
export async function withdraw(
  store: OfferStore,
  { mac, image, settings }: RolloutPhone,
  before: BeforeRollout,
): Promise<void> {
  const names = Object.keys(settings ?? {});
  const old = names.map((name) => [name, before.settings[name] ?? null] as const);
  const change: WantedChange = {
    ...(image !== undefined && { image: before.image ?? null }),
    ...(settings && { settings: Object.fromEntries(old) }),
  };
  if (image !== undefined || settings) await store.wantedPut(mac, change);
}
