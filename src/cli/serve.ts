import type { ProvisionEvent } from '../core/asking.ts';
import { AppError } from '../errors.ts';
import {
  command,
  inWorkspace,
  numberBetween,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { eventLines, problemText } from './event-lines.ts';
import type { ServeFlags } from './operations.ts';

type Flags = ServeFlags & { readonly dir: string; readonly json?: boolean };

export const serveCommand: MakeCommand = (cli) =>
  inWorkspace(command('serve', 'run the servers of a workspace'))
    .option('--tftp <HOST:PORT>', 'the TFTP server; port 0 picks one')
    .option('--files <HOST:PORT>', 'the same files over HTTP, which phones ask for on port 6970')
    .option('--sntp <HOST:PORT>', 'the time, which phones ask for on port 123')
    .option('--sip <HOST:PORT>', 'the registrar, and restarts; phones register on port 5060')
    .option('--unistim <HOST:PORT>', 'the IPCM service, which phones with UNIStim ask on port 5000')
    .option('--uftp <HOST:PORT>', 'their software; port 5105 of the same host where it is not said')
    .option('--dhcp <IFACE|HOST:PORT>', 'the DHCP server, for the networks in hookflash.yaml')
    .option('--workers <N>', 'threads that send files, 1 to 64', numberBetween(1, 64))
    .action((flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { io, ops } = cli;
        // Heard from here on, so that an end that is asked for at once is an end in order.
        const stopped = ops.untilStopped();
        const phones = (await workspace.store.phoneList()).length;
        const say = speaker(cli, flags);
        // The line that says where it listens comes first, whatever happens meanwhile.
        const early: ProvisionEvent[] = [];
        let tell = (event: ProvisionEvent): void => void early.push(event);
        const serving = await ops.serve(workspace, flags, (event) => tell(event));
        ready(cli, flags, serving.listen, phones);
        for (const event of early) say(event);
        tell = say;
        await stopped;
        await serving.stop();
        if (!flags.json) io.out('Stopped; all is on disk.');
      }),
    );

function speaker({ io }: Cli, { json }: Flags): (event: ProvisionEvent) => void {
  const lineOf = eventLines();
  return (event) => {
    if (json) return io.out(JSON.stringify(plain(event)));
    const line = lineOf(event);
    if (line === undefined) return;
    if (event.kind === 'problem') io.err(line);
    else io.out(line);
  };
}

function ready(
  { io }: Cli,
  { json, dir }: Flags,
  listen: Readonly<Record<string, string>>,
  phones: number,
): void {
  if (Object.keys(listen).length === 0)
    throw new AppError(
      'not-possible',
      'no server is on: name one in hookflash.yaml or as a flag, e.g. --tftp 0.0.0.0:69',
    );
  if (json) return io.out(JSON.stringify({ event: 'ready', listen }));
  for (const [name, address] of Object.entries(listen))
    io.out(`${name.toUpperCase()} on ${address}`);
  io.out(`${phones} ${phones === 1 ? 'phone' : 'phones'} in ${dir}. Ctrl-C stops.`);
}

/** An event as JSON: `event` is its kind. */
function plain(event: ProvisionEvent): Readonly<Record<string, unknown>> {
  const { kind, ...rest } = event;
  if (event.kind === 'problem') return { event: kind, error: problemText(event.error) };
  return { event: kind, ...rest };
}
