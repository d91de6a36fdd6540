import { importTree, storedPhones, type TreeImport } from '../core/import-tree.ts';
import type { TreeFile } from '../model/lint.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { copiesOf, type Copies } from './import-copies.ts';
import { importJson, importText, leavesWork } from './import-report.ts';
import type { Workspace } from './operations.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly model?: readonly string[];
  readonly dryRun?: boolean;
  readonly copy: boolean;
  readonly keepFiles?: boolean;
  readonly replace?: boolean;
};

export const importCommand: MakeCommand = (cli) =>
  inWorkspace(command('import', 'phones, settings and files of a folder that a TFTP server served'))
    .argument('<ROOT>', 'that folder; nothing in it is changed')
    .option('--model <MODEL...>', 'models of phones whose files do not tell')
    .option('--dry-run', 'say what would be done, and change nothing')
    .option('--no-copy', 'do not copy firmware and hand-made files')
    .option('--keep-files', 'keep a file as it is when something in it is not understood')
    .option('--replace', 'change phones and files that the workspace has already')
    .action((root: string, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const files = await cli.ops.readTree(root, workspace.dir);
        const made = await planImport(cli, workspace, files, flags);
        const copies = await copiesOf(workspace, files, made.files, flags.replace === true);
        await cli.ops.addSettings(workspace.dir, made.settings, true);
        if (!flags.dryRun) await carryOut(cli, workspace, root, made, copies);
        const shown = { made, copies, stored: !flags.dryRun };
        const { isSecret } = cli.ops;
        const lines = flags.json ? importJson(shown, isSecret) : importText(shown);
        for (const line of lines) cli.io.out(line);
        if (leavesWork(shown)) cli.exit(1);
      }),
    );

async function planImport(
  { ops }: Cli,
  { store, config }: Workspace,
  files: readonly TreeFile[],
  flags: Flags,
): Promise<TreeImport> {
  const phones = await store.phoneList();
  return importTree(files, {
    families: ops.families,
    isSecret: ops.isSecret,
    known: new Map(phones.map((phone) => [phone.mac, phone])),
    models: flags.model ?? [],
    replace: flags.replace === true,
    copy: flags.copy,
    keepFiles: flags.keepFiles === true,
    fleet: config.settings,
    ofModel: (model) => config.models[model]?.settings ?? {},
  });
}

async function carryOut(
  { ops }: Cli,
  { dir, store }: Workspace,
  root: string,
  made: TreeImport,
  copies: Copies,
): Promise<void> {
  await ops.copyFiles(root, dir, copies.wanted);
  await ops.addSettings(dir, made.settings, false);
  await store.phonesPut(storedPhones(made));
}
