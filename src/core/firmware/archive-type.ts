import { latin1 } from '../../wire/reader.ts';

export type ArchiveType = 'zip' | 'gzip' | 'tar';

const tarMagic = { at: 257, text: 'ustar' };

/** By the first bytes, 512 of them at most; undefined for what is no archive. */
export function archiveType(bytes: Uint8Array): ArchiveType | undefined {
  const text = (from: number, to: number) => latin1(bytes.subarray(from, to));
  if (/^PK(\x03\x04|\x05\x06|\x07\x08)$/.test(text(0, 4))) return 'zip';
  if (text(0, 3) === '\x1f\x8b\x08') return 'gzip';
  const { at, text: magic } = tarMagic;
  return text(at, at + magic.length) === magic ? 'tar' : undefined;
}
