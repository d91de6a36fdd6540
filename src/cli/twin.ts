import { AppError } from '../errors.ts';
import type { Mac } from '../wire/mac.ts';
import {
  command,
  group,
  macArgument,
  positiveNumber,
  wholeNumber,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { TwinEnd, TwinLine } from './operations.ts';

type Flags = {
  readonly model: string;
  readonly mac: Mac;
  readonly tftp: string;
  readonly image?: string;
  readonly flash?: string;
  readonly address?: string;
  readonly timeScale: number;
  readonly seed?: number;
  readonly json?: boolean;
};

export const twinCommand: MakeCommand = (cli) =>
  group('twin', 'virtual phones').addCommand(
    command('boot', 'boot one virtual phone against any TFTP server, until it is idle or stuck')
      .requiredOption('--model <MODEL>', 'e.g. 7960')
      .requiredOption('--tftp <HOST:PORT>', 'the server')
      .option('--mac <MAC>', 'its MAC address', macArgument, '020000000001' as Mac)
      .option('--image <IMAGE>', 'what it runs when it is switched on')
      .option('--flash <FILE>', 'keeps its memory between runs')
      .option('--address <ADDRESS>', 'its own address, e.g. 127.0.0.7, so that several stay apart')
      .option(
        '--time-scale <X>',
        '1 takes as long as a real phone, 0 never waits',
        positiveNumber,
        1,
      )
      .option('--seed <N>', 'of its source ports', wholeNumber)
      .option('--until <STATE>', 'idle', 'idle')
      .action((flags: Flags) => boot(cli, flags)),
  );

async function boot(cli: Cli, flags: Flags): Promise<void> {
  const { io, ops } = cli;
  const seed = flags.seed ?? ops.now() % 0x7fffffff;
  if (!flags.json) io.err(`seed ${seed}`);
  const { image, flash, address } = flags;
  const end = await ops.bootTwin({
    model: flags.model,
    mac: flags.mac,
    tftp: hostPort(flags.tftp),
    timeScale: flags.timeScale,
    seed,
    onLine: (line) => {
      if (!flags.json) io.out(words(line));
      else if (line.event === 'request' || line.event === 'end') io.out(JSON.stringify(line));
    },
    ...(image !== undefined && { image }),
    ...(flash !== undefined && { flash }),
    ...(address !== undefined && { address }),
  });
  if (end.state === 'stuck') cli.exit(1);
}

export function hostPort(text: string): { readonly address: string; readonly port: number } {
  const match = /^(?<address>[^:]+):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.port);
  if (match?.groups?.address !== undefined && port > 0 && port <= 65_535)
    return { address: match.groups.address, port };
  throw new AppError('wrong-usage', `"${text}": write it as HOST:PORT, e.g. 127.0.0.1:6969`);
}

export function words(line: TwinLine): string {
  switch (line.event) {
    case 'request':
      return `  ${line.outcome.padEnd(8)} ${line.path}`;
    case 'end':
      return endWords(line);
    case 'display':
    case 'stage':
    case 'flash':
    case 'reboot':
    case 'refused':
      return `${line.event}: ${line.text}`;
  }
}

function endWords({ state, display, protocol, image, loader, boots }: TwinEnd): string {
  const runs = image === '' ? 'no application' : `${protocol} ${image}`;
  const with_ = loader === '' ? '' : `, loader ${loader}`;
  return `${state} with ${runs}${with_}, after ${boots} ${boots === 1 ? 'boot' : 'boots'}; the display says "${display}"`;
}
