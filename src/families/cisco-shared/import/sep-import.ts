import { decodeSep, type SepFile } from '../../../codec/config/sep-xml.ts';
import { decodeByteText } from '../../../codec/text/byte-text.ts';
import type { ImportNote } from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import type { SettingValues } from '../../../model/settings.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { TableLookup } from '../../shared/render/known-settings.ts';
import { linePath } from '../render/sep/sep-paths.ts';
import { sepValues, type SepValue } from './sep-values.ts';

/** What stands in every file, or is kept apart from settings. */
const kept = /^(fullConfig|deviceProtocol|loadInformation|loadInformation\d+(\/@model)?)$/;

/** Attributes by which the servers that wrote the file find their own records again. */
const ofServer = /(^|\/)@(uuid|ctiid|xsi:type|xmlns(:\w+)?)$/;

/** Reads a phone's XML file; why it is none where it cannot be read. */
export function readSep(file: TreeFile): SepFile | CodecError {
  try {
    return decodeSep(decodeByteText(file.read()).text);
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
}

/** The elements that the table knows as settings; of the others the place. */
export function sepSettings(
  { root }: SepFile,
  { lookup }: TableLookup,
): { readonly settings: SettingValues; readonly notes: readonly ImportNote[] } {
  const settings = new Map<string, string>();
  const notes: ImportNote[] = [];
  for (const each of sepValues(root)) {
    if (kept.test(each.path) || ofServer.test(each.path)) continue;
    const known = lookup.find(each.path);
    // XML minds letter case, and so do phones.
    if (known?.key !== each.path) notes.push(unknown(each, known?.key));
    else if (each.again || settings.has(known.key)) notes.push(again(each));
    else settings.set(known.key, each.value);
  }
  const empty = emptyKeys(settings);
  for (const key of settings.keys()) if (empty.has(keyOf(key))) settings.delete(key);
  return {
    settings: Object.fromEntries(settings),
    notes: [...notes, ...[...empty].map((key) => ({ text: `${key} is empty`, lost: false }))],
  };
}

/** `sipProfile/sipLines/line[2]` of the path of a value in it, '' of any other. */
function keyOf(path: string): string {
  return path.startsWith(linePath) ? path.slice(0, path.indexOf(']') + 1) : '';
}

/** Keys of which nothing is said but their number: written again, they would become lines. */
function emptyKeys(settings: ReadonlyMap<string, string>): ReadonlySet<string> {
  const keys = new Set([...settings.keys()].map(keyOf));
  const isNumber = (path: string) => /\/@(button|lineIndex)$/.test(path);
  for (const [path, value] of settings)
    if (value !== '' && !isNumber(path)) keys.delete(keyOf(path));
  keys.delete('');
  return keys;
}

function unknown({ path, value, line, column }: SepValue, meant?: string): ImportNote {
  const hint = meant === undefined ? '' : `; was ${meant} meant?`;
  const what = path === '' ? 'text outside of all elements' : path;
  return { line, column, text: `${what} is not known${hint}`, lost: value !== '' };
}

function again({ path, line, column }: SepValue): ImportNote {
  return { line, column, text: `${path} is there already; the first one counts`, lost: false };
}
