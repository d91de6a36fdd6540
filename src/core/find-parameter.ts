import { nearestWord } from '../model/nearest-word.ts';
import { parameterLookup, type KnownKey } from '../model/parameter-lookup.ts';
import type { ParameterTable } from '../model/parameter.ts';

export type FoundParameter = KnownKey & { readonly table: ParameterTable };

export type ParameterSearch = {
  readonly found: readonly FoundParameter[];
  /** The key that was meant, where nothing was found and one is near. */
  readonly meant?: string;
};

/**
 * The parameters that a key names, in every table that has it: by the key of a file
 * (`line3_name`), the row's name (`lineN_name`), or the end of a path (`authPassword`).
 */
export function findParameter(tables: readonly ParameterTable[], key: string): ParameterSearch {
  const asked = withoutNumbers(key);
  const found = tables.flatMap((table) => [...exactly(table, asked)]);
  if (found.length > 0) return { found };
  const ending = tables.flatMap((table) => endingWith(table, asked));
  if (ending.length > 0) return { found: ending };
  const meant = nearestWord(asked, tables.flatMap(wordsOf));
  return { found: [], ...(meant !== undefined && { meant }) };
}

/** `line[2]/name` is `line/name`: the number tells repeated elements apart. */
export function withoutNumbers(path: string): string {
  return path.replace(/\[\d+\]/g, '');
}

function exactly(table: ParameterTable, asked: string): readonly FoundParameter[] {
  const known = parameterLookup(table).find(asked) ?? byRowName(table, asked);
  return known ? [{ ...known, table }] : [];
}

function byRowName({ parameters }: ParameterTable, asked: string): KnownKey | undefined {
  const parameter = parameters.find(({ name }) => name.toLowerCase() === asked.toLowerCase());
  return parameter && { parameter, key: parameter.name };
}

function endingWith(table: ParameterTable, asked: string): readonly FoundParameter[] {
  const end = `/${asked.toLowerCase()}`;
  return table.parameters
    .filter(({ name }) => name.toLowerCase().endsWith(end))
    .map((parameter) => ({ parameter, key: parameter.name, table }));
}

function wordsOf(table: ParameterTable): readonly string[] {
  return parameterLookup(table).keys.flatMap((key) => [key, key.slice(key.lastIndexOf('/') + 1)]);
}
