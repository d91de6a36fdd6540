/** Something odd in a text that was read all the same. Lines and columns count from 1. */
export type CodecNote = {
  readonly code: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
};
