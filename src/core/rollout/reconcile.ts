import type { RolloutPhone } from '../../model/rollout.ts';
import type { Store } from '../../model/store.ts';
import type { Sign } from './phone-events.ts';

/**
 * What the store says that a phone showed since it was asked: after a start of the server, and before
 * a phone is given up, nothing that is on disk may be overlooked.
 */
export async function signsInStore(
  store: Pick<Store, 'progressGet' | 'phoneGet' | 'bootList'>,
  phone: RolloutPhone,
  registeredAt: number | undefined,
): Promise<readonly Sign[]> {
  const { mac, askedAt = 0, image } = phone;
  const signs: Sign[] = [];
  const [boot] = await store.bootList(mac, 1);
  const bootedAt = phone.bootedAt ?? askedAt;
  if (boot && boot.startedAt > bootedAt) signs.push({ kind: 'booted' });
  const last = Math.max(bootedAt, boot?.startedAt ?? 0);
  const progress = await store.progressGet(mac);
  if (image !== undefined && progress && progress.updatedAt >= last)
    signs.push({ kind: 'progress', progress });
  if (registeredAt !== undefined && registeredAt > last) signs.push({ kind: 'registered' });
  return signs;
}
