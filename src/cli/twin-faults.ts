import { command, type Cli, type MakeCommand } from './command.ts';
import { table } from './table.ts';

export const twinFaultsCommand: MakeCommand = (cli) =>
  command('faults', 'what can be wrong with a virtual phone, for --fault').action(
    (flags: { readonly json?: boolean }) => show(cli, flags.json === true),
  );

async function show({ io, ops }: Cli, json: boolean): Promise<void> {
  const faults = await ops.twinFaults();
  if (json) return io.out(JSON.stringify(faults));
  const rows = faults.map(({ name, help, families, value, usual }) => [
    usual === undefined ? name : `${name}[=${usual}]`,
    value === undefined ? help : `${help} (${value})`,
    families.join(', '),
  ]);
  io.out(table(['NAME', 'WHAT THE PHONE DOES', 'FAMILIES'], rows));
}
