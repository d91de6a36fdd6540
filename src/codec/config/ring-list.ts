import type { CodecNote } from '../codec-note.ts';
import { decodeLines, encodeLines, type TextLines } from '../text/lines.ts';
import { type Place, type TextLine, unwritable } from '../text/place.ts';

export type Ring = {
  /** As the phone shows it. */
  readonly name: string;
  /** e.g. `Piano1.raw` */
  readonly file: string;
};

export type RingList = {
  readonly rings: readonly (Ring & Place)[];
  readonly notes: readonly CodecNote[];
};

/** `encodeLines` gives its text back as it was read. */
export type RingListFile = RingList & TextLines;

/**
 * `RINGLIST.DAT` of the 7940/7960: `Name<TAB>file` on each line. Cisco SIP IP Phone Administrator
 * Guide, "Customizing the Cisco SIP IP Phone Ring Types". Every text is read; what is odd is noted.
 */
export function decodeRingList(text: string): RingListFile {
  const notes: CodecNote[] = [];
  const document = decodeLines(text);
  const rings = document.lines.flatMap((line) => ringOf(line, notes) ?? []);
  return { rings, notes, ...document };
}

/** A new file. Throws a CodecError for names with tabs or line ends and for files with blanks. */
export function encodeRingList(rings: readonly Ring[]): string {
  return rings.map((ring) => `${ringText(ring)}\n`).join('');
}

/** The text of the file with another ring on a line, or with none; other lines stay. */
export function setRingLine(document: TextLines, line: number, ring: Ring | undefined): string {
  const lines = document.lines.flatMap((each) => {
    if (each.line !== line) return each;
    return ring === undefined ? [] : { ...each, text: ringText(ring) };
  });
  return encodeLines({ ...document, lines });
}

/** The text of the file with a ring behind the others. */
export function addRingLine(document: TextLines, ring: Ring): string {
  const text = encodeLines(document);
  const end = document.lines[0]?.end ?? '';
  const lineEnd = end === '' ? '\n' : end;
  const last = document.lines.at(-1)?.end === '' ? lineEnd : '';
  return `${text}${last}${ringText(ring)}${lineEnd}`;
}

function ringText({ name, file }: Ring): string {
  if (name === '' || name !== name.trim() || /[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(name))
    throw unwritable('name of a ring', 'text without blanks around it', name);
  if (!/^[A-Za-z0-9._-]+$/.test(file))
    throw unwritable('file of a ring', 'a file name without blanks', file);
  return `${name}\t${file}`;
}

function ringOf({ text, line }: TextLine, notes: CodecNote[]): (Ring & Place) | undefined {
  const words = text.trim();
  if (words === '') return undefined;
  const start = text.indexOf(words);
  const note = (code: string, message: string, at: number) =>
    void notes.push({ code, text: message, line, column: start + at + 1 });
  const tab = words.indexOf('\t');
  const split = tab < 0 ? words.lastIndexOf(' ') : tab;
  const name = words.slice(0, Math.max(split, 0)).trimEnd();
  const [file = '', ...more] = words
    .slice(split + 1)
    .trim()
    .split(/\s+/);
  if (name === '') {
    note('no-ring', 'name, tab and file are wanted', 0);
    return undefined;
  }
  if (tab < 0) note('no-tab', 'no tab between name and file', name.length);
  if (more.length > 0) note('text-after-file', 'more than a name and a file', split + 1);
  if (start + words.length < text.length)
    note('trailing-blank', 'a blank behind the file name', words.length);
  return { name, file, line, column: start + 1 };
}
