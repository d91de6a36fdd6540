import { parameterLookup } from '../model/parameter-lookup.ts';
import type { ParameterTable } from '../model/parameter.ts';
import { withoutNumbers } from './find-parameter.ts';

/**
 * A setting's name in the letters of the tables, so that one thing has one name: `Proxy1_Address` is
 * `proxy1_address`. Another name for the same thing, and one that no table knows, stay as they are.
 */
export function settingName(tables: readonly ParameterTable[], name: string): string {
  const plain = withoutNumbers(name);
  for (const table of tables) {
    const key = parameterLookup(table).find(plain)?.key;
    if (key?.toLowerCase() === plain.toLowerCase()) return withNumbers(name, key);
  }
  return name;
}

/** Puts the numbers of repeated elements, `line[2]`, where they were. */
function withNumbers(name: string, key: string): string {
  let made = '';
  let at = 0;
  for (const part of name.split(/(\[\d+\])/)) {
    if (/^\[\d+\]$/.test(part)) made += part;
    else {
      made += key.slice(at, at + part.length);
      at += part.length;
    }
  }
  return made;
}
