import { basename } from 'node:path';
import { explain, type Explained, type Explanation } from '../core/explain/explain.ts';
import { explainKept } from '../core/explain/explain-kept.ts';
import { readObservations, type ReadNote } from '../core/explain/read-observations.ts';
import { AppError } from '../errors.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  macArgument,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { printable } from './printable.ts';
import { phoneBlock } from './story-text.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

/** Boots that tell where a phone stands. */
const bootsRead = 10;

export const explainCommand: MakeCommand = (cli) =>
  inWorkspace(command('explain', 'what phones did and what is wrong with them, with the cure'))
    .argument(
      '<MAC|FILE...>',
      'a phone of the workspace; the log of a TFTP or DHCP server, or a capture (pcap, pcapng)',
    )
    .action(async (words: string | readonly string[], flags: Flags) => {
      for (const word of [words].flat()) {
        const isFile = await cli.ops.exists(word);
        const wrong = isFile
          ? await explainFile(cli, word, flags)
          : await explainMac(cli, word, flags);
        if (wrong) cli.exit(1);
      }
    });

/** Whether something is wrong. */
async function explainFile(cli: Cli, path: string, flags: Flags): Promise<boolean> {
  const { ops } = cli;
  const now = ops.now();
  const { observations, notes, formats } = await readObservations(
    basename(path),
    ops.readChunks(path),
    {
      now,
      zone: -new Date(now).getTimezoneOffset(),
      macOf: (name) => firstOf(ops.families.map((family) => family.macOf(name))),
    },
  );
  const packets = formats.some((format) => format.startsWith('pcap'));
  const { families, commonDiagnoses: common } = ops;
  const explanation = explain(observations, { families, common, packets });
  show(cli, explanation, flags);
  if (flags.json !== true) tellOfFile(cli, path, explanation, notes);
  const { phones } = explanation;
  return phones.length === 0 || phones.some(({ isWell }) => !isWell);
}

function firstOf<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

function tellOfFile(
  { io }: Cli,
  path: string,
  { phones, others }: Explanation,
  notes: readonly ReadNote[],
): void {
  const many = `${phones.length} ${phones.length === 1 ? 'phone' : 'phones'}`;
  const ill = phones.filter(({ isWell }) => !isWell).length;
  const rest = others === 0 ? '' : `; ${others} other clients`;
  if (phones.length > 0) io.out(`${path}: ${many}, ${ill} with something wrong${rest}`);
  else
    io.out(
      `${path}: no phone in it: is it the log of the server that the phones ask, and does it write each request? (tftpd-hpa: --verbose; dnsmasq: log-dhcp)`,
    );
  for (const { source, line, text } of notes.slice(0, 10))
    io.err(printable(`note: ${source}${line === undefined ? '' : `:${line}`}: ${text}`));
}

async function explainMac(cli: Cli, word: string, flags: Flags): Promise<boolean> {
  const mac = macOrFile(word);
  return withWorkspace(cli, flags.dir, async (workspace) => {
    const { families, commonDiagnoses: common, now } = cli.ops;
    const options = { families, common, endedAt: now(), boots: bootsRead };
    const explanation = await explainKept(workspace.store, mac, options);
    if (!explanation)
      throw new AppError(
        'not-found',
        `nothing was seen of ${formatMac(mac)}: see that DHCP names this server (option 150), and that it is served`,
      );
    show(cli, explanation, flags);
    return explanation.phones.some(({ isWell }) => !isWell);
  });
}

function macOrFile(word: string): Mac {
  try {
    return macArgument(word);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError('wrong-usage', `"${word}" is neither a file nor a MAC address`);
  }
}

/** Those with something wrong come first. */
function show({ io }: Cli, { phones }: Explanation, { json }: Flags): void {
  const inOrder = [...phones].sort((a, b) => Number(a.isWell) - Number(b.isWell));
  for (const phone of inOrder) {
    if (json) {
      io.out(JSON.stringify(plain(phone)));
      continue;
    }
    for (const line of phoneBlock(phone, io.columns)) io.out(line);
    io.out('');
  }
}

/** What scripts get of a phone. */
function plain({
  story,
  because,
  diagnoses,
  isWell,
}: Explained): Readonly<Record<string, unknown>> {
  const { mac, address, family, model, boots } = story;
  const told = boots.map(({ steps: _, ...boot }) => boot);
  return { mac, address, family, model, because, well: isWell, diagnoses, boots: told };
}
