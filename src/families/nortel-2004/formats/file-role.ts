import {
  type NortelDialect,
  laterSections,
  sectionsOf2004,
} from '../../../codec/config/section-file.ts';
import { decodeSysConfig } from '../../../codec/config/sys-config.ts';
import { splitLines } from '../../../codec/text/place.ts';
import { nortelImageOfFile } from '../../../codec/text/nortel-image-name.ts';
import { parameterLookup } from '../../../model/parameter-lookup.ts';
import { laterTable } from '../parameters/later.ts';
import { sysConfigTable } from '../parameters/sys-config.ts';

/** What a file is to a Nortel phone with a SIP load, or to its IP Client Manager. */
export type NortelRole =
  /** What there is to fetch: `2004tftp.cfg`, `1140eSIP.cfg`. */
  | 'control'
  /** Settings: `2004sysConfig.dat`. */
  | 'data'
  /** `SipUpgradeConfigFile.txt`. */
  | 'pointers'
  | 'language'
  | 'image';

export type NortelFile = { readonly role: NortelRole; readonly dialect: NortelDialect };

type Row = readonly [pattern: RegExp, role: NortelRole];

/** Names that the phone asks for, or that a package has. */
const names: readonly Row[] = [
  [/^2004tftp\.cfg$/i, 'control'],
  [/^2004sysconfig\.dat$/i, 'data'],
  [/^sipupgradeconfigfile\.txt$/i, 'pointers'],
  [/\.lng$/i, 'language'],
  [/^2004SIP\.img$/i, 'image'],
];

/** Longer texts are no settings of a phone; such are not looked into. */
const mostText = 256 * 1024;
const knownSections: readonly string[] = [...sectionsOf2004, ...laterSections];
const lookups = [parameterLookup(sysConfigTable), parameterLookup(laterTable)];

/** By the name alone; undefined where it does not tell. */
export function namedRole(name: string): NortelFile | undefined {
  const role = names.find(([pattern]) => pattern.test(name))?.[1];
  if (role !== undefined) return { role, dialect: '2004' };
  const image = nortelImageOfFile(name);
  return image?.phones.includes('2004') ? { role: 'image', dialect: '2004' } : undefined;
}

/** Whether what is inside may tell, where the name does not. */
export function mayTell(name: string, size: number): boolean {
  return /\.(cfg|dat)$/i.test(name) && !/^RINGLIST\.DAT$/i.test(name) && size <= mostText;
}

/** By the name, or else by the text of a file that `mayTell`. */
export function nortelFile(name: string, text: () => string): NortelFile | undefined {
  const named = namedRole(name);
  if (named) return named;
  const role = mayTell(name, 0) ? roleByText(text()) : undefined;
  return role && { role, dialect: /^2004/.test(name) ? '2004' : '11xx' };
}

function roleByText(text: string): NortelRole | undefined {
  if (text.includes('\0')) return undefined;
  const first = splitLines(text).find((line) => /^[ \t]*[^#\s]/.test(line.text));
  const section = /^[ \t]*\[\s*([A-Za-z_]+)\s*\]/.exec(first?.text ?? '')?.[1];
  if (section !== undefined)
    return knownSections.includes(section.toUpperCase()) ? 'control' : undefined;
  return isSettings(text) ? 'data' : undefined;
}

/** Settings in capitals, comments and blanks only, and a keyword that a table has. */
function isSettings(text: string): boolean {
  const { lines } = decodeSysConfig(text, '11xx');
  const isKnown = (key: string) => lookups.some((lookup) => lookup.find(key) !== undefined);
  return (
    lines.every((line) => line.kind !== 'unreadable') &&
    lines.some((line) => line.kind === 'entry' && line.keyText === line.key && isKnown(line.key))
  );
}
