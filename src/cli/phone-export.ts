import { basename, dirname } from 'node:path';
import { encodeCsv, type CsvSeparator } from '../codec/text/csv.ts';
import { inventoryTable } from '../core/inventory-table.ts';
import { masked, type IsSecret } from '../core/secrets.ts';
import { AppError } from '../errors.ts';
import type { Phone } from '../model/phone.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { choosing, chosenPhones, type FilterFlags } from './phone-list.ts';

type Flags = FilterFlags & {
  readonly dir: string;
  readonly json?: boolean;
  readonly secrets?: boolean;
  readonly separator?: CsvSeparator;
};

export const phoneExport: MakeCommand = (cli) =>
  choosing(inWorkspace(command('export', 'phones as a table that phone import reads')))
    .argument('[FILE]', 'a CSV file; printed if left out')
    .option('--secrets', 'passwords too; without it they are left out')
    .option('--separator <CHARACTER>', 'between cells: , ; or tab', separator)
    .action((path: string | undefined, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const listed = await chosenPhones(cli, workspace, flags);
        await write(
          cli,
          path,
          listed.map(({ phone }) => phone),
          flags,
        );
      }),
    );

function separator(text: string): CsvSeparator {
  if (text === 'tab') return '\t';
  if (text === ',' || text === ';' || text === '\t') return text;
  throw new AppError('wrong-usage', `"${text}" is none of , ; and tab`);
}

async function write(
  { io, ops }: Cli,
  path: string | undefined,
  phones: readonly Phone[],
  flags: Flags,
): Promise<void> {
  const { rows, leftOut } = inventoryTable(phones, {
    secrets: flags.secrets === true,
    isSecret: ops.isSecret,
  });
  if (leftOut.length > 0)
    io.err(`passwords are left out (${leftOut.join(', ')}): --secrets writes them`);
  const text = encodeCsv(rows, flags.separator);
  if (path !== undefined) {
    await ops.writeFiles(dirname(path), [{ name: basename(path), bytes: Buffer.from(text) }]);
    const count = phones.length;
    return io.out(
      flags.json ? JSON.stringify({ written: path, phones: count }) : `${count} phones in ${path}`,
    );
  }
  if (!flags.json) return io.write(text);
  for (const phone of phones) io.out(JSON.stringify(shown(phone, flags, ops.isSecret)));
}

function shown(phone: Phone, { secrets }: Flags, isSecret: IsSecret): Phone {
  return secrets ? phone : { ...phone, settings: masked(phone.settings, isSecret) };
}
