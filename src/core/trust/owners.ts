import { isMac, type Mac } from '../../wire/mac.ts';

/** A file, as far as it says whose it is. */
export type Owned = {
  /** As asked for, and as it is called where it was found. */
  readonly names: readonly string[];
  /** For whom it was generated. */
  readonly madeFor?: Mac | undefined;
  /** By the families. */
  readonly macOf: (path: string) => Mac | undefined;
};

const digits = /(?=((?:[0-9a-f]{2}[:.\-_]?){6}))/gi;

/** Every MAC in its names, as its family or anybody would read them, and whom it was made for. */
export function ownersOf({ names, madeFor, macOf }: Owned): readonly Mac[] {
  const read = names.flatMap((name) => macOf(name) ?? []);
  const seen = read.length > 0 ? [] : names.flatMap(macsIn);
  return [...new Set([...read, ...seen, ...(madeFor === undefined ? [] : [madeFor])])];
}

function macsIn(name: string): readonly Mac[] {
  return [...name.matchAll(digits)].flatMap(([, found = '']) => {
    const mac = found.replace(/[:.\-_]/g, '').toUpperCase();
    return isMac(mac) ? [mac] : [];
  });
}
