import type { LibraryFile } from '../core/firmware/library-file.ts';
import { isComplete, type LibraryImage } from '../core/firmware/library.ts';
import type { Need } from '../core/firmware/needs.ts';
import type { Finding } from '../model/finding.ts';
import { formatMac } from '../wire/mac.ts';
import type { Io } from './io.ts';
import { printable } from './printable.ts';

/** `458 bytes`, `756 kB`, `40.0 MB` */
export function sizeWords(bytes: number): string {
  if (bytes < 10_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function stateWords(image: LibraryImage): string {
  if (isComplete(image)) return 'complete';
  const { lacks, unusable } = image;
  const parts = [
    ...(lacks.length > 0 ? [`lacks ${lacks.join(', ')}`] : []),
    ...(unusable.length > 0 ? [`unusable: ${unusable.join(', ')}`] : []),
  ];
  return printable(parts.length > 0 ? parts.join('; ') : 'its files do not fit together');
}

/** A phone that needs an image now, before those that need it later. */
export type Needy = { readonly mac: string; readonly when: Need['when'] };

const order: readonly Need['when'][] = ['now', 'hop', 'wanted'];

/** Each phone once, with the most urgent of its needs. */
export function needy(needs: readonly Need[]): readonly Needy[] {
  const sorted = needs.toSorted((a, b) => order.indexOf(a.when) - order.indexOf(b.when));
  const phones = new Map<string, Needy>();
  for (const { mac, when } of sorted)
    if (!phones.has(mac)) phones.set(mac, { mac: formatMac(mac), when });
  return [...phones.values()];
}

const mostNamed = 3;

export function needyWords(phones: readonly Needy[]): string {
  const named = phones.slice(0, mostNamed).map(({ mac, when }) => `${mac} (${when})`);
  const more = phones.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

/** One line for each finding, and what to do about it once. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  const told = new Set<string>();
  return findings.flatMap(({ severity, text, place, code, cure }) => {
    const where = place ? `${place.file}: ` : '';
    const line = printable(`${severity}: ${where}${text} (${code})`);
    if (cure === undefined || told.has(cure)) return [line];
    told.add(cure);
    return [line, printable(`  ${cure}`)];
  });
}

/** Notes alone are no problem. */
export function hasProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity !== 'note');
}

export function tellFindings(io: Pick<Io, 'err'>, findings: readonly Finding[]): void {
  for (const line of findingLines(findings)) io.err(line);
}

const signatures = {
  good: "good, by the lab's key",
  bad: 'WRONG',
  'key unknown': 'not checked: key unknown',
} as const;

/** What is known of a file, name and value of each thing. */
export function fileRows({
  path,
  size,
  sha256,
  firmware,
  archive,
}: LibraryFile): readonly (readonly [name: string, value: string])[] {
  const { facts } = firmware ?? {};
  const { signature } = facts ?? {};
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['size', `${size} bytes`],
    ['sha-256', sha256],
    ['kind', facts?.kind ?? (archive ? `package (${archive})` : 'no firmware')],
    ['own name', facts?.ownName === path ? undefined : facts?.ownName],
    ['version', facts?.internalVersion],
    ['lists', facts?.lists?.join(', ')],
    ['wants loader', facts?.wantsLoader],
    ['signer', signature?.signer],
    ['issuer', signature?.issuer],
    ['serial', signature?.serial],
    ['hash', signature?.hash],
    ['signature', facts && (signature ? signatures[signature.verdict] : 'none')],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, printable(value)]]));
}
