import type { CodecNote } from '../codec-note.ts';
import { decodeLines, type TextLines } from '../text/lines.ts';
import { imageName } from '../text/image-name.ts';
import { type Place, type TextLine, unwritable } from '../text/place.ts';

/** What a package is for. */
export type MappedLoad = {
  /** Cisco's device type number. */
  readonly number: number;
  /** Image name, e.g. `SIP41.8-5-4S`. */
  readonly image: string;
  /** Cisco's number of the protocol; 11 is SIP. */
  readonly protocol?: number;
  /** e.g. `IP Phone 7941 SIP` */
  readonly comment?: string;
};

/** `encodeLines` gives its text back as it was read. */
export type LoadMap = TextLines & {
  readonly loads: readonly (MappedLoad & Place)[];
  readonly notes: readonly CodecNote[];
};

const load = /^(\d{1,9})\s+((?!\/\/)\S+)(?:\s+(\d{1,9}))?\s*(?:\/\/(.*))?$/;

/**
 * `load<number>.txt` of Cisco's firmware packages: device type, image, protocol, `// comment` on
 * each line. Layout as in packages from release 8.5 on. Every text is read; what is odd is noted.
 */
export function decodeLoadMap(text: string): LoadMap {
  const document = decodeLines(text);
  const notes: CodecNote[] = [];
  const loads = document.lines.flatMap((each) => loadOf(each, notes) ?? []);
  return { loads, notes, ...document };
}

/** A new file. Throws a CodecError for what a line cannot hold. */
export function encodeLoadMap(loads: readonly MappedLoad[]): string {
  return loads.map((each) => `${textOf(each)}\n`).join('');
}

function textOf({ number, image, protocol, comment }: MappedLoad): string {
  for (const value of [number, protocol ?? 0])
    if (!Number.isInteger(value) || value < 0 || value > 999_999_999)
      throw unwritable('number of a load', 'a whole number of up to 9 digits', `${value}`);
  const words = [`${number}`, imageName(image, 'load')];
  if (protocol !== undefined) words.push(`${protocol}`);
  if (comment === undefined) return words.join('\t');
  if (comment !== comment.trim() || /[\x00-\x1f\x7f]/.test(comment))
    throw unwritable('comment of a load', 'one line without blanks around it', comment);
  return [...words, `// ${comment}`].join('\t');
}

function loadOf(
  { text, line: number }: TextLine,
  notes: CodecNote[],
): (MappedLoad & Place) | undefined {
  const words = text.trim();
  if (words === '' || words.startsWith('//')) return undefined;
  const column = text.indexOf(words) + 1;
  const [, device, image, protocol, comment] = load.exec(words) ?? [];
  if (device === undefined || image === undefined) {
    notes.push({ code: 'no-load', text: 'device type and image are wanted', line: number, column });
    return undefined;
  }
  return {
    number: Number(device),
    image,
    ...(protocol === undefined ? {} : { protocol: Number(protocol) }),
    ...(comment === undefined ? {} : { comment: comment.trim() }),
    line: number,
    column,
  };
}
