import type { CodecNote } from '../codec-note.ts';
import { byteOrderMark, faultAt, splitLines, unwritable } from '../text/place.ts';
import {
  decodeKeywordLine,
  encodeKeywordLine,
  type KeywordEntry,
  type KeywordLine,
  type KeywordSyntax,
} from './keyword-line.ts';

/** A file with all that it holds: comments, order, blank and unreadable lines. */
export type KeywordFile = {
  readonly syntax: KeywordSyntax;
  /** The text begins with a byte order mark. */
  readonly bom: boolean;
  readonly lines: readonly KeywordLine[];
  readonly notes: readonly CodecNote[];
};

/** More than phones of the 1100 series read: they ignore such a line and all after it. */
export const longestLine = 80;

/** Every text is read; what is odd is noted. `encodeKeywordFile` gives it back. */
export function decodeKeywordFile(text: string, syntax: KeywordSyntax): KeywordFile {
  const bom = text.startsWith(byteOrderMark);
  const lines = splitLines(text).map((line) => decodeKeywordLine(line, syntax));
  const notes: CodecNote[] = [];
  if (bom) notes.push(note('byte-order-mark', 'the file begins with a byte order mark', 1, 1));
  const firsts = new Map<string, number>();
  let section = '';
  for (const line of lines) {
    if (line.kind === 'section') section = line.name;
    noteRepeat(line, `${section} `, { syntax, firsts, notes });
    noteOddities(line, syntax.sections && section === '', notes);
  }
  return { syntax, bom, lines, notes };
}

/**
 * The text of a document; that of `decodeKeywordFile` comes back byte for byte. Throws a CodecError
 * where the text would be read otherwise than the document says.
 */
export function encodeKeywordFile({ syntax, bom, lines }: KeywordFile): string {
  const text = (bom ? byteOrderMark : '') + lines.map(encodeKeywordLine).join('');
  const written = splitLines(text);
  if (text.startsWith(byteOrderMark) !== bom || written.length !== lines.length)
    throw unwritable('lines of the file', `${lines.length}`, `${written.length}`);
  written.forEach((line, index) => {
    const meant = lines[index];
    if (meant !== undefined && saysTheSame(decodeKeywordLine(line, syntax), meant)) return;
    const place = { line: line.line, column: 1 };
    throw faultAt(text, place, 'a line that reads as it is meant', 'one that reads otherwise');
  });
  return text;
}

/** A part of a file: the lines between one `[NAME]` and the next. */
export type KeywordPart = {
  /** In upper case; '' for what stands before the first section. */
  readonly name: string;
  /** Of its head; 1 for what stands before the first section. */
  readonly line: number;
  readonly entries: readonly KeywordEntry[];
};

/** In the order of the file; what stands before the first section only where there is something. */
export function partsOf({ lines }: KeywordFile): readonly KeywordPart[] {
  const parts: { name: string; line: number; entries: KeywordEntry[] }[] = [
    { name: '', line: 1, entries: [] },
  ];
  for (const line of lines) {
    if (line.kind === 'section') parts.push({ name: line.name, line: line.line, entries: [] });
    if (line.kind === 'entry') parts.at(-1)?.entries.push(line);
  }
  return parts.filter(({ name, entries }, index) => index > 0 || name !== '' || entries.length > 0);
}

/** By key in upper case; of a key that is given twice the last one counts. */
export function keywordValues(entries: readonly KeywordEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ key, value }) => [key, value]));
}

/** All settings of a file, whatever section they stand in. */
export function entriesOf({ lines }: KeywordFile): readonly KeywordEntry[] {
  return lines.filter((line) => line.kind === 'entry');
}

/** A line with its line feed. Throws a CodecError for what the syntax cannot hold. */
export function keywordLine(key: string, value: string, syntax: KeywordSyntax): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(key))
    throw unwritable('keyword', 'letters, digits and underscores', key);
  const separator = syntax.separator === 'equals' ? '=' : value === '' ? '' : ' ';
  const line = `${key}${separator}${value}`;
  const read = decodeKeywordLine({ text: line, end: '\n', line: 1 }, syntax);
  const [bad] = /[\x00-\x1f\x7f]/.exec(value) ?? [];
  if (bad !== undefined || read.kind !== 'entry' || read.value !== value || read.keyText !== key)
    throw unwritable(
      `value of ${key}`,
      'one line without blanks around it',
      bad ?? 'what would be read otherwise',
    );
  return `${line}\n`;
}

function saysTheSame(read: KeywordLine, meant: KeywordLine): boolean {
  if (read.kind !== meant.kind || read.end !== meant.end) return false;
  if (read.kind === 'section' && meant.kind === 'section') return read.nameText === meant.nameText;
  if (read.kind === 'entry' && meant.kind === 'entry')
    return read.keyText === meant.keyText && read.value === meant.value;
  return true;
}

function note(code: string, text: string, line: number, column: number): CodecNote {
  return { code, text, line, column };
}

type Seen = {
  readonly syntax: KeywordSyntax;
  readonly firsts: Map<string, number>;
  readonly notes: CodecNote[];
};

function noteRepeat(line: KeywordLine, section: string, { syntax, firsts, notes }: Seen): void {
  if (line.kind !== 'entry' && line.kind !== 'section') return;
  const name = line.kind === 'section' ? `[${line.name}]` : `${section}${line.key}`;
  if (syntax.repeatable.includes(name)) return;
  const before = firsts.get(name);
  if (before === undefined) return void firsts.set(name, line.line);
  const [shown, column] =
    line.kind === 'section' ? [name, line.nameColumn] : [line.keyText, line.keyColumn];
  const text = `${shown} is given on line ${before} too`;
  notes.push(
    line.kind === 'section'
      ? note('repeated-section', text, line.line, column)
      : note('repeated-key', text, line.line, column),
  );
}

/** In the order of their columns. */
function noteOddities(line: KeywordLine, homeless: boolean, notes: CodecNote[]): void {
  if (line.kind === 'unreadable') {
    const column = line.text.length - line.text.trimStart().length + 1;
    notes.push(note('not-a-setting', 'neither setting, section nor comment', line.line, column));
  }
  if (line.kind === 'entry' && homeless) {
    const text = `${line.keyText} stands before the first section`;
    notes.push(note('setting-without-section', text, line.line, line.keyColumn));
  }
  const hash = line.kind === 'entry' ? line.value.indexOf('#') : -1;
  if (line.kind === 'entry' && hash >= 0) {
    const text = `a # inside the value of ${line.keyText}`;
    notes.push(note('hash-in-value', text, line.line, line.valueColumn + hash));
  }
  const length = encodeKeywordLine(line).length - line.end.length;
  if (length > longestLine) {
    const text = `${length} characters, more than ${longestLine}`;
    notes.push(note('line-too-long', text, line.line, longestLine + 1));
  }
}
