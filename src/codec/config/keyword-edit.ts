import { encodeKeywordLine, type KeywordLine } from './keyword-line.ts';
import {
  decodeKeywordFile,
  encodeKeywordFile,
  type KeywordFile,
  keywordLine,
} from './keyword-file.ts';

/**
 * Sets a value where it stands, what follows it on its line kept, else on a new line behind the last
 * setting of its section, else in a new section at the end. Of a repeated key the last one is set.
 * `section` is '' in files without sections. Throws a CodecError for a value that the syntax cannot
 * hold.
 */
export function setKeyword(
  file: KeywordFile,
  section: string,
  key: string,
  value: string,
): KeywordFile {
  const written = keywordLine(key, value, file.syntax);
  const range = rangeOf(file.lines, section);
  const known = file.lines.findLastIndex(
    (line, index) => isKey(line, key) && index >= range.start && index < range.end,
  );
  const line = file.lines[known];
  if (line?.kind !== 'entry') return inserted(file, section, range, written);
  if (line.value === value) return file;
  const separator = line.separator === '' ? ' ' : line.separator;
  const changed = { ...line, separator, value };
  return reread(file, (each) => (each === line ? [changed] : [each]));
}

/** Takes away every line that sets the key in this section. */
export function removeKeyword(file: KeywordFile, section: string, key: string): KeywordFile {
  const range = rangeOf(file.lines, section);
  return reread(file, (line, index) =>
    isKey(line, key) && index >= range.start && index < range.end ? [] : [line],
  );
}

type Range = { readonly start: number; readonly end: number };

/** Lines of a section, its head left out; of a repeated one the last. `end` is -1 where there is none. */
function rangeOf(lines: readonly KeywordLine[], section: string): Range {
  const wanted = section.toUpperCase();
  const head = lines.findLastIndex((line) => line.kind === 'section' && line.name === wanted);
  if (section !== '' && head < 0) return { start: 0, end: -1 };
  const next = lines.findIndex((line, index) => line.kind === 'section' && index > head);
  return { start: head + 1, end: next < 0 ? lines.length : next };
}

function isKey(line: KeywordLine, key: string): boolean {
  return line.kind === 'entry' && line.key === key.toUpperCase();
}

function reread(
  file: KeywordFile,
  change: (line: KeywordLine, index: number) => readonly KeywordLine[],
): KeywordFile {
  const lines = file.lines.flatMap(change);
  return decodeKeywordFile(encodeKeywordFile({ ...file, lines }), file.syntax);
}

function inserted(
  file: KeywordFile,
  section: string,
  { start, end }: Range,
  written: string,
): KeywordFile {
  const { lines, syntax } = file;
  const lineEnd = lines[0]?.end || '\n';
  const head = end < 0 ? `[${section}]${lineEnd}` : '';
  const last = lines.findLastIndex((line, index) => line.kind !== 'blank' && index < end);
  const at = end < 0 ? lines.length : Math.max(last + 1, start);
  const before = lines.slice(0, at).map(encodeKeywordLine).join('');
  const gap = at > 0 && lines[at - 1]?.end === '' ? lineEnd : '';
  const line = written.replace('\n', lineEnd);
  const after = lines.slice(at).map(encodeKeywordLine).join('');
  const mark = file.bom ? '\uFEFF' : '';
  return decodeKeywordFile(`${mark}${before}${gap}${head}${line}${after}`, syntax);
}
