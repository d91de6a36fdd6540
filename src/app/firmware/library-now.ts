import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryFile, type LibraryFile } from '../../core/firmware/library-file.ts';
import { firmwareLibrary, type Library } from '../../core/firmware/library.ts';
import type { FileTree } from '../../servers/file-tree.ts';
import { isSettled, versionOf } from '../../servers/file-version.ts';
import { scanLibrary, type ScanContext } from './scan.ts';

/** The folder of hand-made files, which phones find before those of the library. */
export type HandMade = { readonly root: string; readonly tree: Pick<FileTree, 'list' | 'read'> };

/**
 * What phones can get as it is now: another process may import files. The same object while nothing
 * has changed.
 */
export function createLibraryReader(
  context: ScanContext,
  handMade: HandMade,
): () => Promise<Library> {
  const readHandMade = createHandMadeReader(context, handMade);
  let known: { readonly key: string; readonly library: Library } | undefined;
  return async () => {
    const own = await readHandMade();
    const hidden = new Set(own.map(({ path }) => path.toLowerCase()));
    const { files } = await scanLibrary(context, {});
    const all = [...own, ...files.filter(({ path }) => !hidden.has(path.toLowerCase()))];
    const key = all.map(({ path, sha256 }) => `${sha256} ${path}`).join('\n');
    if (known?.key !== key) known = { key, library: firmwareLibrary(context.families, all) };
    return known.library;
  };
}

/** `version` is undefined for a file that may change once more without a trace. */
type Known = { readonly version: string | undefined; readonly file: LibraryFile };

/** Firmware among the hand-made files. Each version of a file is read once. */
function createHandMadeReader(
  { families, now }: Pick<ScanContext, 'families' | 'now'>,
  { root, tree }: HandMade,
): () => Promise<readonly LibraryFile[]> {
  let known: ReadonlyMap<string, Known> = new Map();

  async function read(path: string): Promise<Known | undefined> {
    const status = await stat(join(root, path), { bigint: true }).catch(() => undefined);
    if (!status) return undefined;
    const before = known.get(path);
    if (before?.version === versionOf(status)) return before;
    const found = await tree.read(path);
    const version = isSettled(status, now()) ? versionOf(status) : undefined;
    return found && { version, file: libraryFile(families, path, found.bytes) };
  }

  return async () => {
    const next = new Map<string, Known>();
    for (const path of await tree.list()) {
      if (path.includes('/') || !families.some((family) => family.isFirmware(path))) continue;
      const file = await read(path);
      if (file) next.set(path, file);
    }
    known = next;
    return [...next.values()].map(({ file }) => file);
  };
}
