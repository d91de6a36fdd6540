import type { Phone } from '../../model/phone.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { RolloutTarget } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { phoneFilter } from '../phone-filter.ts';
import { sameImage } from '../same-image.ts';

/** The phones that are meant, and MACs of the list that are no phones of the workspace. */
export function phonesMeant(
  families: readonly PhoneFamily[],
  { labels = {}, model, running, site, macs }: RolloutTarget,
  phones: readonly Phone[],
): { readonly phones: readonly Phone[]; readonly unknown: readonly Mac[] } {
  const wanted = { ...labels, ...(site !== undefined && { site }) };
  const isMeant = phoneFilter(families, { labels: wanted, ...(model !== undefined && { model }) });
  const listed = macs && new Set(macs);
  const runsIt = (phone: Phone) => {
    if (running === undefined) return true;
    const family = families.find(({ id }) => id === phone.family);
    return phone.running !== undefined && !!family && sameImage(family, phone.running, running);
  };
  const known = new Set(phones.map(({ mac }) => mac));
  return {
    phones: phones.filter(
      (phone) => (listed?.has(phone.mac) ?? true) && isMeant(phone, 'none') && runsIt(phone),
    ),
    unknown: (macs ?? []).filter((mac) => !known.has(mac)),
  };
}
