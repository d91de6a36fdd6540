import type { CodecNote } from '../codec-note.ts';
import { imageName } from '../text/image-name.ts';
import { decodeLines, encodeLines, type TextLines } from '../text/lines.ts';
import { type TextLine, unwritable } from '../text/place.ts';

/** `encodeLines` gives its text back as it was read. */
export type Os79xx = TextLines & {
  /** As written, without the blanks around it; '' where the file names none. */
  readonly image: string;
  readonly notes: readonly CodecNote[];
};

const blankLine: TextLine = { text: '', end: '', line: 1 };

/**
 * `OS79XX.TXT`: the name of an image on the first line, without extension. Cisco 7960/7940 firmware
 * upgrade matrix, Procedure A; Cisco bug CSCdv19260 for what a blank behind the name does.
 */
export function decodeOs79xx(text: string): Os79xx {
  const document = decodeLines(text);
  const { lines } = document;
  const first = lines[0] ?? blankLine;
  const image = first.text.trim();
  const notes = [...notesOfLine(first, image), ...notesOfRest(lines.slice(1))];
  return { image, notes, ...document };
}

/** A new file. Throws a CodecError for a name with blanks, lower-case letters or an extension. */
export function encodeOs79xx(image: string): string {
  return `${checkedImage(image)}\n`;
}

/** The text of the file with another image; what stands on other lines stays. */
export function setOs79xxImage(document: TextLines, image: string): string {
  const { end, line } = document.lines[0] ?? { end: '\n', line: 1 };
  const first: TextLine = { text: checkedImage(image), end, line };
  return encodeLines({ ...document, lines: [first, ...document.lines.slice(1)] });
}

function checkedImage(image: string): string {
  if (!/^[A-Z0-9-]*$/.test(image))
    throw unwritable('OS79XX image', 'upper-case letters, digits and hyphens only', image);
  return imageName(image, 'OS79XX image');
}

function notesOfLine(first: TextLine, image: string): readonly CodecNote[] {
  const notes: CodecNote[] = [];
  const note = (code: string, text: string, column: number) =>
    void notes.push({ code, text, line: first.line, column });
  const start = first.text.indexOf(image);
  const end = start + image.length;
  if (image === '') note('no-image', 'the first line names no image', 1);
  else if (start > 0) note('leading-blank', 'a blank before the image name', 1);
  if (image !== '' && end < first.text.length)
    note('trailing-blank', 'a blank behind the image name is taken as a part of it', end + 1);
  if (first.end.startsWith('\r'))
    note('carriage-return', 'the line ends with a carriage return', first.text.length + 1);
  const blank = image.search(/\s/);
  if (blank >= 0) note('inner-blank', 'a blank inside the image name', start + blank + 1);
  const lower = image.search(/[a-z]/);
  if (lower >= 0) note('letter-case', 'image names have upper-case letters', start + lower + 1);
  const dot = image.indexOf('.');
  if (dot >= 0) note('extension', 'the names of these images have no dot', start + dot + 1);
  return notes;
}

function notesOfRest(rest: readonly TextLine[]): readonly CodecNote[] {
  const more = rest.find((line) => line.text.trim() !== '');
  if (more === undefined) return [];
  return [{ code: 'more-lines', text: 'only the first line counts', line: more.line, column: 1 }];
}
