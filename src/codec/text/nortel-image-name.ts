/** What the software of a Nortel IP phone speaks; the transitional one only flashes what follows. */
export type NortelImageKind = 'unistim' | 'transitional' | 'sip';

/** A version id, taken apart: `0692D93c08` is load 0692, release D93, suffix c08. */
export type NortelImageName = {
  /** The version id in the letters that Nortel writes: `0604D98`, `CT12D97`, `0692D93c08`. */
  readonly canonical: string;
  /** Four characters: the family of loads, which says the phones and the protocol. */
  readonly load: string;
  /** Three characters, all that the IP Client Manager is provisioned with. */
  readonly release: string;
  /** Letter and two digits of a SIP load's version id; '' in a file's name, which lacks it. */
  readonly suffix: string;
  readonly kind: NortelImageKind;
  /** The phones that run it, e.g. `2004`. */
  readonly phones: readonly string[];
};

type Load = readonly [load: string, kind: NortelImageKind, phones: readonly string[]];

/**
 * NN42020-202, section 5, for the 2004; release bulletins of UNIStim 3.4 to 4.3 for the others. One
 * load serves the 2001, 2002 and 2004 of phase 2.
 */
const loads: readonly Load[] = [
  ['0604', 'unistim', ['2001', '2002', '2004']],
  ['CT12', 'transitional', ['2004']],
  ['0692', 'sip', ['2004']],
  ['0621', 'unistim', ['2007']],
  ['0623', 'unistim', ['1110']],
  ['0624', 'unistim', ['1120E']],
  ['0625', 'unistim', ['1140E']],
  ['0626', 'unistim', ['1165E']],
  ['0627', 'unistim', ['1150E']],
  ['062A', 'unistim', ['1210', '1220', '1230']],
];

const versionId = /^([0-9A-Z]{4})([A-Z][0-9A-Z]{2})([A-Z]\d{2})?$/;

/** Reads a version id in any letter case; undefined for what is none, or of no load that is known. */
export function parseNortelImageName(text: string): NortelImageName | undefined {
  const [, load, release, suffix = ''] = versionId.exec(text.trim().toUpperCase()) ?? [];
  const known = loads.find(([name]) => name === load);
  if (release === undefined || known === undefined) return undefined;
  const [name, kind, phones] = known;
  const tail = suffix.toLowerCase();
  const canonical = `${name}${release}${tail}`;
  return { canonical, load: name, release, suffix: tail, kind, phones };
}

/**
 * The image that a file is called after, as `0604D98.bin`; undefined for a name that says no version,
 * as `2004SIP.img`. Folders before the name do not matter.
 */
export function nortelImageOfFile(path: string): NortelImageName | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).trim();
  const [, stem] = /^(.*)\.(?:bin|img)$/i.exec(name) ?? [];
  return stem === undefined ? undefined : parseNortelImageName(stem);
}

/** The file that a vendor's package has the image in: load and release, without suffix. */
export function nortelFileOf({ load, release }: NortelImageName): string {
  return `${load}${release}.bin`;
}

/** The image of a 2004 that the IP Client Manager means by three characters: `D93`. */
export function nortelImageOfRelease(
  kind: NortelImageKind,
  release: string,
): NortelImageName | undefined {
  const load = loads.find(([, each, phones]) => each === kind && phones.includes('2004'))?.[0];
  return load === undefined || release.length !== 3
    ? undefined
    : parseNortelImageName(`${load}${release}`);
}

/**
 * Below, at or above zero as `a` is lower than, the same as or greater than `b`: characters by their
 * ASCII codes, the longer one greater where it begins with the other. NN42020-202, section 3, says
 * "alphanumerically greater"; letter case and length are our assumption.
 */
export function compareVersionIds(a: string, b: string): number {
  const [left, right] = [a.trim(), b.trim()];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Two version ids of which nobody knows whether phones take them for one. */
export function differOnlyInCase(a: string, b: string): boolean {
  const [left, right] = [a.trim(), b.trim()];
  return left !== right && left.toUpperCase() === right.toUpperCase();
}
