import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import { modelMeant } from './inventory.ts';
import type { Standing } from './standing.ts';

/** All of them must hold; what is left out is not looked at. */
export type PhoneFilter = {
  readonly labels?: Readonly<Record<string, string>>;
  readonly model?: string;
  /** That it should run. */
  readonly image?: string;
  readonly state?: Standing;
};

/** Says whether a phone is meant. Models and images may be written as on the phone or its box. */
export function phoneFilter(
  families: readonly PhoneFamily[],
  { labels = {}, model, image, state }: PhoneFilter,
): (phone: Phone, standing: Standing) => boolean {
  const wantedModel = model === undefined ? undefined : (modelMeant(families, model) ?? model);
  const wantedLabels = Object.entries(labels);
  return (phone, standing) =>
    (wantedModel === undefined || phone.model === wantedModel) &&
    (state === undefined || standing === state) &&
    (image === undefined || phone.image === imageFor(families, phone, image)) &&
    wantedLabels.every(([name, value]) => hasLabel(phone, name, value));
}

/** Each family may write it otherwise. */
function imageFor(families: readonly PhoneFamily[], { family }: Phone, image: string): string {
  return families.find(({ id }) => id === family)?.parseImage(image)?.canonical ?? image;
}

/** A phone may be in several groups: `group=lobby,night` is in both. */
export function hasLabel({ labels }: Phone, name: string, value: string): boolean {
  const own = Object.hasOwn(labels, name) ? (labels[name] ?? '') : undefined;
  if (own === undefined || own === value) return own === value;
  return own.split(',').some((part) => part.trim() === value);
}
