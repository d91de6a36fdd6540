import { type CnfDocument, type CnfEntry, decodeCnf } from '../../../../codec/config/cnf.ts';
import { type KnownKey, parameterLookup } from '../../../../model/parameter-lookup.ts';
import { sipTable } from '../../../cisco-7900/parameters/sip.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';

export const sipLookup = parameterLookup(sipTable);

/** A setting of a SIP file and the parameter that it is meant for. */
export type SipEntry = {
  readonly entry: CnfEntry;
  readonly known: KnownKey | undefined;
  /** What the phone takes; '' for none. */
  readonly value: string;
  readonly placeholder: boolean;
};

/** `SIPDefault.cnf` or `SIP<MAC>.cnf`. */
export type SipFile = {
  readonly isDefault: boolean;
  readonly text: string;
  readonly document: CnfDocument;
  readonly entries: readonly SipEntry[];
  /** By the key of the parameter table; the last one counts. */
  readonly byKey: ReadonlyMap<string, SipEntry>;
};

export function sipFileOf(text: string, isDefault: boolean): SipFile {
  const document = decodeCnf(text);
  const entries: SipEntry[] = [];
  const byKey = new Map<string, SipEntry>();
  for (const entry of document.lines) {
    if (entry.kind !== 'entry') continue;
    const known = sipLookup.find(entry.key);
    const value = entry.value ?? '';
    const read = { entry, known, value, placeholder: isPlaceholder(value) };
    entries.push(read);
    if (known) byKey.set(known.key, read);
  }
  return { isDefault, text, document, entries, byKey };
}

/** '' where the file does not say. */
export function valueOf(file: SipFile, key: string): string {
  return file.byKey.get(key)?.value ?? '';
}

/** As valueOf, for numbers; undefined for anything else. */
export function numberOf(file: SipFile, key: string): number | undefined {
  const value = valueOf(file, key);
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Where the value stands. */
export function valuePlace({ entry }: SipEntry): {
  readonly line: number;
  readonly column: number;
} {
  return { line: entry.line, column: entry.valueColumn };
}

export function keyPlace({ entry }: SipEntry): { readonly line: number; readonly column: number } {
  return { line: entry.line, column: entry.keyColumn };
}
