import { AppError } from '../errors.ts';
import { restartKinds, type RestartKind } from '../model/restart.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  macArgument,
  numberBetween,
  phoneOf,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { RebootResult, Workspace } from './operations.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly kind: RestartKind;
  readonly via?: string;
  readonly prepare?: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly batch?: number;
  readonly every?: number;
};

const mostAtOnce = 10_000;
const day = 24 * 60 * 60;

export const rebootCommand: MakeCommand = (cli) =>
  inWorkspace(command('reboot', 'ask phones to restart'))
    .argument('<MAC...>', 'the phones')
    .option(
      '--kind <KIND>',
      `${restartKinds.join(', ')}; phones without a choice restart`,
      kindOf,
      'restart',
    )
    .option('--via <HOST:PORT>', 'the proxy that they are registered with')
    .option('--user <NAME>', 'user at the proxy')
    .option('--password <PASSWORD>', 'its password')
    .option('--prepare', 'send nothing: the PBX asks them, and they find that they shall')
    .option('--batch <N>', 'so many at once', numberBetween(1, mostAtOnce))
    .option('--every <SECONDS>', 'from one batch to the next', numberBetween(1, day))
    .action((words: readonly string[], flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const macs = [...new Set(words.map(macArgument))];
        for (const mac of macs) await phoneOf(workspace, mac);
        await rebootAll(cli, workspace, macs, flags);
      }),
    );

async function rebootAll(
  cli: Cli,
  workspace: Workspace,
  macs: readonly Mac[],
  flags: Flags,
): Promise<void> {
  const { batch = macs.length, every = 0 } = flags;
  let failed = 0;
  for (let at = 0; at < macs.length; at += batch) {
    if (at > 0) await cli.ops.pause(every * 1000);
    const group = macs.slice(at, at + batch);
    const results = group.map(async (mac) => {
      const result = await cli.ops.reboot(workspace, mac, flags);
      tell(cli, result, flags.json === true);
      if (result.outcome !== 'taken' && result.outcome !== 'prepared') failed++;
    });
    await Promise.all(results);
  }
  if (failed > 0) cli.exit(1);
}

const outcomeWords: Readonly<Record<RebootResult['outcome'], string>> = {
  taken: 'asked',
  prepared: 'ready',
  ...{ refused: 'refused', busy: 'busy', silent: 'silent', cannot: 'cannot' },
};

function tell({ io }: Cli, result: RebootResult, json: boolean): void {
  if (json) return io.out(JSON.stringify({ event: 'reboot', ...result }));
  const { mac, outcome, text, instead } = result;
  const words = outcomeWords[outcome];
  const todo = instead === undefined ? '' : `; to do: ${instead}`;
  io.out(`${formatMac(mac)}  ${words.padEnd(7)}  ${text}${todo}`);
}

function kindOf(text: string): RestartKind {
  const kind = restartKinds.find((each) => each === text);
  if (kind) return kind;
  throw new AppError('wrong-usage', `--kind "${text}" is none of ${restartKinds.join(', ')}`);
}
