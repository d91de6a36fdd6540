import { Option } from 'commander';
import { AppError } from '../errors.ts';
import type { Mac } from '../wire/mac.ts';
import {
  command,
  group,
  macArgument,
  numberBetween,
  positiveNumber,
  wholeNumber,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { hostPort } from './host-port.ts';
import { twinFaultsCommand } from './twin-faults.ts';
import { isPointed, type NortelFlags, nortelOf, withNortelFlags } from './twin-nortel-flags.ts';
import { answerTimeHelp, runOf, type RunFlags } from './twin-run-flags.ts';
import type { TwinOptions, TwinSipOptions } from './twin-options.ts';
import { twinStormCommand } from './twin-storm.ts';
import { twinLines } from './twin-lines.ts';

type Flags = NortelFlags &
  RunFlags & {
    readonly tftp?: string;
    readonly dhcp?: string;
    readonly tftpPort?: number;
    /** True for the proxy of its settings, false for no SIP. */
    readonly sip?: string | boolean;
    readonly until?: 'idle' | 'registered' | 'restarted';
    readonly stay?: boolean;
    readonly answerAfter?: number;
    readonly hangUpAfter?: number;
    readonly bootCode?: string;
    readonly fault?: readonly string[];
    readonly address?: string;
    readonly seed?: number;
    readonly json?: boolean;
  };

export const twinCommand: MakeCommand = (cli) =>
  group('twin', 'virtual phones')
    .addCommand(bootCommand(cli))
    .addCommand(twinStormCommand(cli))
    .addCommand(twinFaultsCommand(cli));

const untils = ['idle', 'registered', 'restarted'] as const;

const portArgument = numberBetween(1, 65_535);

const bootCommand: MakeCommand = (cli) =>
  withNortelFlags(
    command('boot', 'boot one virtual phone against any TFTP server, until it is idle or stuck'),
  )
    .requiredOption('--model <MODEL>', 'e.g. 7960')
    .option('--tftp <HOST:PORT>', 'the TFTP server, as if DHCP had named it')
    .option('--dhcp <HOST:PORT>', 'the DHCP server that names it; asked as a relay agent asks')
    .option('--tftp-port <PORT>', 'of the server that DHCP names, 69 if not said', portArgument)
    .option('--http <HOST:PORT>', 'asked first; else port 6970 where model and load do so')
    .option('--no-http', 'TFTP alone')
    .option('--sntp <HOST:PORT>', 'asked for the time in place of the server in its settings')
    .option('--no-sntp', 'asks nobody for the time')
    .option(
      '--sip [HOST:PORT]',
      'registers once it is idle: with the proxy of its settings, or there',
    )
    .option('--no-sip', 'ends when it is idle, whatever else is said')
    .option(
      '--answer-after <S>',
      'seconds until somebody takes a call; else nobody',
      positiveNumber,
    )
    .option('--hang-up-after <S>', 'seconds until that somebody hangs up', positiveNumber)
    .option('--stay', 'stays, so that others can call and restart it, until Ctrl-C')
    .option('--mac <MAC>', 'its MAC address', macArgument, '020000000001' as Mac)
    .option('--image <IMAGE>', 'what it runs when it is switched on')
    .option('--boot-code <RELEASE>', "release of a Java phone's boot code, e.g. 8-3-3")
    .option('--fault <NAME...>', 'what is wrong with it: see twin faults')
    .option('--flash <FILE>', 'keeps its memory between runs')
    .option('--address <ADDRESS>', 'its own address, e.g. 127.0.0.7, so that several stay apart')
    .option('--time-scale <X>', '1 takes as long as a real phone, 0 never waits', positiveNumber, 1)
    .option('--answer-time <MS>', answerTimeHelp, positiveNumber)
    .option('--seed <N>', 'the same number, the same source ports', wholeNumber)
    .addOption(
      new Option('--until <STATE>', 'when to end: idle, or registered with --sip').choices(untils),
    )
    .action((flags: Flags) => boot(cli, flags));

/** What `--json` prints a line for. */
const inJson: readonly string[] = [
  ...['request', 'unistim', 'dhcp', 'time', 'sip', 'registration', 'call', 'restart', 'end'],
];

async function boot(cli: Cli, flags: Flags): Promise<void> {
  const { io, ops } = cli;
  checkServers(flags);
  const seed = flags.seed ?? ops.now() % 0x7fffffff;
  if (!flags.json) io.err(`seed ${seed}`);
  const { address, bootCode, fault } = flags;
  const sip = sipOf(flags, ops.untilStopped);
  const linesOf = twinLines();
  const asked = { requests: 0, answers: 0, offers: 0 };
  const end = await ops.bootTwin({
    ...runOf(flags),
    ...serversOf(flags),
    seed,
    onLine: (line) => {
      if (line.event === 'dhcp' && line.from === 'server') asked.offers++;
      if (line.event === 'request') asked.requests++;
      if (line.event === 'request' && line.outcome !== 'silent') asked.answers++;
      if (!flags.json) for (const text of linesOf(line)) io.out(text);
      else if (inJson.includes(line.event)) io.out(JSON.stringify(line));
    },
    ...nortelOf(flags),
    ...(address !== undefined && { address }),
    ...(bootCode !== undefined && { bootCode }),
    ...(fault !== undefined && { faults: fault }),
    ...(sip && { sip }),
  });
  if (flags.tftp !== undefined && asked.requests > 0 && asked.answers === 0)
    io.err(`hookflash: no TFTP server answers at ${flags.tftp}`);
  if (flags.dhcp !== undefined && asked.offers === 0)
    io.err(`hookflash: no DHCP server answers at ${flags.dhcp}`);
  if (end.state === 'stuck') cli.exit(1);
}

/** Undefined where it is not to speak SIP: it ends when it is idle then. */
function sipOf(
  { sip, until, stay = false, answerAfter, hangUpAfter }: Flags,
  untilStopped: () => Promise<void>,
): TwinSipOptions | undefined {
  const isWanted = sip !== undefined ? sip !== false : stay || (until ?? 'idle') !== 'idle';
  if (sip === false && (stay || (until ?? 'idle') !== 'idle'))
    throw new AppError('wrong-usage', '--no-sip: a phone that is to register speaks SIP');
  if (stay && until !== undefined)
    throw new AppError('wrong-usage', 'either --stay or --until: a phone that stays does not end');
  if (!isWanted || (until === 'idle' && !stay)) return undefined;
  const stopping = new AbortController();
  if (stay) void untilStopped().then(() => stopping.abort());
  return {
    until: stay ? 'stay' : until === 'restarted' ? 'restarted' : 'registered',
    stopped: stopping.signal,
    ...(typeof sip === 'string' && { proxy: hostPort('--sip', sip) }),
    ...(answerAfter !== undefined && { answersAfter: answerAfter }),
    ...(hangUpAfter !== undefined && { hangsUpAfter: hangUpAfter }),
  };
}

function checkServers(flags: Flags): void {
  const { tftp, dhcp, tftpPort } = flags;
  if (!isPointed(flags) && (tftp === undefined) === (dhcp === undefined))
    throw new AppError('wrong-usage', 'say which server: either --tftp or --dhcp HOST:PORT');
  if (tftp !== undefined && dhcp !== undefined)
    throw new AppError('wrong-usage', 'either --tftp or --dhcp: DHCP names the TFTP server');
  if (tftpPort !== undefined && dhcp === undefined)
    throw new AppError('wrong-usage', '--tftp-port goes with --dhcp; --tftp has its own port');
}

function serversOf({
  tftp,
  dhcp,
  tftpPort,
}: Flags): Pick<TwinOptions, 'tftp' | 'dhcp' | 'tftpPort'> {
  return {
    ...(tftp !== undefined && { tftp: hostPort('--tftp', tftp) }),
    ...(dhcp !== undefined && { dhcp: hostPort('--dhcp', dhcp) }),
    ...(tftpPort !== undefined && { tftpPort }),
  };
}
