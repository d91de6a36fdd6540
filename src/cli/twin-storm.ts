import { isIPv4 } from '../wire/ipv4.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import { AppError } from '../errors.ts';
import {
  command,
  macArgument,
  numberBetween,
  positiveNumber,
  wholeNumber,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { hostPort } from './host-port.ts';
import { isPointed, type NortelFlags, nortelOf, withNortelFlags } from './twin-nortel-flags.ts';
import { answerTimeHelp, runOf, type RunFlags } from './twin-run-flags.ts';
import type { StormEnd, StormLatency, StormLine, StormOptions } from './twin-storm-run.ts';
import { table } from './table.ts';
import { twinWords } from './twin-lines.ts';

type Flags = NortelFlags &
  RunFlags & {
    readonly phones: number;
    readonly address: string;
    readonly tftp?: string;
    readonly sip?: string | boolean;
    readonly stay?: boolean;
    readonly fault?: readonly string[];
    readonly faulty: StormOptions['faulty'];
    readonly over: number;
    readonly powerCycles: number;
    readonly seed?: number;
    readonly json?: boolean;
  };

export const twinStormCommand: MakeCommand = (cli) =>
  withNortelFlags(command('storm', 'many virtual phones at once, each with an address of its own'))
    .requiredOption('--phones <N>', 'how many', numberBetween(1, 20_000))
    .option('--tftp <HOST:PORT>', 'the TFTP server, as if DHCP had named it')
    .option('--model <MODEL>', 'of all of them', '7960')
    .option('--mac <MAC>', 'of the first; the others follow', macArgument, '020000000001' as Mac)
    .option('--address <ADDRESS>', 'of the first; the others follow', ipv4, '127.20.0.1')
    .option('--image <IMAGE>', 'what they run when they are switched on first')
    .option('--flash <DIR>', 'keeps their memories between runs')
    .option('--http <HOST:PORT>', 'asked first; else port 6970 where model and load do so')
    .option('--no-http', 'TFTP alone')
    .option('--sntp <HOST:PORT>', 'asked for the time in place of the server in their settings')
    .option('--no-sntp', 'asks nobody for the time')
    .option('--sip [HOST:PORT]', 'they register: with the proxy of their settings, or there')
    .option('--stay', 'they stay, so that others can restart them, until Ctrl-C')
    .option('--fault <NAME...>', 'what is wrong with the faulty ones, in turn: see twin faults')
    .option('--faulty <SHARE>', 'how many are faulty: 3% of them, or 3', faulty, { share: 1 })
    .option('--over <S>', 'switched on one after the other over so many seconds', positiveNumber, 0)
    .option('--power-cycles <N>', 'times that a stuck one is switched off and on', wholeNumber, 0)
    .option('--time-scale <X>', '1 takes as long as real phones, 0 never waits', positiveNumber, 1)
    .option('--answer-time <MS>', answerTimeHelp, positiveNumber)
    .option('--seed <N>', 'the same number, the same ports and faulty phones', wholeNumber)
    .action((flags: Flags) => storm(cli, flags));

async function storm(cli: Cli, flags: Flags): Promise<void> {
  const { io, ops } = cli;
  const seed = flags.seed ?? ops.now() % 0x7fffffff;
  if (!flags.json) io.err(`seed ${seed}`);
  const options = optionsOf(flags, seed);
  const stopping = new AbortController();
  void ops.untilStopped().then(() => stopping.abort());
  const end = await ops.twinStorm({
    ...options,
    stopped: stopping.signal,
    onLine: (line) => io.out(flags.json ? JSON.stringify(line) : wordsOf(line)),
  });
  if (flags.json) io.out(JSON.stringify(end));
  else for (const line of endLines(end)) io.out(line);
  if ((end.ends.stuck ?? 0) > 0) cli.exit(1);
}

function optionsOf(flags: Flags, seed: number): Omit<StormOptions, 'stopped' | 'onLine'> {
  const { phones, address, powerCycles } = flags;
  if (powerCycles > 0 && flags.flash === undefined)
    throw new AppError(
      'wrong-usage',
      '--power-cycles goes with --flash, which keeps what they are',
    );
  if (flags.sip === undefined && flags.stay)
    throw new AppError('wrong-usage', '--stay goes with --sip: others stay for nobody');
  if (flags.tftp === undefined && !isPointed(flags))
    throw new AppError(
      'wrong-usage',
      'say which server: --tftp HOST:PORT, or --unistim for a 2004',
    );
  const { sip, stay = false, fault: faults = [] } = flags;
  return {
    ...runOf(flags),
    ...{ phones, address, powerCycles, seed, faults },
    ...{ faulty: flags.faulty, overMs: flags.over * 1000 },
    ...(flags.tftp !== undefined && { tftp: hostPort('--tftp', flags.tftp) }),
    nortel: nortelOf(flags),
    ...(sip !== undefined &&
      sip !== false && {
        sip: {
          until: stay ? 'stay' : 'registered',
          ...(typeof sip === 'string' && { proxy: hostPort('--sip', sip) }),
        },
      }),
  };
}

function ipv4(text: string): string {
  if (isIPv4(text)) return text;
  throw new AppError('wrong-usage', `"${text}" is not an IPv4 address`);
}

function faulty(text: string): StormOptions['faulty'] {
  const [, number = '', hundredths] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? [];
  if (hundredths !== undefined && Number(number) <= 100) return { share: Number(number) / 100 };
  if (/^\d+$/.test(number) && hundredths === undefined) return { count: Number(number) };
  throw new AppError('wrong-usage', `"${text}": write a number of phones or N%`);
}

function wordsOf(line: StormLine): string {
  if (line.event !== 'on') return `${formatMac(line.mac)}  ${twinWords(line).trim()}`;
  const fault = line.fault === undefined ? '' : `; fault: ${line.fault}`;
  return `${formatMac(line.mac)}  switched on at ${line.address}${fault}`;
}

function endLines(end: StormEnd): readonly string[] {
  const counts = (all: Readonly<Record<string, number>>) =>
    Object.entries(all)
      .map(([word, number]) => `${number} ${word === '' ? 'without application' : word}`)
      .join(', ') || 'none';
  const rows = (['answers', 'transfers', 'registrations'] as const).map((name) =>
    latencyRow(name, end[name]),
  );
  return [
    '',
    `${end.phones} phones in ${end.seconds} s: ${counts(end.ends)}`,
    `images: ${counts(end.images)}`,
    `boots: ${end.boots}; restarted by NOTIFY: ${end.restarts}; registered: ${end.registered}`,
    `requests: ${counts(end.requests)}; ${end.bytes} bytes`,
    table(['MILLISECONDS', 'COUNT', '50 %', '95 %', '99 %', 'MOST'], rows),
  ];
}

function latencyRow(name: string, { count, p50, p95, p99, max }: StormLatency): readonly string[] {
  return [name, ...[count, p50, p95, p99, max].map(String)];
}
