import { byteOrderMark, splitLines, type TextLine } from './place.ts';

/** All that a text holds, line by line. */
export type TextLines = {
  /** The text begins with a byte order mark. */
  readonly bom: boolean;
  readonly lines: readonly TextLine[];
};

export function decodeLines(text: string): TextLines {
  return { bom: text.startsWith(byteOrderMark), lines: splitLines(text) };
}

/** The text of a document, as it was read. */
export function encodeLines({ bom, lines }: TextLines): string {
  return (bom ? byteOrderMark : '') + lines.map(({ text, end }) => text + end).join('');
}
