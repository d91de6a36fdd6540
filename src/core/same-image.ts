import type { PhoneFamily } from '../model/family.ts';

/** Equal for the spellings of one image. A name that the family does not know is its own key. */
export function imageKey(family: Pick<PhoneFamily, 'parseImage'>, name: string): string {
  return family.parseImage(name)?.key ?? name;
}

export function sameImage(
  family: Pick<PhoneFamily, 'parseImage'>,
  one: string,
  other: string,
): boolean {
  return imageKey(family, one) === imageKey(family, other);
}
