import { AppError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Mac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  macArgument,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { Workspace } from './operations.ts';
import { notGenerated, showDiff, showWhy } from './render-show.ts';
import { isHidden, viewOf, type View } from './render-view.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly out?: string;
  readonly why?: boolean;
  readonly diff?: boolean;
};

export const renderCommand: MakeCommand = (cli) =>
  inWorkspace(command('render', 'the files that a phone would get, or one of them'))
    .argument('<MAC>', 'the phone', macArgument)
    .argument('[FILE]', 'print this file, byte for byte')
    .option('--from <IMAGE>', 'as if it ran this image: the files of the first hop from it')
    .option('--out <FOLDER>', 'write the files and their firmware there, for any TFTP server')
    .option('--why', 'where each value in them comes from')
    .option('--diff', 'what would change against what it took last')
    .action((mac: Mac, path: string | undefined, flags: Flags) => {
      const ways = [flags.why && '--why', flags.diff && '--diff', flags.out && '--out'];
      const asked = ways.filter((way) => typeof way === 'string');
      if (asked.length > 1)
        throw new AppError('wrong-usage', `${asked.join(' and ')}: one at a time`);
      return withWorkspace(cli, flags.dir, async (workspace) => {
        const view = await viewOf(cli, workspace, mac, flags.from);
        report(cli, view.rendered.findings);
        const what = { path, json: flags.json };
        if (flags.why) return showWhy(cli, view, what);
        if (flags.diff) return showDiff(cli, workspace, mac, view, what);
        if (path !== undefined) return printOne(cli, view, path);
        if (flags.out !== undefined) return writeOut(cli, workspace, view, flags.out, flags.json);
        return printAll(cli, view, flags.json);
      });
    });

/** What could not be written is a problem, and the files are shown all the same. */
function report({ io, exit }: Cli, findings: readonly Finding[]): void {
  for (const { severity, text, code } of findings) io.err(`${severity}: ${text} (${code})`);
  if (findings.some(({ severity }) => severity === 'error')) exit(1);
}

function plainFiles(view: View) {
  const { files } = view.rendered;
  return files
    .filter(({ path }) => !isHidden(view, path))
    .map(({ path, content }) => ({ path, content }));
}

function printAll({ io }: Cli, view: View, json: boolean | undefined): void {
  const { firmware, rendered } = view;
  const files = plainFiles(view);
  if (json) return io.out(JSON.stringify({ files, firmware, findings: rendered.findings }));
  for (const { path, content } of files) {
    io.out(`--- ${path}`);
    io.write(content);
  }
  for (const name of firmware) io.out(`--- ${name}  (firmware)`);
}

function printOne({ io }: Cli, { rendered }: View, path: string): void {
  const file = rendered.files.find((candidate) => candidate.path === path);
  if (!file) throw notGenerated(rendered.files, path);
  io.write(file.content);
}

async function writeOut(
  { io, ops, exit }: Cli,
  workspace: Workspace,
  view: View,
  folder: string,
  json: boolean | undefined,
): Promise<void> {
  const texts = plainFiles(view).map(({ path, content }) => ({
    name: path,
    bytes: Buffer.from(content),
  }));
  const images = await Promise.all(
    view.firmware.map(async (name) => ({ name, bytes: await workspace.firmware(name) })),
  );
  const found = images.flatMap(({ name, bytes }) => (bytes ? [{ name, bytes }] : []));
  const missing = images.filter(({ bytes }) => !bytes).map(({ name }) => name);
  const written = await ops.writeFiles(folder, [...texts, ...found]);
  if (json) io.out(JSON.stringify({ written, missing }));
  else for (const path of written) io.out(path);
  if (missing.length === 0) return;
  io.err(`The library lacks ${missing.join(', ')}`);
  exit(1);
}
