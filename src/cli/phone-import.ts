import { basename } from 'node:path';
import { decodeCsv } from '../codec/text/csv.ts';
import {
  importInventory,
  type InventoryImport,
  type LineResult,
} from '../core/inventory-import.ts';
import type { PhoneChange } from '../core/inventory-changes.ts';
import { startsAnew } from '../core/standing.ts';
import type { Phone } from '../model/phone.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import { inFile } from './in-file.ts';
import type { Workspace } from './operations.ts';
import { scopeNotes } from './scope-notes.ts';

type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly partial?: boolean;
  readonly force?: boolean;
};

export const phoneImport: MakeCommand = (cli) =>
  inWorkspace(command('import', 'add and change phones by a table in a CSV file'))
    .argument('<FILE>', 'columns mac, model, image, running, label:NAME and names of settings')
    .option('--dry-run', 'say what would be done, and change nothing')
    .option('--partial', 'take the lines that are right even if others are not')
    .option('--force', 'take settings that are not known, and any value of those that are')
    .action(async (path: string, flags: Flags) => {
      const file = inFile(path, await cli.ops.readFile(path), decodeCsv);
      await withWorkspace(cli, flags.dir, async (workspace) => {
        const phones = await workspace.store.phoneList();
        const known = new Map(phones.map((phone) => [phone.mac, phone]));
        const { families } = cli.ops;
        const made = importInventory(file, { families, known, force: flags.force === true });
        const done = takes(made, flags);
        if (done) await put(workspace, made.phones, known);
        report(cli, workspace, path, made, flags, done);
      });
    });

/** Nothing is stored on a dry run, or where a line is refused and the others may not go alone. */
function takes({ lines }: InventoryImport, { dryRun, partial }: Flags): boolean {
  if (dryRun) return false;
  return partial === true || lines.every(({ result }) => result !== 'refused');
}

async function put(
  { store }: Workspace,
  phones: readonly Phone[],
  known: ReadonlyMap<Mac, Phone>,
): Promise<void> {
  await store.phonesPut(phones);
  for (const phone of phones) {
    const before = known.get(phone.mac);
    if (!before) continue;
    const said = {
      image: before.image !== phone.image,
      running: before.running !== phone.running,
    };
    const progress = await store.progressGet(phone.mac);
    if (startsAnew(before, phone, said, progress)) await store.progressDelete(phone.mac);
  }
}

const words = ['added', 'changed', 'unchanged', 'refused'] as const;

function report(
  { io, exit }: Cli,
  { config }: Workspace,
  path: string,
  { lines, phones }: InventoryImport,
  flags: Flags,
  done: boolean,
): void {
  const counts = Object.fromEntries(
    words.map((word) => [word, lines.filter(({ result }) => result === word).length]),
  );
  if (flags.json) {
    for (const line of lines) io.out(JSON.stringify(line));
    io.out(JSON.stringify({ event: 'end', ...counts, stored: done }));
  } else {
    for (const line of lines) for (const text of textOf(basename(path), line)) io.out(text);
    const sum = words.map((word) => `${counts[word] ?? 0} ${word}`).join(', ');
    io.out(done ? sum : `${sum}; nothing is stored${whyNot(flags)}`);
  }
  const notes = phones.flatMap(({ labels }) => scopeNotes(config, labels));
  for (const text of new Set(notes.map((note) => `${note.severity}: ${note.text} (${note.code})`)))
    io.err(text);
  if (lines.some(({ result }) => result === 'refused')) exit(1);
}

function whyNot({ dryRun }: Flags): string {
  return dryRun ? ' on a dry run' : ': mend the lines that are refused, or say --partial';
}

function textOf(file: string, line: LineResult): readonly string[] {
  const { mac, notes } = line;
  const where = `${file}:${line.line}`;
  const head = `${where}  ${line.result}${mac === undefined ? '' : `  ${formatMac(mac)}`}`;
  const mended = notes.map(({ text, code }) => `    ${text} (${code})`);
  switch (line.result) {
    case 'added':
    case 'unchanged':
      return [head, ...mended];
    case 'changed':
      return [`${head}  ${line.changes.map(changeText).join(', ')}`, ...mended];
    case 'refused':
      return line.problems.map(({ column, name, text }) => {
        const place = column === undefined ? where : `${where}:${column}`;
        const title = name === undefined || text.includes(`"${name}"`) ? '' : `${name}: `;
        return `${place}  refused  ${title}${text}`;
      });
  }
}

function changeText({ what, from, to }: PhoneChange): string {
  if (to === undefined) return `${what} taken away`;
  const made = `${what} ${JSON.stringify(to)}`;
  return from === undefined ? made : `${what} ${JSON.stringify(from)} -> ${JSON.stringify(to)}`;
}
