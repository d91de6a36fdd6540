import type { CodecNote } from '../codec-note.ts';
import { byteOrderMark, faultAt, splitLines, unwritable } from '../text/place.ts';
import { type CnfEntry, type CnfLine, decodeCnfLine, encodeCnfLine } from './cnf-line.ts';

export type { CnfEntry, CnfLine, CnfOther, CnfQuote } from './cnf-line.ts';

/** A configuration file with all that it holds: comments, order, blank and unreadable lines. */
export type CnfDocument = {
  /** The text begins with a byte order mark. */
  readonly bom: boolean;
  readonly lines: readonly CnfLine[];
  readonly notes: readonly CodecNote[];
};

/**
 * `SIPDefault.cnf` and `SIP<MAC>.cnf` of the 7940/7960: `name : value ; comment`, `#` before a
 * whole-line comment. Cisco SIP IP Phone Administrator Guide, "Modifying the Default SIP
 * Configuration File". Every text is read; what is odd is noted.
 */
export function decodeCnf(text: string): CnfDocument {
  const bom = text.startsWith(byteOrderMark);
  const lines = splitLines(text).map(decodeCnfLine);
  const notes: CodecNote[] = [];
  if (bom) notes.push(note('byte-order-mark', 'the file begins with a byte order mark', 1, 1));
  const firsts = new Map<string, number>();
  for (const line of lines) {
    noteRepeat(line, firsts, notes);
    noteOddities(line, notes);
  }
  return { bom, lines, notes };
}

/**
 * The text of a document; that of `decodeCnf` comes back byte for byte. Throws a CodecError where
 * the text would be read otherwise than the document says.
 */
export function encodeCnf(document: CnfDocument): string {
  const text = (document.bom ? byteOrderMark : '') + document.lines.map(encodeCnfLine).join('');
  const written = splitLines(text);
  if (text.startsWith(byteOrderMark) !== document.bom || written.length !== document.lines.length)
    throw unwritable('lines of the file', `${document.lines.length}`, `${written.length}`);
  written.forEach((line, index) => {
    const meant = document.lines[index];
    if (meant !== undefined && saysTheSame(decodeCnfLine(line), meant)) return;
    const place = { line: line.line, column: 1 };
    throw faultAt(text, place, 'a line that reads as it is meant', 'one that reads otherwise');
  });
  return text;
}

/** By key in lower case. The last one counts; where the file says that there is none, it is ''. */
export function cnfValues(document: CnfDocument): ReadonlyMap<string, string> {
  return new Map(entriesOf(document.lines).map(({ key, value }) => [key, value ?? '']));
}

/**
 * A new file, `key: "value"` on each line. Throws a CodecError for a key or value that the syntax
 * cannot hold and for a key given twice.
 */
export function writeCnf(
  values: readonly (readonly [key: string, value: string])[],
  heading?: string,
): string {
  const seen = new Set<string>();
  const comments = heading === undefined ? [] : splitLines(heading);
  const lines = values.map(([key, value]) => {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(key))
      throw unwritable('key', 'letters, digits and underscores', key);
    const [bad] = /[\x00-\x1f\x7f"]/.exec(value) ?? [];
    if (bad !== undefined)
      throw unwritable(`value of ${key}`, 'neither quotes nor control characters', bad);
    if (seen.has(key.toLowerCase())) throw unwritable('key', 'each key once', key);
    seen.add(key.toLowerCase());
    return `${key}: "${value}"\n`;
  });
  return [...comments.map(({ text }) => `# ${text}`.trimEnd() + '\n'), ...lines].join('');
}

function entriesOf(lines: readonly CnfLine[]): readonly CnfEntry[] {
  return lines.filter((line) => line.kind === 'entry');
}

function saysTheSame(read: CnfLine, meant: CnfLine): boolean {
  if (read.kind !== 'entry' || meant.kind !== 'entry')
    return read.kind === meant.kind && read.end === meant.end;
  return (
    read.keyText === meant.keyText &&
    read.valueText === meant.valueText &&
    read.quote === meant.quote &&
    read.end === meant.end
  );
}

function note(code: string, text: string, line: number, column: number): CodecNote {
  return { code, text, line, column };
}

function noteRepeat(line: CnfLine, firsts: Map<string, number>, notes: CodecNote[]): void {
  if (line.kind !== 'entry') return;
  const before = firsts.get(line.key);
  if (before === undefined) return void firsts.set(line.key, line.line);
  const text = `${line.key} is given on line ${before} too; the last one counts`;
  notes.push(note('repeated-key', text, line.line, line.keyColumn));
}

/** In the order of their columns. */
function noteOddities(line: CnfLine, notes: CodecNote[]): void {
  if (line.kind === 'unreadable') {
    const column = line.text.length - line.text.trimStart().length + 1;
    notes.push(note('not-a-setting', 'neither "name: value" nor a comment', line.line, column));
  }
  if (line.kind !== 'entry') return;
  const { valueColumn, valueText, close, tail } = line;
  const quoteColumn = valueColumn - line.open.length;
  if (line.quote === 'unclosed')
    notes.push(note('unclosed-quote', 'the quote is not closed', line.line, quoteColumn));
  if (line.quote === 'curly')
    notes.push(note('curly-quotes', 'phones know straight quotes only', line.line, quoteColumn));
  const stray = line.quote === 'none' ? valueText.search(/["“”„‟]/) : -1;
  if (stray >= 0)
    notes.push(note('stray-quote', 'a quote inside the value', line.line, valueColumn + stray));
  if (tail === '') return;
  const extra = tail.trimStart();
  if (extra !== '' && !extra.startsWith(';')) {
    const column = valueColumn + valueText.length + close.length + tail.length - extra.length;
    notes.push(note('text-after-value', 'neither value nor comment', line.line, column));
  }
}
