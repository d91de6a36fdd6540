import type { ProvisionEvent } from '../core/asking.ts';
import { formatMac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  wholeNumber,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { ServeFlags } from './operations.ts';

type Flags = ServeFlags & { readonly dir: string; readonly json?: boolean };

export const serveCommand: MakeCommand = (cli) =>
  inWorkspace(command('serve', 'run the servers of a workspace'))
    .option('--tftp <HOST:PORT>', 'the TFTP server; port 0 picks one')
    .option('--workers <N>', 'threads that carry transfers', wholeNumber)
    .action((flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { io, ops } = cli;
        const say = (event: ProvisionEvent) => {
          if (flags.json) io.out(JSON.stringify(plain(event)));
          else if (event.kind === 'problem') io.err(eventWords(event));
          else io.out(eventWords(event));
        };
        const serving = await ops.serve(workspace, flags, say);
        ready(cli, flags, serving.listen, (await workspace.store.phoneList()).length);
        await ops.untilStopped();
        await serving.stop();
        if (!flags.json) io.out('Stopped; all is on disk.');
      }),
    );

function ready(
  { io }: Cli,
  { json, dir }: Flags,
  listen: Readonly<Record<string, string>>,
  phones: number,
): void {
  if (json) return io.out(JSON.stringify({ event: 'ready', listen }));
  for (const [name, address] of Object.entries(listen))
    io.out(`${name.toUpperCase()} on ${address}`);
  if (Object.keys(listen).length === 0)
    io.err('No server is on: name one in hookflash.yaml or as a flag, e.g. --tftp 0.0.0.0:69');
  io.out(`${phones} ${phones === 1 ? 'phone' : 'phones'} in ${dir}. Ctrl-C stops.`);
}

/** An event as JSON: `event` is its kind. */
function plain(event: ProvisionEvent): Readonly<Record<string, unknown>> {
  const { kind, ...rest } = event;
  if (event.kind === 'problem') return { event: kind, error: String(event.error) };
  return { event: kind, ...rest };
}

/** One line for people. */
export function eventWords(event: ProvisionEvent): string {
  switch (event.kind) {
    case 'request': {
      const { outcome, path, bytes, source, address, tie } = event.request;
      const who = event.mac === undefined ? address.padEnd(17) : formatMac(event.mac);
      const from = source === undefined ? '' : `, ${source}, ${bytes} bytes`;
      return `${who}  ${outcome.padEnd(9)} ${path}  (${tie}${from})`;
    }
    case 'fact':
      return `${formatMac(event.mac)}  ${event.fact.kind.padEnd(9)} ${event.fact.because}`;
    case 'news':
      return `${formatMac(event.mac)}  ${event.text}`;
    case 'progress': {
      const { state, step, steps, target } = event.progress;
      return `${formatMac(event.mac)}  plan      ${target}: ${state}, ${step} of ${steps.length} proved`;
    }
    case 'problem':
      return `problem: ${event.error instanceof Error ? event.error.message : String(event.error)}`;
  }
}
