import type { LibraryFile } from '../core/firmware/library-file.ts';
import { fileFindings } from '../core/firmware/findings.ts';
import type { Library, LibraryImage } from '../core/firmware/library.ts';
import { needingFile, type Need } from '../core/firmware/needs.ts';
import { AppError } from '../errors.ts';
import type { PhoneFamily } from '../model/family.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { plainImage } from './firmware-import.ts';
import { shelfOf, type Shelf } from './firmware-library.ts';
import { needsOf } from './firmware-list.ts';
import {
  fileRows,
  findingLines,
  needy,
  needyWords,
  sizeWords,
  stateWords,
} from './firmware-words.ts';
import { printable } from './printable.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

export const firmwareShow: MakeCommand = (cli) =>
  inWorkspace(command('show', 'what an image or a file of the library is'))
    .argument('<NAME>', 'image or file')
    .action((name: string, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const shelf = await shelfOf(cli, workspace);
        const image = imageNamed(cli.ops.families, shelf.library, name);
        const file = image ? undefined : shelf.library.file(name);
        if (image) showImage(cli, shelf, image, flags);
        else if (file) showFile(cli, shelf, file, flags);
        else throw new AppError('not-found', `the library has no image or file "${name}"`);
      }),
    );

/** An image in any spelling; the same spelling first. Not for names of files, which have a dot. */
export function imageNamed(
  families: readonly PhoneFamily[],
  { images, file }: Library,
  name: string,
): LibraryImage | undefined {
  if (file(name)) return undefined;
  const meant = families.flatMap((family) => {
    const parsed = family.parseImage(name);
    if (!parsed) return [];
    return images.filter((image) => image.family === family.id && image.key === parsed.key);
  });
  return meant.find(({ image }) => image.toLowerCase() === name.toLowerCase()) ?? meant[0];
}

function showImage(
  { io, ops }: Cli,
  { library, needs }: Shelf,
  image: LibraryImage,
  { json }: Flags,
): void {
  const phones = needy(needsOf(ops.families, needs, image));
  if (json) {
    const files = image.files.map((file) => plainFile(ops.families, library, needs, file));
    const { findings } = image;
    return io.out(JSON.stringify({ ...plainImage(image), files, findings, phones }));
  }
  const count = image.files.length === 1 ? '1 file' : `${image.files.length} files`;
  io.out(`${image.image}  ${stateWords(image)}`);
  io.out(`  ${count}, ${sizeWords(image.size)}`);
  if (phones.length > 0) io.out(`  needed by ${needyWords(phones)}`);
  for (const line of findingLines(image.findings)) io.out(`  ${line}`);
  for (const file of image.files) printFile(io, file);
}

function showFile(
  { io, ops }: Cli,
  { library, needs }: Shelf,
  file: LibraryFile,
  { json }: Flags,
): void {
  const plain = plainFile(ops.families, library, needs, file);
  if (json) return io.out(JSON.stringify(plain));
  printFile(io, file);
  if (plain.images.length > 0) io.out(`  ${'of image'.padEnd(width)}  ${plain.images.join(', ')}`);
  if (plain.phones.length > 0)
    io.out(`  ${'needed by'.padEnd(width)}  ${needyWords(plain.phones)}`);
}

const width = 12;

function printFile(io: Cli['io'], file: LibraryFile): void {
  io.out('');
  io.out(printable(file.path));
  for (const [name, value] of fileRows(file)) io.out(`  ${name.padEnd(width)}  ${value}`);
  for (const line of findingLines(fileFindings(file))) io.out(`  ${line}`);
}

/** For JSON. */
function plainFile(
  families: readonly PhoneFamily[],
  library: Library,
  needs: readonly Need[],
  file: LibraryFile,
) {
  const { path, size, sha256, firmware, archive } = file;
  const { findings: _, ...facts } = firmware?.facts ?? { findings: [] };
  return {
    ...{ path, size, sha256, archive, family: firmware?.family, ...facts },
    findings: fileFindings(file),
    images: library.images.filter(({ files }) => files.includes(file)).map(({ image }) => image),
    phones: needy(needingFile(families, library, needs, path)),
  };
}
