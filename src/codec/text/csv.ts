import { CsvError, parse, type Info, type Options } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CodecError } from '../../wire/codec-error.ts';
import { byteOrderMark, faultAt, firstPlace, type Place, placesIn, quoted } from './place.ts';

/** A record. `line` counts from 1 and is that of its first character; a cell may have several. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[] };

export type CsvSeparator = ',' | ';' | '\t';

export type CsvFile = {
  readonly separator: CsvSeparator;
  readonly header: CsvRecord;
  /** Without those that have nothing in any cell. */
  readonly records: readonly CsvRecord[];
};

const separators: readonly CsvSeparator[] = [',', ';', '\t'];

/**
 * RFC 4180 with a header, in UTF-8. What spreadsheets make of it is read too: a byte order mark,
 * semicolons or tabs between cells, a first line `sep=;`, any line ends, also mixed, and no line end
 * after the last record. Throws a CodecError that names line and column.
 */
export function decodeCsv(bytes: Uint8Array): CsvFile {
  const text = textOf(bytes);
  const { said, body } = separatorLine(text);
  const separator = said ?? guessed(body);
  const records = recordsOf(text, text.length - body.length, separator);
  const [header, ...rest] = records.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!header) throw faultAt(text, firstPlace, 'a header line', 'nothing');
  return { separator, header, records: rest };
}

/** RFC 4180: lines end with CR LF, and cells are quoted where they have to be. */
export function encodeCsv(
  records: readonly (readonly string[])[],
  separator: CsvSeparator = ',',
): string {
  const rows = records.map((cells) => [...cells]);
  // Other programs take blanks around a cell away, and a lone line feed for the end of the record.
  const quoted_match = /^\s|\s$|[\r\n]/;
  return stringify(rows, { delimiter: separator, record_delimiter: '\r\n', quoted_match });
}

function textOf(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw faultAt('', firstPlace, 'UTF-8; save it as "CSV UTF-8"', 'UTF-16');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notUtf8(bytes);
  }
}

/** Names the first character that cannot be read. */
function notUtf8(bytes: Uint8Array): CodecError {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const at = Math.max(text.indexOf('\uFFFD'), 0);
  const claimed = 'UTF-8; save it as "CSV UTF-8"';
  return faultAt(text, placesIn(text)(at), claimed, 'bytes of another character set');
}

/** The line by which a file tells spreadsheets its separator. */
function separatorLine(text: string): { readonly said?: CsvSeparator; readonly body: string } {
  const [line, said] = /^\uFEFF?"?sep=([,;\t])"?(?:\r\n|\r|\n|$)/i.exec(text) ?? [];
  if (line !== undefined) return { said: said as CsvSeparator, body: text.slice(line.length) };
  return { body: text.startsWith(byteOrderMark) ? text.slice(1) : text };
}

/** The one that stands most often in the header, quoted cells left out. */
function guessed(body: string): CsvSeparator {
  const header = body.replace(/"(?:[^"]|"")*"/g, '').trimStart();
  const [line = ''] = header.split(/[\r\n]/, 1);
  const count = (separator: string) => line.split(separator).length;
  return separators.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

type Read = readonly { readonly info: Info; readonly record: readonly string[] }[];

function recordsOf(text: string, start: number, separator: CsvSeparator): readonly CsvRecord[] {
  const bytes = Buffer.from(text.slice(start));
  const placeOf = placesIn(text);
  // The library counts bytes of the body.
  let [byte, offset] = [0, start];
  const offsetAt = (end: number) => {
    offset += bytes.toString('utf8', byte, end).length;
    byte = end;
    return offset;
  };
  try {
    const read = parse(bytes, options(separator)) as unknown as Read;
    return read.map(({ info, record }) => {
      const { line } = placeOf(offset);
      offsetAt(info.bytes);
      return { line, cells: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = offsetAt(Number(error.bytes));
    throw syntaxFault(text, placeOf(text[at] === separator ? at + 1 : at), error.code);
  }
}

function options(separator: CsvSeparator): Options {
  return {
    delimiter: separator,
    info: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  };
}

function syntaxFault(text: string, place: Place, code: string): CodecError {
  const wrong: Readonly<Record<string, readonly [claimed: string, actual: string]>> = {
    CSV_INVALID_CLOSING_QUOTE: ['the cell to end with its quote', 'more text behind the quote'],
    CSV_QUOTE_NOT_CLOSED: ['a quote at the end of the cell', 'the end of the file'],
    INVALID_OPENING_QUOTE: ['quotes around the whole cell', 'a quote inside it'],
  };
  const [claimed, actual] = wrong[code] ?? ['comma-separated values', quoted(code)];
  return faultAt(text, place, claimed, actual);
}
