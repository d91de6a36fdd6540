import type { PhoneFamily } from '../model/family.ts';
import type { ImportedTree } from '../model/import.ts';
import type { TreeFile } from '../model/lint.ts';
import type { Phone } from '../model/phone.ts';
import type { SettingValues } from '../model/settings.ts';
import { reportFiles, type FileOptions, type FileReport } from './import-files.ts';
import { reportPhone, type PhoneOptions, type PhoneReport } from './import-phones.ts';

/** Settings of the workspace file: of the fleet, or of a model. */
export type ScopeSettings = {
  /** Undefined for the fleet. */
  readonly model?: string;
  readonly values: SettingValues;
};

export type TreeImport = {
  readonly phones: readonly PhoneReport[];
  readonly files: readonly FileReport[];
  /** What the workspace file gets in addition. */
  readonly settings: readonly ScopeSettings[];
  /** Settings for all phones that the workspace file has otherwise: the phones got them. */
  readonly conflicts: readonly string[];
};

export type TreeImportOptions = FileOptions &
  PhoneOptions & {
    /** As the workspace file has them. */
    readonly fleet: SettingValues;
    readonly ofModel: (model: string) => SettingValues;
  };

type OfFamily = { readonly family: PhoneFamily; readonly tree: ImportedTree };

/** What a folder that a TFTP server has served makes of a workspace. Changes nothing. */
export function importTree(files: readonly TreeFile[], options: TreeImportOptions): TreeImport {
  const { families, models } = options;
  const once = files.map(readOnce);
  const read = families.map((family) => ({ family, tree: family.importTree(once, { models }) }));
  const made = read.map((each) => ofFamily(each, read, options));
  const paths = files.map(({ path }) => path);
  const trees = read.map(({ tree }) => tree);
  return {
    phones: withoutTwins(made.flatMap(({ phones }) => phones)),
    files: reportFiles(paths, trees, options),
    settings: made.flatMap(({ settings }) => settings),
    conflicts: made.flatMap(({ conflicts }) => conflicts),
  };
}

/** Several families look into a file. */
function readOnce(file: TreeFile): TreeFile {
  let bytes: Uint8Array | undefined;
  return { ...file, read: (most) => (bytes ??= file.read()).subarray(0, most) };
}

function ofFamily(
  { family, tree }: OfFamily,
  all: readonly OfFamily[],
  options: TreeImportOptions,
): Omit<TreeImport, 'files'> {
  const { known, fleet, ofModel } = options;
  const isOther = ({ family: other, tree: { phones } }: OfFamily) =>
    other !== family && phones.length > 0;
  const withOthers =
    all.some(isOther) || [...known.values()].some((phone) => phone.family !== family.id);
  const wanted = Object.entries(tree.settings);
  const there = withOthers ? family.models.map(({ name }) => ofModel(name)) : [fleet];
  const conflicts = wanted.filter(([key, value]) =>
    there.some((values) => Object.hasOwn(values, key) && values[key] !== value),
  );
  const names = conflicts.map(([key]) => key);
  const more = Object.fromEntries(conflicts);
  const common = wanted.filter(([key]) => !names.includes(key));
  const scopes = withOthers ? family.models.map(({ name }) => name) : [undefined];
  return {
    phones: tree.phones.map((phone) => reportPhone(phone, family, more, options)),
    settings: scopes.flatMap((model, index) => addition(common, there[index] ?? {}, model)),
    conflicts: names,
  };
}

function addition(
  common: readonly (readonly [key: string, value: string])[],
  there: SettingValues,
  model: string | undefined,
): readonly ScopeSettings[] {
  const values = common.filter(([key]) => !Object.hasOwn(there, key));
  if (values.length === 0) return [];
  return [{ ...(model !== undefined && { model }), values: Object.fromEntries(values) }];
}

/** A MAC is of one phone: where files of two families are there for it, only a person can tell. */
function withoutTwins(phones: readonly PhoneReport[]): readonly PhoneReport[] {
  const byMac = Map.groupBy(phones, ({ mac }) => mac);
  return [...byMac].map(([mac, [first, second]]) =>
    first && !second ? first : { mac, result: 'refused', why: twinsWhy },
  );
}

const twinsWhy = 'its files are of different kinds of phones: remove those that are not in use';

/** Those that are to be stored. */
export function storedPhones({ phones }: TreeImport): readonly Phone[] {
  return phones.flatMap((each) =>
    each.result === 'added' || each.result === 'changed' ? [each.phone] : [],
  );
}
