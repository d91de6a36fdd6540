import { parameterLookup, type ParameterLookup } from '../../../../model/parameter-lookup.ts';
import type { ParameterTable } from '../../../../model/parameter.ts';
import type { TableLookup } from '../../../shared/render/known-settings.ts';
import { numberedPath, parseSepPath, repeatedIn } from './sep-paths.ts';

export type SepLookup = TableLookup & {
  /** Where a path stands in the table, for the order of elements of one parent. */
  readonly row: (path: string) => number;
};

/**
 * Finds elements by their path, with the number of a repeated one or without. The key of what is
 * found has the number; `index` is that number and is undefined where the path means all of them.
 */
export function sepLookup(table: ParameterTable): SepLookup {
  const { find, keys } = parameterLookup(table);
  const lookup: ParameterLookup = {
    keys,
    find(name) {
      const asked = parseSepPath(name);
      const known = asked && find(asked.path);
      if (!known || asked.index === undefined) return known;
      if (repeatedIn(known.key) === undefined) return undefined;
      return { ...known, index: asked.index, key: numberedPath(known.key, asked.index) };
    },
  };
  return { id: table.id, lookup, row: rowOrder(table) };
}

function rowOrder(table: ParameterTable): (path: string) => number {
  const rows = new Map<string, number>();
  for (const [row, { name }] of table.parameters.entries()) {
    const parts = name.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = parts.slice(0, depth).join('/');
      if (!rows.has(path)) rows.set(path, row);
    }
  }
  return (path) => rows.get(path.replace(/\[\d+\]/g, '')) ?? rows.size;
}
