import type { Phone } from '../model/phone.ts';
import type { WantedChange } from '../model/store.ts';

export function withWanted(phone: Phone, { image, settings: change = {} }: WantedChange): Phone {
  const { image: before, ...rest } = phone;
  const wanted = image === undefined ? before : image;
  const all: Readonly<Record<string, string | null>> = { ...phone.settings, ...change };
  const settings = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
  return { ...rest, settings, ...(typeof wanted === 'string' && { image: wanted }) };
}
