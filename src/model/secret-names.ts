import { parameterLookup } from './parameter-lookup.ts';
import type { ParameterTable } from './parameter.ts';

/** Tells which names stand before values that are shown to nobody. */
export type SecretNames = {
  /** Key of a file, name of a setting, or path of an element, with its numbers or without. */
  has(name: string): boolean;
  /** Whether any of them stands in a text that nobody can read better. */
  areIn(text: string): boolean;
};

const names =
  /passw(or)?d|passphrase|secret|PreSharedKeyValue|WepKey\d?Value|(^|_)psk$|_pass$|(^|[_.])pwd$/i;
const words = /passw|passphrase|secret|presharedkey|wepkey|psk\b|pwd\b/i;

/** Whether a name says itself that its value is a secret, whatever table knows it. */
export function looksSecret(name: string): boolean {
  return names.test(name);
}

/** The rows that the tables mark as secret, and all names that say it themselves. */
export function secretNames(tables: readonly ParameterTable[]): SecretNames {
  const known = new Set(tables.flatMap(secretKeys));
  // Words that say it themselves need no looking for.
  const others = [...known].map(leafOf).filter((leaf) => !words.test(leaf));
  return {
    has(name) {
      const plain = name.replace(/\[\d+\]/g, '').toLowerCase();
      return looksSecret(name) || known.has(plain) || known.has(leafOf(plain));
    },
    areIn(text) {
      if (words.test(text)) return true;
      const plain = others.length > 0 ? text.toLowerCase() : '';
      return others.some((word) => plain.includes(word));
    },
  };
}

/** In lower case, whole and the end of each path. */
function secretKeys(table: ParameterTable): readonly string[] {
  const parameters = table.parameters.filter(({ secret }) => secret === true);
  const { keys } = parameterLookup({ ...table, parameters });
  const aliases = parameters.flatMap((each) => each.aliases ?? []);
  const rows = parameters.map(({ name }) => name);
  return [...keys, ...aliases, ...rows]
    .map((key) => key.toLowerCase())
    .flatMap((key) => [key, leafOf(key)]);
}

function leafOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('@')) + 1);
}
