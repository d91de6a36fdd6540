import {
  command,
  inWorkspace,
  numberBetween,
  positiveNumber,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { eventLine, eventLines } from './event-lines.ts';
import { labSections } from './lab-site.ts';
import { serversOf } from './lab-servers.ts';
import { labView } from './lab-view.ts';
import type { LabShow } from './lab-show.ts';
import type { LabEnd, LabEvent, LabRun } from './lab-run.ts';
import { twinWords } from './twin-lines.ts';
import { formatMac } from '../wire/mac.ts';

type Flags = {
  readonly dir: string;
  readonly phones: number;
  readonly timeScale: number;
  readonly tftp: string;
  readonly json?: boolean;
};

export const labCommand: MakeCommand = (cli) =>
  inWorkspace(command('lab', 'virtual phones that get upgraded in front of you'))
    .option('--phones <N>', 'how many, 1 to 250', numberBetween(1, 250), 5)
    .option('--time-scale <X>', '1 takes as long as real phones', positiveNumber, 0.04)
    .option('--tftp <HOST:PORT>', 'where to serve', '127.0.0.1:6969')
    .action((flags: Flags) => lab(cli, flags));

async function lab(cli: Cli, flags: Flags): Promise<void> {
  const { io, ops } = cli;
  if (!(await ops.exists(`${flags.dir}/hookflash.yaml`)))
    await ops.initWorkspace(flags.dir, labSections);
  const workspace = await ops.openWorkspace(flags.dir);
  const stopping = new AbortController();
  const stopped = ops.untilStopped().then(() => stopping.abort());
  try {
    const show = flags.json
      ? jsonLines(cli)
      : io.terminal
        ? labView(io, () => ops.now())
        : lines(cli);
    const options = { ...flags, signal: stopping.signal };
    const run = await ops.runLab(workspace, options, show.event);
    show.start(run);
    const ends = await Promise.race([run.settled.catch(ignoreAbort), stopped]);
    show.done();
    if (ends) report(cli, flags, run, ends);
    await stopped;
    await run.stop();
  } finally {
    await workspace.close();
  }
}

function ignoreAbort(error: unknown): undefined {
  if (error instanceof Error && error.name === 'AbortError') return undefined;
  throw error;
}

function lines({ io }: Cli): LabShow {
  const lineOf = eventLines();
  return {
    start(run) {
      io.out(serversOf(run));
      for (const { mac, model, starts, wanted, story } of run.phones)
        io.out(`${formatMac(mac)}  ${model}  ${starts} -> ${wanted}: ${story}`);
    },
    event(event) {
      if (event.kind === 'note') return io.out(noteWords(event));
      if (event.kind === 'twin') {
        const { mac, line } = event;
        if (line.event === 'flash') io.out(eventLine(mac, 'flash', line.text));
        if (line.event === 'end') io.out(eventLine(mac, 'end', twinWords(line)));
        if (line.event === 'registration') io.out(eventLine(mac, 'phone', twinWords(line)));
        if (line.event === 'reboot') io.out(eventLine(mac, 'reboot', line.text));
        return;
      }
      const line = event.kind === 'fact' ? undefined : lineOf(event);
      if (line !== undefined) io.out(line);
    },
    done: () => undefined,
  };
}

function noteWords({ mac, text }: Extract<LabEvent, { kind: 'note' }>): string {
  return mac === undefined ? text : eventLine(mac, 'lab', text);
}

function jsonLines({ io }: Cli): LabShow {
  return {
    start: ({ listen, phones }) => io.out(JSON.stringify({ event: 'ready', listen, phones })),
    event(event) {
      const { kind, ...rest } = event;
      io.out(JSON.stringify({ event: kind, ...rest }));
    },
    done: () => undefined,
  };
}

function report({ io }: Cli, { json, dir }: Flags, run: LabRun, ends: readonly LabEnd[]): void {
  const right = ends.filter(
    ({ state, image }, at) => state === 'idle' && image === run.phones[at]?.wanted,
  );
  const registered = right.filter((end) => end.registered).length;
  const counts = { idle: right.length, registered, phones: ends.length };
  if (json) return io.out(JSON.stringify({ event: 'settled', ...counts }));
  const all = right.length === ends.length ? 'All' : `${right.length} of`;
  io.out('');
  io.out(`${all} ${ends.length} virtual phones are idle on the images that they should run.`);
  io.out(`${registered} of them are registered here and listen; the others are for SCCP.`);
  for (const text of nextSteps(run.listen.tftp ?? '', dir)) io.out(text);
}

function nextSteps(tftp: string, dir: string): readonly string[] {
  return [
    '',
    'Look closer:',
    `  ./hookflash phone show 02:00:00:00:00:01 --dir ${dir}`,
    `  ./hookflash reboot 02:00:00:00:00:01 --dir ${dir}`,
    '  ./hookflash plan --model 7960 --from P0S3-04-4-00 --to P0S3-08-12-00',
    `  ./hookflash twin boot --model 7960 --image P00303020600 --tftp ${tftp} --time-scale 0`,
    '',
    'Next, with a real phone:',
    '  1. ./hookflash init phones',
    '  2. ./hookflash firmware import YOUR-PACKAGE.zip --dir phones',
    '  3. ./hookflash phone add 00:11:22:33:44:55 --model 7960 --image P0S3-8-12-00 --dir phones',
    '  4. sudo ./hookflash serve --dir phones --tftp 0.0.0.0:69',
    "  5. give this computer's address as option 150 in your DHCP server, and plug the phone in",
    '',
    `Still serving on ${tftp}. Ctrl-C ends.`,
  ];
}
