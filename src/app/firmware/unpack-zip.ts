import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { pathProblem } from '../../core/firmware/entry-name.ts';
import { PackageError } from './package-error.ts';
import type { Unpacking } from './unpack.ts';

/** Who made the archive decides what the attributes mean. APPNOTE.TXT section 4.4.2. */
const madeOnUnix = 3;
/** Kinds of files in a Unix mode. */
const modes = { mask: 0xf000, regular: 0x8000, link: 0xa000, folder: 0x4000 };

export async function unpackZip(to: Unpacking): Promise<void> {
  const zip = await openPromise(to.file, {
    autoClose: false,
    lazyEntries: true,
    // Paths are looked at here, one by one: the library would give up at the first bad one.
    decodeStrings: false,
    validateEntrySizes: true,
  });
  try {
    for await (const entry of zip.eachEntry()) await take(zip, entry, to);
  } finally {
    zip.close();
  }
}

async function take(zip: ZipFile, entry: Entry, to: Unpacking): Promise<void> {
  to.budget.entry();
  const path = pathOf(entry);
  const kind = kindOf(entry);
  const problem = pathProblem(path) ?? (kind === 'file' || kind === 'folder' ? undefined : kind);
  if (problem) return to.refused(path, problem);
  if (path.endsWith('/') || kind === 'folder') return;
  to.budget.file(entry.uncompressedSize);
  if (entry.isEncrypted()) throw new PackageError('package-broken', `${path} is encrypted`);
  const staged = await to.put(counted(await zip.openReadStreamPromise(entry), entry, to));
  if (staged.crc32 !== entry.crc32 >>> 0)
    throw new PackageError('package-broken', `${path} does not fit its checksum`);
  to.found(path, staged);
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  { compressedSize, uncompressedSize }: Entry,
  { budget, onRead }: Unpacking,
) {
  for await (const chunk of source) {
    budget.out(chunk.length);
    onRead((chunk.length * compressedSize) / uncompressedSize);
    yield chunk;
  }
}

/** With its backslashes: they are told, not mended. */
function pathOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const path = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true);
  return path.replace(/^(\.\/)+/, '');
}

function kindOf({ versionMadeBy, externalFileAttributes }: Entry) {
  const mode = (externalFileAttributes >>> 16) & modes.mask;
  if (versionMadeBy >>> 8 !== madeOnUnix || mode === 0 || mode === modes.regular) return 'file';
  if (mode === modes.folder) return 'folder';
  return mode === modes.link ? 'link' : 'special';
}
