import { type KeywordFile, partsOf } from '../../../codec/config/keyword-file.ts';
import type { KeywordEntry } from '../../../codec/config/keyword-line.ts';
import type { KnownKey, ParameterLookup } from '../../../model/parameter-lookup.ts';
import { parameterLookup } from '../../../model/parameter-lookup.ts';
import { offsetAt } from '../../shared/lint/fix.ts';
import { isPlaceholder } from '../../shared/lint/placeholder.ts';
import type { NortelFile } from '../formats/file-role.ts';
import { laterTable } from '../parameters/later.ts';
import { sectionTable } from '../parameters/sections.ts';
import { sipUpgradeTable } from '../parameters/sip-upgrade.ts';
import { sysConfigTable } from '../parameters/sys-config.ts';
import { decodeText } from '../formats/decode-text.ts';
import type { PlacedValue } from './facts.ts';

/** A setting and the parameter that it is meant for. */
export type ReadEntry = {
  readonly entry: KeywordEntry;
  /** '' in files without sections. */
  readonly section: string;
  readonly known: KnownKey | undefined;
  /** Without what stands behind a `#`, which may be a comment. */
  readonly value: string;
  readonly placeholder: boolean;
};

/** A text file of Nortel's phones. */
export type NortelText = NortelFile & {
  readonly name: string;
  readonly text: string;
  readonly document: KeywordFile;
  readonly entries: readonly ReadEntry[];
};

export const settingsLookup = parameterLookup(sysConfigTable);
export const sectionLookup = parameterLookup(sectionTable);
export const pointerLookup = parameterLookup(sipUpgradeTable);
export const laterLookup = parameterLookup(laterTable);

const lookups: { readonly [Role in NortelFile['role']]?: ParameterLookup } = {
  control: sectionLookup,
  data: settingsLookup,
  pointers: pointerLookup,
};

/** Undefined for what is no text of lines. */
export function nortelText(name: string, file: NortelFile, text: string): NortelText | undefined {
  const document = decodeText(file, text);
  if (!document) return undefined;
  const entries = partsOf(document).flatMap(({ name: section, entries: own }) =>
    own.map((entry): ReadEntry => {
      const key = section === '' ? entry.key : `${section}/${entry.key}`;
      const value = beforeHash(entry.value);
      const known = lookups[file.role]?.find(key);
      return { entry, section, known, value, placeholder: isPlaceholder(value) };
    }),
  );
  return { ...file, name, text, document, entries };
}

function beforeHash(value: string): string {
  const hash = value.indexOf('#');
  return hash < 0 ? value : value.slice(0, hash).trimEnd();
}

/** The last setting of this key, which is the one that counts as far as is known. */
export function entryOf(
  { entries }: NortelText,
  section: string,
  key: string,
): ReadEntry | undefined {
  return entries.findLast((read) => read.section === section && read.entry.key === key);
}

export function keyPlace({ entry }: ReadEntry): { readonly line: number; readonly column: number } {
  return { line: entry.line, column: entry.keyColumn };
}

export function valuePlace({ entry }: ReadEntry): {
  readonly line: number;
  readonly column: number;
} {
  return { line: entry.line, column: entry.valueColumn };
}

export function placedValue({ text }: NortelText, read: ReadEntry): PlacedValue {
  const { line, column } = valuePlace(read);
  return { value: read.value, line, column, offset: offsetAt(text, line, column) };
}
