import type { CodecNote } from '../codec-note.ts';
import { imageName } from '../text/image-name.ts';
import { decodeLines, type TextLines } from '../text/lines.ts';
import { type TextLine, unwritable } from '../text/place.ts';

/** `encodeLines` gives its text back as it was read. */
export type Loads = TextLines & {
  /** Names of the files to fetch, in the order in which phones fetch them. */
  readonly files: readonly string[];
  /** Internal version of the loader image; Java phones' files have none. */
  readonly laVersion?: string;
  readonly notes: readonly CodecNote[];
};

/** Image names without extension, e.g. `P003-8-12-00` and `P0S3-8-12-00`. */
export type LoadsInput = {
  readonly loader: string;
  readonly application: string;
  /** Eight characters, e.g. `PAS30830`. */
  readonly laVersion: string;
};

type LoadsLine = {
  readonly file?: string;
  readonly laVersion?: string;
  readonly notes?: readonly CodecNote[];
};

/** What a `.loads` file holds behind its signed header. Every text is read; what is odd is noted. */
export function decodeLoads(text: string): Loads {
  const document = decodeLines(text);
  const lines = document.lines.map(decodeLine);
  const laVersion = lines.findLast((line) => line.laVersion !== undefined)?.laVersion;
  return {
    files: lines.flatMap(({ file }) => file ?? []),
    ...(laVersion === undefined ? {} : { laVersion }),
    notes: lines.flatMap(({ notes }) => notes ?? []),
    ...document,
  };
}

/** For a 7940/7960: loader, application, LA_VERSION. */
export function encodeLoads({ loader, application, laVersion }: LoadsInput): string {
  if (!/^[A-Z0-9]{8}$/.test(laVersion))
    throw unwritable('LA_VERSION', '8 upper-case letters and digits', laVersion);
  const names = [`${imageName(loader, 'loader')}.sbn`, `${imageName(application, 'image')}.sb2`];
  return [...names, `LA_VERSION=${laVersion}`, ''].join('\n');
}

function decodeLine({ text, line }: TextLine): LoadsLine {
  const words = text.trim();
  // `[#HARDWARE_COMP_1 5` … `]` is for the loader of some Java phones; it names no file.
  if (/^$|^[#[\]]/.test(words)) return {};
  const note = (code: string, message: string, at: number): readonly CodecNote[] => [
    { code, text: message, line, column: at + 1 },
  ];
  const start = text.indexOf(words);
  const version = /^LA_VERSION\s*=\s*(\S*)$/i.exec(words)?.[1];
  if (version !== undefined) return { laVersion: version };
  // Wireless phones add size and checksum behind the name.
  const [file = '', ...more] = words.split(/\s+/);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(file))
    return { notes: note('no-file-name', 'neither file name nor comment', start) };
  if (more.length > 0)
    return { file, notes: note('text-after-name', 'more than a file name', start + file.length) };
  if (start + words.length === text.length) return { file };
  const end = start + words.length;
  return { file, notes: note('trailing-blank', 'a blank behind the file name', end) };
}
