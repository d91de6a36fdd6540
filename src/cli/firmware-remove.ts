import { needingFile } from '../core/firmware/needs.ts';
import type { Library } from '../core/firmware/library.ts';
import { removalOf, type Removal } from '../core/firmware/removal.ts';
import { AppError } from '../errors.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { shelfOf } from './firmware-library.ts';
import { needsOf } from './firmware-list.ts';
import { imageNamed } from './firmware-show.ts';
import { needy, needyWords } from './firmware-words.ts';
import type { Workspace } from './operations.ts';
import { printable } from './printable.ts';

type Flags = { readonly dir: string; readonly json?: boolean; readonly force?: boolean };

export const firmwareRemove: MakeCommand = (cli) =>
  inWorkspace(command('remove', 'take an image out of the library, or a file of none'))
    .argument('<IMAGE>', 'files that another image has too stay')
    .option('--force', 'also while phones need it')
    .action((name: string, flags: Flags) =>
      withWorkspace(cli, flags.dir, (workspace) => remove(cli, workspace, name, flags)),
    );

async function remove(
  cli: Cli,
  workspace: Workspace,
  name: string,
  { json, force = false }: Flags,
): Promise<void> {
  const { io, ops } = cli;
  const { folder, library, needs } = await shelfOf(cli, workspace);
  const image = imageNamed(ops.families, library, name);
  const { files, shared } = image ? removalOf(library, image) : looseFile(library, name);
  const ofImage = image ? needsOf(ops.families, needs, image) : [];
  const ofFiles = files.flatMap(({ path }) => needingFile(ops.families, library, needs, path));
  const phones = needy([...ofImage, ...ofFiles]);
  if (phones.length > 0 && !force)
    throw new AppError(
      'not-possible',
      `${image?.image ?? name} is needed by ${needyWords(phones)}: --force removes it all the same`,
    );
  await folder.remove(files.map(({ path }) => path));
  if (json) {
    const removed = files.map(({ path }) => path);
    const stay = shared.map(({ file, images }) => ({ file: file.path, images }));
    return io.out(JSON.stringify({ image: image?.image, removed, shared: stay }));
  }
  for (const { path } of files) io.out(printable(`removed  ${path}`));
  for (const { file, images } of shared) io.out(`stays    ${file.path}  of ${images.join(', ')}`);
}

/** Files of images go with their image. */
function looseFile(library: Library, name: string): Removal {
  const file = library.file(name);
  if (!file) throw new AppError('not-found', `the library has no image "${name}"`);
  if (library.loose.includes(file)) return { files: [file], shared: [] };
  const owner = library.images.find(({ files }) => files.includes(file))?.image ?? '';
  throw new AppError('wrong-usage', `${file.path} is part of ${owner}: remove that`);
}
