import type { Finding } from '../../../model/finding.ts';
import {
  type KnownKey,
  parameterLookup,
  type ParameterLookup,
} from '../../../model/parameter-lookup.ts';
import { looksSecret } from '../../../model/secret-names.ts';
import { valueProblem } from '../../../model/parameter-value.ts';
import type { Parameter, ParameterTable } from '../../../model/parameter.ts';
import type { Origin, WrittenValue } from '../../../model/render.ts';
import { settingScopes, type EffectiveSettings } from '../../../model/settings.ts';

export type SettingOrigin = Extract<Origin, { kind: 'setting' }>;

/** A setting as one of the family's tables knows it. */
export type KnownSetting = KnownKey & {
  /** Id of that table. */
  readonly table: string;
  /** Blanks and `UNPROVISIONED` are '': the phone forgets what it had. */
  readonly value: string;
  readonly origin: SettingOrigin;
};

export type KnownSettings = {
  /** By the key as the tables write it. */
  readonly byKey: ReadonlyMap<string, KnownSetting>;
  /** Settings that no table has, and those given under two names. */
  readonly findings: readonly Finding[];
};

/** A table, ready to be searched. */
export type TableLookup = { readonly id: string; readonly lookup: ParameterLookup };

export function tableLookup(table: ParameterTable): TableLookup {
  return { id: table.id, lookup: parameterLookup(table) };
}

/** What the operator set, by the keys of the first table that has each. */
export function knownSettings(
  settings: EffectiveSettings,
  tables: readonly TableLookup[],
): KnownSettings {
  const byKey = new Map<string, KnownSetting>();
  const findings: Finding[] = [];
  for (const [name, { value, from }] of settings) {
    const origin: SettingOrigin = { kind: 'setting', name, scope: from.scope, of: from.name };
    const known = firstFound(name, tables);
    if (!known || known.parameter.place === 'menu') {
      findings.push(known ? menuSetting(origin) : unknownSetting(origin));
      continue;
    }
    const setting = { ...known, value: isCleared(value) ? '' : value, origin };
    const other = byKey.get(known.key);
    if (other) findings.push(givenTwice(other, setting));
    if (!other || rank(origin) >= rank(other.origin)) byKey.set(known.key, setting);
  }
  return { byKey, findings };
}

function firstFound(name: string, tables: readonly TableLookup[]) {
  for (const { id, lookup } of tables) {
    const known = lookup.find(name);
    if (known) return { ...known, table: id };
  }
  return undefined;
}

function isCleared(value: string): boolean {
  return /^(unprovisioned)?$/i.test(value.trim());
}

function rank({ scope }: SettingOrigin): number {
  return settingScopes.indexOf(scope);
}

/** `"tos_media" of site berlin` */
export function wordsFor({ name, scope, of }: SettingOrigin): string {
  if (scope === 'fleet') return `"${name}" of the fleet`;
  return scope === 'phone' ? `"${name}" of the phone` : `"${name}" of ${scope} ${of}`;
}

function unknownSetting(origin: SettingOrigin): Finding {
  return {
    code: 'unknown-setting',
    severity: 'warning',
    text: `${wordsFor(origin)} is no parameter of these phones`,
    consequence: 'It is not written into any file.',
    cure: 'Mend its name, or set it for the models that know it.',
  };
}

function menuSetting(origin: SettingOrigin): Finding {
  return {
    code: 'menu-only-setting',
    severity: 'warning',
    text: `${wordsFor(origin)} can be set on the phone only`,
    consequence: 'It is not written into any file.',
    cure: 'Set it in the menu of the phone.',
  };
}

/** For a parameter that names the image: it is the phone's plan that does. */
export function imageInSettings({ origin }: KnownSetting): Finding {
  return {
    code: 'image-in-settings',
    severity: 'warning',
    text: `${wordsFor(origin)}: the image is named by the phone's plan`,
    consequence: 'It is not written into any file.',
    cure: 'Remove it and say: phone set MAC --image IMAGE',
  };
}

function givenTwice(a: KnownSetting, b: KnownSetting): Finding {
  const [used, lost] = rank(b.origin) >= rank(a.origin) ? [b, a] : [a, b];
  return {
    code: 'setting-given-twice',
    severity: 'warning',
    text: `${wordsFor(lost.origin)} and ${wordsFor(used.origin)} are both ${used.key}`,
    consequence: `The value of ${wordsFor(used.origin)} is written.`,
    cure: 'Remove one of them.',
  };
}

/** A value that phones may not take, written all the same. */
export function badSetting({ parameter, key, value, origin }: KnownSetting, form: string): Finding {
  const shown = isSecret(parameter, key) ? 'its value' : `"${value}"`;
  return {
    code: 'bad-setting-value',
    severity: 'warning',
    text: `${wordsFor(origin)}: ${shown} is not ${form}`,
    consequence: 'Phones ignore it or take their default.',
    cure: `Write ${form}.`,
  };
}

/** As the table spells it, and a finding where it is none of the values that the table allows. */
export function spelled(setting: KnownSetting): {
  readonly value: string;
  readonly findings: readonly Finding[];
} {
  const value = inTableSpelling(setting.parameter, setting.value);
  const form = valueProblem(setting.parameter, value);
  return { value, findings: form === undefined ? [] : [badSetting(setting, form)] };
}

function inTableSpelling({ type }: Parameter, value: string): string {
  if (type.kind !== 'choice' || type.anyCase !== true) return value;
  const plain = value.toLowerCase();
  return type.values.find(([allowed]) => allowed.toLowerCase() === plain)?.[0] ?? value;
}

export function isSecret({ secret }: Parameter, key: string): boolean {
  return secret === true || looksSecret(key);
}

export function written(
  { parameter, origin }: KnownSetting,
  key: string,
  value: string,
): WrittenValue {
  return { key, value, origin, ...(isSecret(parameter, key) && { secret: true }) };
}
