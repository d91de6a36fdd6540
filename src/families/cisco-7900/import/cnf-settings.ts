import { decodeCnf, type CnfEntry } from '../../../codec/config/cnf.ts';
import { decodeByteText } from '../../../codec/text/byte-text.ts';
import type { Place } from '../../../codec/text/place.ts';
import type { ImportNote } from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { nearestWord } from '../../../model/nearest-word.ts';
import type { SettingValues } from '../../../model/settings.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { TableLookup } from '../../shared/render/known-settings.ts';

/** What a `.cnf` file says. */
export type CnfSettings = {
  readonly path: string;
  readonly settings: SettingValues;
  /** Its `image_version`. */
  readonly image?: Place & { readonly name: string };
  readonly notes: readonly ImportNote[];
};

/** Reads it by the keys of a table; the last one of a key counts. Undefined when it is no text. */
export function readCnf(file: TreeFile, { lookup }: TableLookup): CnfSettings | CodecError {
  try {
    return cnfSettings(file.path, decodeByteText(file.read()).text, lookup);
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}

function cnfSettings(path: string, text: string, lookup: TableLookup['lookup']): CnfSettings {
  const document = decodeCnf(text);
  const settings = new Map<string, string>();
  const notes: ImportNote[] = document.notes.map((note) => ({ ...note, lost: false }));
  let image: CnfSettings['image'];
  for (const entry of document.lines) {
    if (entry.kind !== 'entry') continue;
    const value = entry.value ?? '';
    const known = lookup.find(entry.keyText);
    if (known?.key === 'image_version') {
      const place = { line: entry.line, column: entry.valueColumn };
      image = value === '' ? undefined : { name: value, ...place };
    } else if (known && known.parameter.place !== 'menu') settings.set(known.key, value);
    else notes.push(unknown(entry, lookup.keys));
  }
  const read = { path, settings: Object.fromEntries(settings), notes };
  return image ? { ...read, image } : read;
}

function unknown({ keyText, value, line, keyColumn }: CnfEntry, keys: readonly string[]) {
  const near = nearestWord(keyText, keys);
  const hint = near === undefined ? '' : `; was ${near} meant?`;
  const text = `${keyText} is not known${hint}`;
  return { line, column: keyColumn, text, lost: value !== undefined };
}
