import { CodecError } from '../../wire/codec-error.ts';

/** A place in a text, as editors show it: both count from 1, columns in UTF-16 units. */
export type Place = { readonly line: number; readonly column: number };

export const firstPlace: Place = { line: 1, column: 1 };

/** A line of a text; `text + end` of all lines is the text without its byte order mark. */
export type TextLine = {
  readonly text: string;
  /** `\n`, `\r\n`, a lone `\r`, or nothing at the end of the text. */
  readonly end: string;
  readonly line: number;
};

export const byteOrderMark = '\uFEFF';
const lineEnds = /\r\n?|\n/g;

/** The lines of a text; none for an empty one. A byte order mark belongs to no line. */
export function splitLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let start = text.startsWith(byteOrderMark) ? 1 : 0;
  for (const match of text.matchAll(lineEnds)) {
    const line = lines.length + 1;
    lines.push({ text: text.slice(start, match.index), end: match[0], line });
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push({ text: text.slice(start), end: '', line: lines.length + 1 });
  return lines;
}

/** Says where a character offset of the text lies. */
export function placesIn(text: string): (offset: number) => Place {
  const starts = [text.startsWith(byteOrderMark) ? 1 : 0];
  for (const match of text.matchAll(lineEnds)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.max(offset - (starts[low] ?? 0), 0) + 1 };
  };
}

/** A fault of the text at a character offset; its field reads `line 3, column 7`. */
export function faultAtOffset(
  place: Place,
  offset: number,
  claimed: string,
  actual: string,
): CodecError {
  const field = `line ${place.line}, column ${place.column}`;
  return new CodecError({ field, offset, claimed, actual });
}

/** A fault of the text at a place that was read before. */
export function faultAt(text: string, place: Place, claimed: string, actual: string): CodecError {
  const before = splitLines(text).slice(0, place.line - 1);
  const start = before.reduce((sum, line) => sum + line.text.length + line.end.length, 0);
  const mark = text.startsWith(byteOrderMark) ? 1 : 0;
  return faultAtOffset(place, mark + start + place.column - 1, claimed, actual);
}

/** A fault of a value that is to be written. Values that may be secret stay out of it. */
export function unwritable(field: string, claimed: string, actual: string): CodecError {
  return new CodecError({ field, offset: 0, claimed, actual: quoted(actual) });
}

/** At most 60 characters of a text, in quotes. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
