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

/** The lines of a text; none for an empty one. A byte order mark belongs to no line. */
export function splitLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = [];
  let feed = -1;
  let carriage = -1;
  let start = text.startsWith(byteOrderMark) ? 1 : 0;
  while (start < text.length) {
    if (feed < start) feed = indexOf(text, '\n', start);
    if (carriage < start) carriage = indexOf(text, '\r', start);
    const stop = Math.min(feed, carriage, text.length);
    const end =
      stop === text.length ? '' : stop === feed ? '\n' : feed === stop + 1 ? '\r\n' : '\r';
    lines.push({ text: text.slice(start, stop), end, line: lines.length + 1 });
    start = stop + end.length;
  }
  return lines;
}

/** Says where a character offset of the text lies. */
export function placesIn(text: string): (offset: number) => Place {
  const lines = splitLines(text);
  const starts = [text.startsWith(byteOrderMark) ? 1 : 0];
  for (const line of lines)
    if (line.end !== '') starts.push((starts.at(-1) ?? 0) + line.text.length + line.end.length);
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

function indexOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at < 0 ? Infinity : at;
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
