import type { LibraryFile } from '../core/firmware/library-file.ts';
import { isComplete, type LibraryImage } from '../core/firmware/library.ts';
import { needing, type Need } from '../core/firmware/needs.ts';
import type { PhoneFamily } from '../model/family.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { plainImage } from './firmware-import.ts';
import { shelfOf, type Shelf } from './firmware-library.ts';
import { needy, needyWords, sizeWords, stateWords, tellFindings } from './firmware-words.ts';
import { printable } from './printable.ts';
import { table } from './table.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

export const firmwareList: MakeCommand = (cli) =>
  inWorkspace(command('list', 'the images of the library and who needs them')).action(
    (flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const shelf = await shelfOf(cli, workspace);
        if (flags.json) for (const line of jsonLines(cli, shelf)) cli.io.out(line);
        else print(cli, shelf);
      }),
  );

/** Needs of an image, by its family's own understanding of names. */
export function needsOf(
  families: readonly PhoneFamily[],
  needs: readonly Need[],
  { family, image }: LibraryImage,
): readonly Need[] {
  const owner = families.find(({ id }) => id === family);
  return owner ? needing(owner, needs, image) : [];
}

function jsonLines({ ops }: Cli, { library, needs }: Shelf): readonly string[] {
  const images = library.images.map((image) => ({
    ...plainImage(image),
    complete: isComplete(image),
    phones: needy(needsOf(ops.families, needs, image)),
  }));
  const loose = library.loose.map(({ path, size, firmware }) => ({
    ...{ file: path, size, kind: firmware?.facts.kind },
  }));
  return [...images, ...loose].map((line) => JSON.stringify(line));
}

function print({ io, ops }: Cli, { library, needs, unread }: Shelf): void {
  const { images, loose } = library;
  if (images.length + loose.length === 0)
    io.out('The library is empty: hookflash firmware import PACKAGE');
  const rows = images.map((image) => [
    ...[image.image, sizeWords(image.size), stateWords(image)],
    needyWords(needy(needsOf(ops.families, needs, image))),
  ]);
  if (rows.length > 0) io.out(table(['image', 'size', 'state', 'needed by'], rows));
  if (loose.length > 0) {
    io.out('');
    io.out('Files that belong to none of these:');
    for (const file of loose) io.out(`  ${looseWords(file)}`);
  }
  const graver = [...unread, ...library.findings].filter(({ severity }) => severity !== 'note');
  tellFindings(io, graver);
}

function looseWords({ path, size, firmware, archive }: LibraryFile): string {
  const what = firmware?.facts.kind ?? (archive ? 'package' : 'no firmware');
  return `${printable(path)}  ${sizeWords(size)}, ${what}`;
}
