import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Model, Phone } from '../model/phone.ts';
import type { SettingValues } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';

export type PhoneDraft = {
  readonly mac: Mac;
  readonly model: string;
  readonly image?: string;
  readonly running?: string;
  readonly labels?: SettingValues;
  readonly settings?: SettingValues;
};

/** Why a draft is no phone: what was given, what is allowed. */
export class InventoryError extends Error {
  override readonly name = 'InventoryError';
}

export function familyOfModel(
  families: readonly PhoneFamily[],
  name: string,
): { readonly family: PhoneFamily; readonly model: Model } {
  for (const family of families) {
    const model = family.models.find((candidate) => candidate.name === name);
    if (model) return { family, model };
  }
  const known = families.flatMap((family) => family.models.map((model) => model.name));
  throw new InventoryError(`model "${name}" is not known; there are ${known.join(', ')}`);
}

/** A phone as it goes into the store, and what had to be mended. Throws InventoryError. */
export function phoneFrom(
  families: readonly PhoneFamily[],
  draft: PhoneDraft,
): { readonly phone: Phone; readonly findings: readonly Finding[] } {
  const { family, model } = familyOfModel(families, draft.model);
  const image = imageOf(family, draft.image);
  const running = imageOf(family, draft.running);
  const phone: Phone = {
    mac: draft.mac,
    family: family.id,
    model: model.name,
    labels: draft.labels ?? {},
    settings: draft.settings ?? {},
    ...(image && { image: image.canonical }),
    ...(running && { running: running.canonical }),
  };
  return { phone, findings: [...(image?.findings ?? []), ...(running?.findings ?? [])] };
}

function imageOf(family: PhoneFamily, name: string | undefined) {
  if (name === undefined) return undefined;
  const image = family.parseImage(name);
  if (!image) throw new InventoryError(`"${name}" is not an image name of ${family.id} phones`);
  return image;
}
