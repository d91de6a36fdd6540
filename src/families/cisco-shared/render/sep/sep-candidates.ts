import type { Finding } from '../../../../model/finding.ts';
import type { ParameterLookup } from '../../../../model/parameter-lookup.ts';
import type { Parameter } from '../../../../model/parameter.ts';
import { settingScopes } from '../../../../model/settings.ts';
import {
  type KnownSetting,
  type SettingOrigin,
  spelled,
  type TableLookup,
  wordsFor,
} from '../../../shared/render/known-settings.ts';
import { commonWord, dateTemplate } from './common-words.ts';
import { linePath, memberPath, numberedPath, parseSepPath, repeatedIn } from './sep-paths.ts';

/** A value for one path, and the setting that it comes from. */
export type Candidate = {
  /** With the number of a repeated element. */
  readonly path: string;
  readonly value: string;
  readonly parameter: Parameter;
  readonly origin: SettingOrigin;
  /** The operator named the element, not a parameter of the 7940/7960. */
  readonly direct: boolean;
  /** The setting is for all elements of this kind. */
  readonly spread?: true;
};

export type Candidates = {
  readonly byPath: ReadonlyMap<string, Candidate>;
  readonly findings: readonly Finding[];
};

/**
 * What settings say of elements: by their paths, and by the parameters of the 7940/7960 that mean
 * the same. The most specific wins; of two of one scope the path.
 */
export function candidatesFor(
  settings: Iterable<KnownSetting>,
  sep: TableLookup,
  words: Pick<TableLookup, 'id'>,
): Candidates {
  const byPath = new Map<string, Candidate>();
  const findings: Finding[] = [];
  const all = [...settings];
  const offer = (setting: KnownSetting, path: string, value: string | undefined) => {
    const found = value === undefined ? undefined : sep.lookup.find(path);
    if (value === undefined || !found) {
      findings.push(untranslatable(setting));
      return;
    }
    const as = spelled({ ...setting, parameter: found.parameter, value: value.trim() });
    const direct = setting.table === sep.id;
    const { parameter } = found;
    if (as.value === '' && parameter.required !== undefined) {
      if (direct) findings.push(emptyRequired(setting));
      return;
    }
    const candidate = { path, value: as.value, parameter, origin: setting.origin, direct };
    const before = byPath.get(path);
    if (before && !isStronger(candidate, before)) return;
    byPath.set(path, candidate);
    findings.push(...as.findings);
  };
  for (const setting of all) {
    if (setting.table === sep.id) offer(setting, setting.key, setting.value);
    const word = setting.table === words.id && commonWord(setting.parameter.name, setting.index);
    if (word) offer(setting, word.path, word.to(setting.value));
  }
  offerDate(all, words, sep.lookup, offer);
  return { byPath: spreadOut(byPath), findings };
}

/**
 * What is said of all lines, servers, … for each that is there. There is always a first one of
 * what is neither line nor server.
 */
function spreadOut(byPath: ReadonlyMap<string, Candidate>): ReadonlyMap<string, Candidate> {
  const isForAll = ({ path }: Candidate) =>
    repeatedIn(path) !== undefined && parseSepPath(path)?.index === undefined;
  const all = [...byPath.values()];
  const numbered = new Map([...byPath].filter(([, candidate]) => !isForAll(candidate)));
  for (const candidate of all.filter(isForAll)) {
    const repeated = repeatedIn(candidate.path) ?? '';
    const own = all.filter(({ path }) => path.startsWith(`${repeated}[`));
    const indexes = new Set(own.map(({ path }) => parseSepPath(path)?.index ?? 1));
    if (indexes.size === 0 && repeated !== linePath && repeated !== memberPath) indexes.add(1);
    for (const index of indexes) {
      const path = numberedPath(candidate.path, index);
      const before = numbered.get(path);
      if (!before || rankOf(candidate) > rankOf(before))
        numbered.set(path, { ...candidate, path, spread: true });
    }
  }
  return numbered;
}

type Offer = (setting: KnownSetting, path: string, value: string | undefined) => void;

/** Two parameters of the 7940/7960 make one element. */
function offerDate(
  settings: readonly KnownSetting[],
  words: Pick<TableLookup, 'id'>,
  sep: ParameterLookup,
  offer: Offer,
): void {
  const path = 'devicePool/dateTimeSetting/dateTemplate';
  const of = (key: string) =>
    settings.find((setting) => setting.table === words.id && setting.key === key);
  const date = of('date_format');
  const hours = of('time_format_24hr');
  const setting = date ?? hours;
  if (!setting || !sep.find(path)) return;
  const format = date === undefined || date.value === '' ? 'M/D/Y' : date.value;
  offer(setting, path, dateTemplate(format, hours?.value ?? ''));
}

function isStronger(a: Candidate, b: Candidate): boolean {
  const more = rankOf(a) - rankOf(b);
  return more > 0 || (more === 0 && (a.direct || !b.direct));
}

function rankOf({ origin }: Candidate): number {
  return settingScopes.indexOf(origin.scope);
}

function emptyRequired({ origin }: KnownSetting): Finding {
  return {
    code: 'empty-setting',
    severity: 'error',
    text: `${wordsFor(origin)} is required and empty`,
    consequence: 'It is not written into any file.',
  };
}

function untranslatable({ origin, value }: KnownSetting): Finding {
  return {
    code: 'setting-without-element',
    severity: 'warning',
    text: `${wordsFor(origin)}: "${value}" cannot be said in a SEP file`,
    consequence: 'It is not written.',
    cure: 'Set the element by its path for these models.',
  };
}
