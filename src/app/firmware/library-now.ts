import { firmwareLibrary, type Library } from '../../core/firmware/library.ts';
import { scanLibrary, type ScanContext } from './scan.ts';

/** The library as it is now: another process may import files. The same object while it is the same. */
export function createLibraryReader(context: ScanContext): () => Promise<Library> {
  let known: { readonly key: string; readonly library: Library } | undefined;
  return async () => {
    const { files } = await scanLibrary(context, {});
    const key = files.map(({ path, sha256 }) => `${sha256} ${path}`).join('\n');
    if (known?.key !== key) known = { key, library: firmwareLibrary(context.families, files) };
    return known.library;
  };
}
