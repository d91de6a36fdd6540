import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Budget } from './limits.ts';

const prefix = '.import-';
/** A folder that an import has left behind, which was ended hard, goes after this time. */
const abandonedAfterMs = 24 * 60 * 60 * 1000;

export type Staged = {
  /** Where the bytes are. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly crc32: number;
};

/** Names that begin so are no part of the library. */
export function isStaging(path: string): boolean {
  return path.startsWith(prefix);
}

/** A folder in the library for files that are not whole yet, so that a rename puts them in place. */
export class Staging {
  readonly #folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(root: string, now: number): Promise<Staging> {
    await removeAbandoned(root, now);
    return new Staging(await mkdtemp(join(root, prefix)));
  }

  /** Rejects at the budget's limits. The file is on disk when it resolves. */
  async put(source: AsyncIterable<Uint8Array>, budget: Budget): Promise<Staged> {
    const file = join(this.#folder, String(++this.#count));
    let size = 0;
    let sum = 0;
    await pipeline(
      source,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          size += chunk.length;
          sum = crc32(chunk, sum);
          budget.file(size);
          yield chunk;
        }
      },
      createWriteStream(file, { flush: true, flags: 'wx' }),
    );
    return { file, size, crc32: sum };
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function removeAbandoned(root: string, now: number): Promise<void> {
  for (const name of await readdir(root)) {
    if (!isStaging(name)) continue;
    const folder = join(root, name);
    const age = now - (await stat(folder)).mtimeMs;
    if (age > abandonedAfterMs) await rm(folder, { recursive: true, force: true });
  }
}
