import { AppError } from '../errors.ts';
import type { Service } from '../model/service.ts';
import {
  command,
  group,
  inWorkspace,
  keyValue,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { ipcmShow, shownService } from './ipcm-show.ts';
import type { Workspace } from './operations.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

type ModifyFlags = Flags & {
  readonly sipFirmware?: string;
  readonly transitionalFirmware?: string;
  readonly unistimFirmware?: Readonly<Record<string, string>>;
  readonly '2004SipUpgrade'?: string;
};

const lock: MakeCommand = (cli) =>
  inWorkspace(command('lock', 'end all sessions in order, and refuse new ones')).action(
    (flags: Flags) => turn(cli, flags, 'locked', 'locked: sessions end, and no new one begins'),
  );

const unlock: MakeCommand = (cli) =>
  inWorkspace(command('unlock', 'let phones register; SipUpgradeConfigFile.txt is read')).action(
    (flags: Flags) => turn(cli, flags, 'unlocked', 'unlocked: phones can register'),
  );

const modify: MakeCommand = (cli) =>
  inWorkspace(command('modify', 'change what it is provisioned with, while it is locked'))
    .option('--sip-firmware <ID>', 'version id of the SIP firmware: D93 is 0692D93.bin')
    .option('--transitional-firmware <ID>', 'of the transitional firmware: D97 is CT12D97.bin')
    .option('--unistim-firmware <MODEL=ID>', 'of a model: 2004=D98 is 0604D98.bin', keyValue)
    .option('--2004-sip-upgrade <on|off>', 'off: UNIStim firmware is offered instead')
    .action((flags: ModifyFlags) =>
      withWorkspace(cli, flags.dir, (workspace) => change(cli, workspace, flags)),
    );

const template: MakeCommand = (cli) =>
  inWorkspace(
    command('template', 'write files/SipUpgradeConfigFile.txt, to be filled in by hand'),
  ).action((flags: Flags) =>
    withWorkspace(cli, flags.dir, async (workspace) => {
      const { name, text } = cli.ops.ipcm.template;
      if (await workspace.handMadeFile(name))
        throw new AppError('not-possible', `files/${name} is there already`);
      const bytes = Buffer.from(text, 'latin1');
      const paths = await cli.ops.writeFiles(`${workspace.dir}/files`, [{ name, bytes }]);
      if (flags.json) return cli.io.out(JSON.stringify({ written: paths }));
      cli.io.out(`files/${name} is made: fill in the addresses, then hookflash ipcm unlock.`);
    }),
  );

/** Hookflash in the place of Nortel's IP Client Manager. */
export const ipcmCommand: MakeCommand = (cli) => {
  const made = group('ipcm', 'the service that phones with UNIStim register with');
  for (const make of [ipcmShow, lock, modify, unlock, template]) made.addCommand(make(cli));
  return made;
};

function turn(cli: Cli, flags: Flags, state: Service['state'], text: string): Promise<void> {
  return withWorkspace(cli, flags.dir, async (workspace) => {
    const before = await serviceOf(cli, workspace);
    if (before.state === state && before.changedAt > 0) return say(cli, before, flags);
    if (state === 'unlocked') await checkPointers(cli, workspace, before);
    const changedAt = cli.ops.now();
    const after = { ...before, state, text, changedAt };
    await workspace.store.servicePut(after);
    say(cli, after, flags);
  });
}

/** With the upgrade on, phones are told what the file says. */
async function checkPointers(cli: Cli, workspace: Workspace, service: Service): Promise<void> {
  if (service.values['2004-sip-upgrade'] !== 'on') return;
  const { problems } = await cli.ops.ipcm.pointers(workspace);
  if (problems.length === 0) return;
  throw new AppError('not-possible', `it stays locked: ${problems.join('\n')}`);
}

async function change(cli: Cli, workspace: Workspace, flags: ModifyFlags): Promise<void> {
  const changes = changesIn(flags);
  if (changes.length === 0)
    throw new AppError('wrong-usage', 'name what to change: hookflash ipcm modify --help');
  for (const [name, value] of changes) {
    const problem = cli.ops.ipcm.valueProblem(name, value);
    if (problem !== undefined) throw new AppError('wrong-usage', problem);
  }
  const before = await serviceOf(cli, workspace);
  if (before.state !== 'locked')
    throw new AppError('not-possible', 'it is unlocked: hookflash ipcm lock, then modify');
  const text = changes.map(([name, value]) => `${name} ${value}`).join(', ');
  const values = { ...before.values, ...Object.fromEntries(changes) };
  const after: Service = { ...before, values, text, changedAt: cli.ops.now() };
  await workspace.store.servicePut(after);
  say(cli, after, flags);
}

function changesIn(flags: ModifyFlags): readonly (readonly [name: string, value: string])[] {
  const { sipFirmware, transitionalFirmware, unistimFirmware = {} } = flags;
  const upgrade = flags['2004SipUpgrade'];
  return [
    ...named('sip-firmware', sipFirmware?.toUpperCase()),
    ...named('transitional-firmware', transitionalFirmware?.toUpperCase()),
    ...Object.entries(unistimFirmware).flatMap(([model, id]) =>
      named(`unistim-firmware/${model}`, id.toUpperCase()),
    ),
    ...named('2004-sip-upgrade', upgrade),
  ];
}

function named(name: string, value: string | undefined) {
  return value === undefined ? [] : [[name, value] as const];
}

async function serviceOf({ ops }: Cli, { store }: Workspace): Promise<Service> {
  return (await store.serviceGet(ops.ipcm.unprovisioned.name)) ?? ops.ipcm.unprovisioned;
}

function say({ io, ops }: Cli, service: Service, { json }: Flags): void {
  if (json) return io.out(JSON.stringify(shownService(ops.ipcm, service)));
  io.out(`The IPCM service is ${service.state}. ${service.text}`);
}
