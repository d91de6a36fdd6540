import type { CodecNote } from '../codec-note.ts';
import { type Place, splitLines, type TextLine, unwritable } from '../text/place.ts';

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

/**
 * `RINGLIST.DAT` of the 7940/7960: `Name<TAB>file` on each line. Cisco SIP IP Phone Administrator
 * Guide, "Customizing the Cisco SIP IP Phone Ring Types". Every text is read; what is odd is noted.
 */
export function decodeRingList(text: string): RingList {
  const notes: CodecNote[] = [];
  const rings = splitLines(text).flatMap((line) => ringOf(line, notes) ?? []);
  return { rings, notes };
}

/** Throws a CodecError for names with tabs or line ends and for files with blanks. */
export function encodeRingList(rings: readonly Ring[]): string {
  const lines = rings.map(({ name, file }) => {
    if (name === '' || name !== name.trim() || /[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(name))
      throw unwritable('name of a ring', 'text without blanks around it', name);
    if (!/^[A-Za-z0-9._-]+$/.test(file))
      throw unwritable('file of a ring', 'a file name without blanks', file);
    return `${name}\t${file}\n`;
  });
  return lines.join('');
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
