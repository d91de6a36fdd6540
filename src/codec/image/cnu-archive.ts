import { latin1, Reader } from '../../wire/reader.ts';

export type CnuArchive = {
  /** How many files it holds. */
  readonly files: number;
  /** Bytes of all of them. */
  readonly content: number;
  /** Bytes of the archive. */
  readonly size: number;
};

const magic = 'CNU_File_Archive_3.0';
const at = { fileCount: 0x30, directory: 0x248 };
const entryLength = 20;
/** Type and flags stand before a file's size, time and the offset of its name behind it. */
const sizeInEntry = 8;

export function isCnuArchive(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, magic.length)) === magic;
}

/**
 * The archive that a component of a Java phone's firmware is, behind its signed header. Numbers are
 * big-endian; files follow one another without gaps. Layout as in Cisco's releases 8.x and 9.x.
 * Throws a CodecError where the bytes end before the files that its directory lists.
 */
export function cnuArchive(bytes: Uint8Array): CnuArchive {
  const reader = new Reader(bytes);
  const name = latin1(reader.take(magic.length, 'archive'));
  if (name !== magic) reader.fail('archive', magic, JSON.stringify(name), 0);
  reader.seek(at.fileCount, 'file count');
  const files = reader.u32('file count');
  const contentOffset = reader.u32('content offset');
  reader.seek(at.directory, 'directory');
  reader.need(files * entryLength, 'directory');
  let content = 0;
  for (let index = 0; index < files; index++) {
    reader.take(sizeInEntry, 'directory entry');
    content += reader.u32('file size');
    reader.take(entryLength - sizeInEntry - 4, 'directory entry');
  }
  reader.seek(contentOffset, 'content offset');
  reader.need(content, 'content');
  return { files, content, size: bytes.length };
}
