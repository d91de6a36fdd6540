import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { ImageName } from '../model/firmware.ts';
import { modelNamed } from '../model/model-name.ts';
import { nearestWord } from '../model/nearest-word.ts';
import type { Model, Phone } from '../model/phone.ts';
import type { SettingValues } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';
import { settingProblems } from './setting-problems.ts';

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
  const near = nearestWord(name, known);
  const hint = near === undefined ? '; there are' : `; did you mean "${near}"? There are`;
  throw new InventoryError(`model "${name}" is not known${hint} ${known.join(', ')}`);
}

/** As `modelNamed`, over the models of all families. */
export function modelMeant(families: readonly PhoneFamily[], text: string): string | undefined {
  return modelNamed(
    families.flatMap((family) => family.models.map(({ name }) => name)),
    text,
  );
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
  const named = [image, running].filter((name) => name !== undefined);
  const mended = named.flatMap((name) => name.findings);
  const unfit = named.flatMap(({ canonical }) => family.imageProblem?.(canonical, model) ?? []);
  return { phone, findings: [...mended, ...unfit] };
}

/** What is wrong with a part of a draft: `model`, `image`, `running`, `label:NAME` or a setting. */
export type DraftProblem = {
  readonly field: string;
  readonly text: string;
  /** It may be taken all the same: what is not known here need not be wrong. */
  readonly forgivable: boolean;
};

/** All that is wrong with a draft; of its settings only those of these names are looked at. */
export function draftProblems(
  families: readonly PhoneFamily[],
  draft: PhoneDraft,
  settings: readonly string[] = Object.keys(draft.settings ?? {}),
): readonly DraftProblem[] {
  const labels = Object.keys(draft.labels ?? {}).flatMap(labelProblem);
  const family = familyOrProblem(families, draft.model);
  if (typeof family === 'string')
    return [{ field: 'model', text: family, forgivable: false }, ...labels];
  const images = (['image', 'running'] as const).flatMap((field) => {
    const name = draft[field];
    if (name === undefined || family.parseImage(name)) return [];
    return [{ field, text: noImage(family, name), forgivable: false }];
  });
  return [...images, ...labels, ...settingsProblems(family, draft, settings)];
}

function familyOrProblem(families: readonly PhoneFamily[], model: string): PhoneFamily | string {
  try {
    return familyOfModel(families, model).family;
  } catch (error) {
    if (!(error instanceof InventoryError)) throw error;
    return error.message;
  }
}

function labelProblem(name: string): readonly DraftProblem[] {
  if (/^[\w.-]+$/.test(name)) return [];
  const text = `label "${name}": a name has letters, digits, "_", "-" and "." only`;
  return [{ field: `label:${name}`, text, forgivable: false }];
}

function settingsProblems(
  { parameters }: PhoneFamily,
  { settings = {} }: PhoneDraft,
  names: readonly string[],
): readonly DraftProblem[] {
  const given = names.flatMap((name) => {
    const value = settings[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // Tables are made ready to be searched by each call, and most phones have no problem.
  if (settingProblems(parameters, Object.fromEntries(given)).length === 0) return [];
  return given.flatMap(([field, value]) => {
    const problems = settingProblems(parameters, Object.fromEntries([[field, value]]));
    return problems.map(({ text }) => ({ field, text, forgivable: true }));
  });
}

function noImage({ id }: PhoneFamily, name: string): string {
  return `"${name}" is not an image name of ${id} phones`;
}

/** Throws InventoryError for what is no image name of the family. */
export function imageOf(family: PhoneFamily, name: string): ImageName;
export function imageOf(family: PhoneFamily, name: string | undefined): ImageName | undefined;
export function imageOf(family: PhoneFamily, name: string | undefined): ImageName | undefined {
  if (name === undefined) return undefined;
  const image = family.parseImage(name);
  if (!image) throw new InventoryError(noImage(family, name));
  return image;
}
