import { byteOrderMark, splitLines } from '../../../codec/text/place.ts';
import type { Fix } from '../../../model/finding.ts';

/** Replaces characters of one line. */
export function replaceOnLine(
  text: string,
  line: number,
  column: number,
  length: number,
  by: string,
): Fix {
  return { kind: 'replace', offset: offsetAt(text, line, column), length, text: by };
}

/** Characters before a place of the text. */
export function offsetAt(text: string, line: number, column: number): number {
  const mark = text.startsWith(byteOrderMark) ? 1 : 0;
  const before = splitLines(text).slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.text.length + each.end.length, mark) + column - 1;
}
