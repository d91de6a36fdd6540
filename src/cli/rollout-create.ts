import { zoneOfPhone } from '../config.ts';
import { backProblem, backSpec, wishesBack } from '../core/rollout/back.ts';
import { withPatience } from '../core/patience.ts';
import { newRollout } from '../core/rollout/members.ts';
import { previewRollout, type PreviewContext, type Wish } from '../core/rollout/preview.ts';
import { phonesMeant } from '../core/rollout/target.ts';
import { AppError } from '../errors.ts';
import { isOpen, type RolloutPreview, type RolloutSpec } from '../model/rollout.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import type { Workspace } from './operations.ts';
import { describingRollout, specFrom, type RolloutFlags } from './rollout-flags.ts';
import { previewLines } from './rollout-preview.ts';
import { knownRollout } from './rollout-words.ts';

type Shown = { readonly json?: boolean; readonly dryRun?: boolean };

export const rolloutCreate: MakeCommand = (cli) =>
  describingRollout(
    inWorkspace(command('create', 'plan a change of many phones; rollout start begins it')),
  )
    .argument('<NAME>', 'what to call it')
    .action((name: string, flags: RolloutFlags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const macs =
          flags.macs === undefined
            ? undefined
            : Buffer.from(await cli.ops.readFile(flags.macs)).toString();
        const spec = specFrom(name, flags, workspace.config.zone ?? machineZone(), macs);
        noSecrets(cli, spec);
        await make(cli, workspace, spec, flags);
      }),
    );

export const rolloutBack: MakeCommand = (cli) =>
  inWorkspace(command('rollback', 'plan a rollout that takes back what another one did'))
    .argument('<NAME>', 'the rollout that is taken back')
    .option('--as <NAME>', 'what to call it; NAME-back when left out')
    .option('--dry-run', 'only show what it would do')
    .action((name: string, flags: Shown & { readonly dir: string; readonly as?: string }) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { store } = workspace;
        const rollout = await knownRollout(store, name);
        const phones = await store.rolloutPhones(name);
        const problem = backProblem(rollout, phones);
        if (problem !== undefined) throw new AppError('not-possible', problem);
        const spec = backSpec(rollout, phones, flags.as ?? `${name}-back`);
        await make(cli, workspace, spec, flags, wishesBack(phones));
      }),
    );

async function make(
  cli: Cli,
  workspace: Workspace,
  spec: RolloutSpec,
  flags: Shown,
  back?: ReadonlyMap<Mac, Wish>,
): Promise<void> {
  const { store } = workspace;
  const { families } = cli.ops;
  if (await store.rolloutGet(spec.name))
    throw new AppError('not-possible', `there is a rollout ${spec.name} already`);
  const { phones, unknown } = phonesMeant(families, spec.target, await store.phoneList());
  for (const mac of unknown) cli.io.err(`warning: ${formatMac(mac)} is not in this workspace`);
  if (phones.length === 0) throw new AppError('not-possible', 'it would have no phone');
  const context = { ...(await contextOf(cli, workspace)), ...(back && { back }) };
  const preview = previewRollout(spec, phones, context);
  show(cli, spec, preview, flags);
  const isNone = preview.phones.every(({ refusal }) => refusal);
  if (isNone) cli.exit(1);
  if (flags.dryRun || (isNone && spec.schedule === undefined)) return;
  const now = cli.ops.now();
  await store.rolloutWrite(newRollout(spec, phones, preview, context, now));
  if (flags.json) return;
  cli.io.out('');
  cli.io.out(
    spec.schedule === undefined
      ? `To begin: hookflash rollout start ${spec.name}`
      : `It begins when "${spec.schedule}" comes and hookflash serve runs.`,
  );
}

function show(
  { io }: Cli,
  spec: RolloutSpec,
  { groupNames, phones }: RolloutPreview,
  { json, dryRun = false }: Shown,
): void {
  if (json) return io.out(JSON.stringify({ rollout: spec, groups: groupNames, phones, dryRun }));
  for (const line of previewLines(spec, { groupNames, phones })) io.out(line);
}

async function contextOf({ ops }: Cli, workspace: Workspace): Promise<PreviewContext> {
  const { store, config } = workspace;
  const held = (await store.rolloutPhones()).filter(isOpen);
  return {
    families: withPatience(ops.families, config.patience ?? 1),
    planning: await workspace.planning(),
    holders: new Map(held.map(({ mac, rollout }) => [mac, rollout])),
    findings: await store.findingList(),
    zoneOf: (phone) => zoneOfPhone(config, phone),
  };
}

/** What a rollout was to set is kept in plain text. */
function noSecrets({ ops }: Cli, { change }: RolloutSpec): void {
  const secret = Object.keys(change.settings ?? {}).find((name) => ops.isSecret(name));
  if (secret === undefined) return;
  throw new AppError(
    'not-possible',
    `${secret} is a secret: set it with hookflash phone set or import, then restart the phones by a rollout without --set`,
  );
}

/** Of this machine. */
function machineZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}
