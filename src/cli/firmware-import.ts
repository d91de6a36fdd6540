import type { ImportReport } from '../core/firmware/firmware-folder.ts';
import { firmwareLibrary, type Library, type LibraryImage } from '../core/firmware/library.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { hasProblem, sizeWords, stateWords, tellFindings } from './firmware-words.ts';
import type { Workspace } from './operations.ts';
import { printable } from './printable.ts';
import { progressBar } from './progress-bar.ts';

type Flags = { readonly dir: string; readonly json?: boolean; readonly replace?: boolean };

export const firmwareImport: MakeCommand = (cli) =>
  inWorkspace(command('import', 'take firmware into the library'))
    .argument('<PATH...>', 'packages (.zip, .cop, .cop.sgn, .tar.gz), folders, single files')
    .option('--replace', 'take files in place of others of the same name')
    .action((paths: readonly string[], flags: Flags) =>
      withWorkspace(cli, flags.dir, (workspace) => importPaths(cli, workspace, paths, flags)),
    );

async function importPaths(
  cli: Cli,
  workspace: Workspace,
  paths: readonly string[],
  { json, replace = false }: Flags,
): Promise<void> {
  const { io, ops } = cli;
  const folder = ops.firmwareFolder(workspace);
  const { onAdvance, done } = progressBar(io, ops.now);
  const report = await folder.importFrom(paths, { replace, onAdvance }).finally(done);
  const { files } = await folder.scan();
  const images = touched(firmwareLibrary(ops.families, files), report);
  const findings = [...report.findings, ...images.flatMap((image) => image.findings)];
  if (json) io.out(JSON.stringify({ ...report, findings, images: images.map(plainImage) }));
  else print(cli, { ...report, findings }, images);
  if (hasProblem(findings)) cli.exit(1);
}

/** Images that have a file of this import. */
function touched(library: Library, { stored, kept }: ImportReport): readonly LibraryImage[] {
  const names = new Set([...stored, ...kept].map(({ name }) => name));
  return library.images.filter(({ files }) => files.some(({ path }) => names.has(path)));
}

/** For JSON. */
export function plainImage({ image, family, files, lacks, unusable, size }: LibraryImage) {
  return { image, family, files: files.map(({ path }) => path), lacks, unusable, size };
}

function print({ io }: Cli, report: ImportReport, images: readonly LibraryImage[]): void {
  const { stored, kept, leftOut, packages, findings } = report;
  for (const { path, type, signer, intended } of packages) {
    const by = signer === undefined ? '' : `, signed by ${signer} (not checked)`;
    const models = [...new Set(intended.map(({ model }) => model))];
    const forModels = models.length === 0 ? '' : `, for ${models.join(', ')}`;
    io.out(printable(`opened    ${path}  (${type}${by}${forModels})`));
  }
  for (const { name, size } of stored) io.out(`imported  ${name}  ${sizeWords(size)}`);
  for (const { name } of kept) io.out(`kept      ${name}  is there already`);
  for (const path of leftOut) io.out(printable(`left out  ${path}  is no firmware`));
  if (images.length > 0) io.out('');
  for (const image of images) io.out(`${image.image}  ${stateWords(image)}`);
  tellFindings(io, findings);
}
