import { findParameter, type FoundParameter } from '../core/find-parameter.ts';
import { parameterFacts } from '../core/parameter-facts.ts';
import { referencePages } from '../core/reference.ts';
import { AppError } from '../errors.ts';
import type { ParameterTable } from '../model/parameter.ts';
import { command, type Cli, type MakeCommand } from './command.ts';
import { table } from './table.ts';

type Flags = { readonly json?: boolean; readonly out?: string };

export const referenceCommand: MakeCommand = (cli) =>
  command('reference', 'what a parameter means, which values it has and who says so')
    .argument('[KEY]', 'a parameter as in the file, e.g. line1_name or authPassword')
    .option('--out <DIR>', 'write a page for each table there')
    .action(async (key: string | undefined, flags: Flags) => {
      const tables = tablesOf(cli);
      if (key !== undefined && flags.out !== undefined)
        throw new AppError('wrong-usage', 'Name a parameter or --out, not both');
      if (flags.out !== undefined) return writePages(cli, tables, flags.out, flags.json);
      if (key === undefined) return listTables(cli, tables, flags.json);
      const found = parametersNamed(tables, key);
      if (flags.json) return found.forEach((each) => cli.io.out(JSON.stringify(record(each))));
      for (const [index, each] of found.entries()) {
        if (index > 0) cli.io.out('');
        print(cli, each);
      }
    });

/** Families may share a table. */
function tablesOf({ ops }: Cli): readonly ParameterTable[] {
  const tables = ops.families.flatMap(({ parameters }) => parameters);
  return [...new Map(tables.map((each) => [each.id, each])).values()];
}

function parametersNamed(tables: readonly ParameterTable[], key: string) {
  const { found, meant } = findParameter(tables, key);
  if (found.length > 0) return found;
  const hint =
    meant === undefined ? 'hookflash reference lists the tables' : `did you mean ${meant}?`;
  throw new AppError('not-found', `"${key}" is in no table; ${hint}`);
}

async function writePages(
  { io, ops }: Cli,
  tables: readonly ParameterTable[],
  folder: string,
  json: boolean | undefined,
): Promise<void> {
  const pages = referencePages(tables);
  const files = pages.map(({ path, content }) => ({ name: path, bytes: Buffer.from(content) }));
  const written = await ops.writeFiles(folder, files);
  if (json) return io.out(JSON.stringify({ written }));
  for (const path of written) io.out(path);
}

function listTables(
  { io }: Cli,
  tables: readonly ParameterTable[],
  json: boolean | undefined,
): void {
  const rows = tables.map(({ id, title, files, parameters }) => ({
    id,
    title,
    files,
    parameters: parameters.length,
  }));
  if (json) return rows.forEach((row) => io.out(JSON.stringify(row)));
  const cells = rows.map(({ id, parameters, files }) => [id, String(parameters), files]);
  io.out(table(['table', 'parameters', 'files'], cells));
}

function print({ io }: Cli, { key, parameter, table: { title } }: FoundParameter): void {
  io.out(`${key}  (${title})`);
  io.out(`  ${parameter.help}`);
  const facts = parameterFacts(parameter);
  const width = Math.max(...facts.map(({ label }) => label.length));
  for (const { label, words } of facts) io.out(`  ${label.padEnd(width)}  ${words}`);
}

/** A pattern has no JSON; its form in words has. */
function record({ key, index, parameter, table: { id } }: FoundParameter) {
  const { type, ...rest } = parameter;
  const plain = type.kind === 'form' ? { kind: type.kind, form: type.form } : type;
  return { table: id, key, ...(index !== undefined && { index }), ...rest, type: plain };
}
