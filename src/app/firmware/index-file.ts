import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { LibraryFile } from '../../core/firmware/library-file.ts';

/** What is remembered of a file, and of which version of it. */
export type Remembered = { readonly version: string; readonly file: LibraryFile };

/** Counts up when what is known of files changes, so that all are read anew. */
const format = 1;

const schema = z.object({
  format: z.literal(format),
  program: z.string(),
  files: z.array(z.object({ version: z.string(), file: z.custom<LibraryFile>(isLibraryFile) })),
});

function isLibraryFile(value: unknown): boolean {
  const { path, size, sha256 } = (value ?? {}) as Partial<LibraryFile>;
  return typeof path === 'string' && typeof size === 'number' && typeof sha256 === 'string';
}

/** By path. Nothing where there is no such file or another version of the program wrote it. */
export async function readIndex(
  path: string,
  program: string,
): Promise<ReadonlyMap<string, Remembered>> {
  const read = schema.safeParse(await parsed(path));
  if (!read.success || read.data.program !== program) return new Map();
  return new Map(read.data.files.map((each) => [each.file.path, each]));
}

async function parsed(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The library can do without it: where it cannot be written, files are read again next time. */
export async function writeIndex(
  path: string,
  program: string,
  files: readonly Remembered[],
): Promise<void> {
  const text = JSON.stringify({ format, program, files });
  try {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  } catch {
    return;
  }
}
