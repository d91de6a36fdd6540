import type { Finding } from '../model/finding.ts';
import { nearestWord } from '../model/nearest-word.ts';
import { parameterLookup, type ParameterLookup } from '../model/parameter-lookup.ts';
import { valueProblem } from '../model/parameter-value.ts';
import { looksSecret } from '../model/secret-names.ts';
import type { ParameterTable } from '../model/parameter.ts';
import type { SettingValues } from '../model/settings.ts';
import { withoutNumbers } from './find-parameter.ts';

/** Says what is wrong with settings; made once for many. */
export type SettingChecker = (values: SettingValues) => readonly Finding[];

/**
 * What is wrong with settings before they are written into any file. A setting is right when one of
 * the tables knows its name and would take its value.
 */
export function settingProblems(
  tables: readonly ParameterTable[],
  values: SettingValues,
): readonly Finding[] {
  return settingChecker(tables)(values);
}

export function settingChecker(tables: readonly ParameterTable[]): SettingChecker {
  const lookups = tables.map(parameterLookup);
  return (values) =>
    Object.entries(values).flatMap(([name, value]) => problemOf(name, value, lookups));
}

function problemOf(
  name: string,
  value: string,
  lookups: readonly ParameterLookup[],
): readonly Finding[] {
  const key = withoutNumbers(name);
  const known = lookups.flatMap((lookup) => lookup.find(key) ?? []);
  if (known.length === 0) return [unknownSetting(name, key, lookups)];
  const inFiles = known.filter(({ parameter }) => parameter.place !== 'menu');
  if (inFiles.length === 0) return [menuSetting(name)];
  const wanted = inFiles.map(({ parameter }) => valueProblem(parameter, plain(value)));
  const [first] = wanted;
  if (first === undefined || wanted.includes(undefined)) return [];
  const hidden = looksSecret(name) || inFiles.some(({ parameter }) => parameter.secret);
  return [badValue(name, hidden ? 'its value' : `"${value}"`, first)];
}

/** The word by which files say that a parameter has no value is right for all of them. */
function plain(value: string): string {
  return /^\s*(unprovisioned)?\s*$/i.test(value) ? '' : value;
}

function unknownSetting(name: string, key: string, lookups: readonly ParameterLookup[]): Finding {
  const keys = lookups.flatMap((lookup) => lookup.keys);
  const meant = nearestWord(key, keys) ?? keys.find((known) => known.endsWith(`/${key}`));
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
  return {
    code: 'unknown-setting',
    severity: 'warning',
    text: `"${name}" is no parameter of these phones${hint}`,
    consequence: 'It is not written into any file.',
    cure: meant === undefined ? 'Remove it or mend its name.' : `Write ${meant}.`,
  };
}

function menuSetting(name: string): Finding {
  return {
    code: 'menu-only-setting',
    severity: 'warning',
    text: `"${name}" can be set on the phone only`,
    consequence: 'It is not written into any file.',
    cure: 'Set it in the menu of the phone.',
  };
}

function badValue(name: string, value: string, form: string): Finding {
  return {
    code: 'bad-setting-value',
    severity: 'warning',
    text: `"${name}": ${value} is not ${form}`,
    consequence: 'Phones ignore it or take their default.',
    cure: `Write ${form}.`,
  };
}
