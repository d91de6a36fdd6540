import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { decodeFile, type Decoded } from '../src/core/decode.ts';
import { families } from '../src/families/index.ts';

/** The folder of published files; undefined where there is none. */
export const corpus = process.env['HOOKFLASH_CORPUS'];
export const skipped = 'SKIPPED: HOOKFLASH_CORPUS names no folder of published files';

export type CorpusFile = {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
};

function corpusFiles(): readonly CorpusFile[] {
  if (corpus === undefined) return [];
  return readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({ path, name: relative(corpus, path), bytes: readFileSync(path) }));
}

export const files = corpusFiles();
const decoded = new Map(
  files.map((file) => [file, decodeFile(families, basename(file.path), file.bytes)]),
);

export function decodedOf(file: CorpusFile): Decoded {
  const result = decoded.get(file);
  assert.ok(result);
  return result;
}

export function ofFormat(...formats: readonly string[]): readonly CorpusFile[] {
  return files.filter((file) => formats.includes(decodedOf(file).format));
}
