import type { Parameter, ParameterTable } from './parameter.ts';

/** A parameter as one key of a file means it: `line3_name` is `lineN_name` with index 3. */
export type KnownKey = {
  readonly parameter: Parameter;
  readonly index?: number;
  /** The key as the table writes it, index filled in. */
  readonly key: string;
};

export type ParameterLookup = {
  /** By key in any letter case, aliases too. */
  find(key: string): KnownKey | undefined;
  /** Every key that a file may have, index filled in. */
  readonly keys: readonly string[];
};

/** Finds parameters by the keys of files. Built once per table. */
export function parameterLookup({ parameters }: ParameterTable): ParameterLookup {
  const known = new Map<string, KnownKey>();
  for (const parameter of parameters)
    for (const name of [parameter.name, ...(parameter.aliases ?? [])])
      for (const entry of entriesOf(parameter, name)) known.set(entry.asked.toLowerCase(), entry);
  return {
    find: (key) => known.get(key.toLowerCase()),
    keys: [...new Set([...known.values()].map(({ key }) => key))],
  };
}

function entriesOf(
  parameter: Parameter,
  name: string,
): readonly (KnownKey & { readonly asked: string })[] {
  const { indexes } = parameter;
  if (!indexes) return [{ parameter, key: parameter.name, asked: name }];
  const [first, last] = indexes;
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const index = first + at;
    // The last N: the first one of "DNS Server N" is a letter of its name.
    const fill = (text: string) => text.replace(/N(?=[^N]*$)/, String(index));
    return { parameter, index, key: fill(parameter.name), asked: fill(name) };
  });
}
