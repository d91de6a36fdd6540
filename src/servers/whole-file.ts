import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { versionOf } from './file-version.ts';

/** A file's bytes, in shared memory, as they were at one moment. */
export type WholeFile = { readonly bytes: Uint8Array; readonly status: BigIntStats };

// Were the file exchanged for a FIFO or a link meanwhile, opening it neither waits nor follows.
const openFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
const maxAttempts = 5;

/** Reads a regular file whole, again if it changes meanwhile. Throws what keeps it from that. */
export async function readWholeFile(path: string, maxBytes: number): Promise<WholeFile> {
  const file = await open(path, openFlags);
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const status = await file.stat({ bigint: true });
      if (!status.isFile()) throw new Error('is not a regular file');
      if (status.size > maxBytes)
        throw new Error(`is of ${status.size} bytes, more than the limit of ${maxBytes}`);
      const bytes = await readBytes(file, Number(status.size));
      const after = await file.stat({ bigint: true });
      if (versionOf(after) === versionOf(status)) return { bytes, status };
    }
    throw new Error(`changed during each of ${maxAttempts} attempts to read it`);
  } finally {
    await file.close();
  }
}

async function readBytes(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  for (let at = 0; at < size;) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break; // Cut short meanwhile: its status tells.
    at += bytesRead;
  }
  return bytes;
}
