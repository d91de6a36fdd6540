import { familyOfModel } from '../core/inventory.ts';
import { planSteps } from '../core/plan.ts';
import { ordersFor, renderPhone, type Orders } from '../core/view.ts';
import { AppError } from '../errors.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { TextFile } from '../model/plan.ts';
import type { Mac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  macArgument,
  phoneOf,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { Workspace } from './operations.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly out?: string;
};

type View = { readonly files: readonly TextFile[]; readonly firmware: readonly string[] };

export const renderCommand: MakeCommand = (cli) =>
  inWorkspace(command('render', 'the files that a phone would get, or one of them'))
    .argument('<MAC>', 'the phone', macArgument)
    .argument('[FILE]', 'print this file, byte for byte')
    .option('--from <IMAGE>', 'as if it ran this image: the files of the first hop from it')
    .option('--out <FOLDER>', 'write the files and their firmware there, for any TFTP server')
    .action((mac: Mac, path: string | undefined, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const view = await viewOf(cli, workspace, mac, flags);
        if (path !== undefined) return printOne(cli, view.files, path);
        if (flags.out !== undefined) return writeOut(cli, workspace, view, flags.out, flags.json);
        if (flags.json) return cli.io.out(JSON.stringify(view));
        for (const { path: name, content } of view.files) {
          cli.io.out(`--- ${name}`);
          cli.io.write(content);
        }
        for (const name of view.firmware) cli.io.out(`--- ${name}  (firmware)`);
      }),
    );

async function viewOf(cli: Cli, workspace: Workspace, mac: Mac, flags: Flags): Promise<View> {
  const phone = await phoneOf(workspace, mac);
  const { family } = familyOfModel(cli.ops.families, phone.model);
  const { orders, firmware } = await ordersNow(workspace, phone, family, flags.from);
  return { files: renderPhone(phone, family, workspace.layersFor(phone), orders.order), firmware };
}

/** What the server would tell the phone at its next request, given what it runs. */
async function ordersNow(
  { store }: Workspace,
  phone: Phone,
  family: PhoneFamily,
  said: string | undefined,
): Promise<{ readonly orders: Orders; readonly firmware: readonly string[] }> {
  const progress = await store.progressGet(phone.mac);
  const from = said ?? (progress?.state === 'under-way' ? undefined : phone.running);
  const to = phone.image ?? phone.running;
  if (to === undefined)
    throw new AppError('not-possible', 'It has no image to run: phone set MAC --image …');
  if (from === undefined && progress?.state === 'under-way')
    return {
      orders: ordersFor(phone, family, progress),
      firmware: progress.steps[progress.step]?.firmware ?? [],
    };
  const plan = from === undefined ? undefined : planSteps(family, from, to);
  if (plan?.possible === false)
    throw new AppError('not-possible', `${plan.reason.code}: ${plan.reason.text}`);
  const step = plan?.steps[0];
  if (step) return { orders: step, firmware: step.firmware };
  return { orders: { order: family.steadyOrder(to), absent: [] }, firmware: family.imageFiles(to) };
}

function printOne({ io }: Cli, files: readonly TextFile[], path: string): void {
  const file = files.find((candidate) => candidate.path === path);
  if (!file) {
    const names = files.map((candidate) => candidate.path).join(', ');
    throw new AppError('not-found', `"${path}" is not generated for this phone; it gets ${names}`);
  }
  io.write(file.content);
}

async function writeOut(
  { io, ops, exit }: Cli,
  workspace: Workspace,
  { files, firmware }: View,
  folder: string,
  json: boolean | undefined,
): Promise<void> {
  const texts = files.map(({ path, content }) => ({ name: path, bytes: Buffer.from(content) }));
  const images = await Promise.all(
    firmware.map(async (name) => ({ name, bytes: await workspace.firmware(name) })),
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
