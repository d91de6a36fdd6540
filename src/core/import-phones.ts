import type { PhoneFamily } from '../model/family.ts';
import type { ReadPhone } from '../model/import.ts';
import type { Phone } from '../model/phone.ts';
import type { SettingValues } from '../model/settings.ts';
import type { IsSecret } from './secrets.ts';
import type { Mac } from '../wire/mac.ts';
import { phoneChanges, type PhoneChange } from './inventory-changes.ts';

/** What became of a phone of the folder that is read in. */
export type PhoneReport = { readonly mac: Mac } & (
  | { readonly result: 'added' | 'unchanged'; readonly phone: Phone }
  | {
      readonly result: 'changed';
      readonly phone: Phone;
      readonly changes: readonly PhoneChange[];
    }
  | { readonly result: 'refused'; readonly why: string }
);

export type PhoneOptions = {
  readonly known: ReadonlyMap<Mac, Phone>;
  readonly isSecret: IsSecret;
  /** For phones whose files do not tell, in the order in which they are tried. */
  readonly models: readonly string[];
  /** Changes phones that are known. */
  readonly replace: boolean;
};

/** A phone for the store; `more` are settings that it has where its files say nothing. */
export function reportPhone(
  read: ReadPhone,
  family: PhoneFamily,
  more: SettingValues,
  { known, models, replace, isSecret }: PhoneOptions,
): PhoneReport {
  const { mac, image } = read;
  const before = known.get(mac);
  const model = read.models.length === 1 ? read.models[0] : modelOf(read, before, models);
  if (model === undefined) return { mac, result: 'refused', why: modelMissing(read) };
  const phone: Phone = {
    ...{ mac, family: family.id, model },
    ...(image !== undefined && { image }),
    ...(before?.running !== undefined && { running: before.running }),
    labels: before?.labels ?? {},
    settings: { ...more, ...read.settings },
  };
  if (!before) return { mac, result: 'added', phone };
  const changes = phoneChanges(before, phone, isSecret);
  if (changes.length === 0) return { mac, result: 'unchanged', phone };
  if (replace) return { mac, result: 'changed', phone, changes };
  const why = `it is in the workspace already with other settings: --replace changes it`;
  return { mac, result: 'refused', why };
}

function modelOf(
  { models: fitting }: ReadPhone,
  before: Phone | undefined,
  asked: readonly string[],
): string | undefined {
  const known = before === undefined ? [] : [before.model];
  return [...known, ...asked].find((model) => fitting.includes(model));
}

function modelMissing({ models }: ReadPhone): string {
  if (models.length === 0) return 'it is of no model that is known here';
  return `its files do not tell the model: say --model and one of ${models.join(', ')}`;
}
