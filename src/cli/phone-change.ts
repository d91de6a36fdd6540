import type { Command } from 'commander';
import {
  draftProblems,
  InventoryError,
  modelMeant,
  phoneFrom,
  type PhoneDraft,
} from '../core/inventory.ts';
import { masked } from '../core/secrets.ts';
import { settingName } from '../core/setting-name.ts';
import { startsAnew } from '../core/standing.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import {
  keyValue,
  phoneOf,
  phoneWord,
  unknownPhone,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import { libraryFindings } from './library-findings.ts';
import type { Workspace } from './operations.ts';
import { scopeNotes } from './scope-notes.ts';

type Values = Readonly<Record<string, string>>;
type Flags = {
  readonly dir: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly model?: string;
  readonly image?: string;
  readonly running?: string;
  readonly set?: Values;
  readonly label?: Values;
  readonly unset?: readonly string[];
};

function describing(made: Command): Command {
  return made
    .option('--image <IMAGE>', 'the image that it should run, e.g. P0S3-8-12-00')
    .option('--running <IMAGE>', 'the image that it runs now, where that is known')
    .option('--set <NAME=VALUE>', 'a setting of this phone; may be repeated', keyValue)
    .option('--label <NAME=VALUE>', 'a label, e.g. site=berlin; may be repeated', keyValue)
    .option('--force', 'take settings that are not known, and any value of those that are');
}

export const phoneAdd: MakeCommand = (cli) =>
  describing(phoneWord('add', 'add a phone'))
    .requiredOption('--model <MODEL>', 'its model, e.g. 7960')
    .action((mac: Mac, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        if (await workspace.store.phoneGet(mac))
          throw new AppError(
            'not-possible',
            `${formatMac(mac)} is there already: phone set changes it`,
          );
        const { phone, findings } = checked(cli, mac, flags, undefined);
        await workspace.store.phonePut(phone);
        const ofLibrary = await libraryFindings(cli, workspace, flags.image, phone);
        report(cli, workspace, flags, phone, [...findings, ...ofLibrary]);
      }),
    );

export const phoneSet: MakeCommand = (cli) =>
  describing(phoneWord('set', 'change a phone; --image starts a plan anew that has stopped'))
    .option('--model <MODEL>', 'its model')
    .option('--unset <NAME...>', 'settings to take away')
    .action((mac: Mac, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const { store } = workspace;
        const before = await phoneOf(workspace, mac);
        const { phone, findings } = checked(cli, mac, flags, before);
        const said = { image: flags.image !== undefined, running: flags.running !== undefined };
        const progress = await store.progressGet(mac);
        const anew = startsAnew(before, phone, said, progress);
        await store.phonePut(phone);
        if (anew) await store.progressDelete(mac);
        const ofLibrary = await libraryFindings(cli, workspace, flags.image, phone);
        report(cli, workspace, flags, phone, [...findings, ...ofLibrary]);
        if (anew && phone.image !== undefined)
          cli.io.err('its plan starts anew when it next asks for a file');
      }),
    );

export const phoneRemove: MakeCommand = (cli) =>
  phoneWord('remove', 'forget a phone and its boots').action((mac: Mac, flags: Flags) =>
    withWorkspace(cli, flags.dir, async ({ store }) => {
      if (!(await store.phoneDelete(mac))) throw unknownPhone(mac);
      cli.io.out(flags.json ? JSON.stringify({ removed: mac }) : `${formatMac(mac)} is removed`);
    }),
  );

/** The phone after the change; throws InventoryError with all that is wrong in what was given. */
function checked(cli: Cli, mac: Mac, flags: Flags, before: Phone | undefined) {
  const { families } = cli.ops;
  const wanted = flags.model ?? before?.model ?? '';
  const model = modelMeant(families, wanted) ?? wanted;
  const family = families.find(({ models }) => models.some(({ name }) => name === model));
  const named = (name: string) => settingName(family?.parameters ?? [], name);
  const given = Object.entries(flags.set ?? {}).map(([name, value]) => [named(name), value]);
  const set = Object.fromEntries(given) as Values;
  const unset = flags.unset?.flatMap((name) => [name, named(name)]) ?? [];
  const draft = draftOf(mac, { ...flags, model, set, unset }, before);
  const names = model === before?.model ? given.map(([name = '']) => name) : undefined;
  const problems = draftProblems(families, draft, names).filter(
    ({ forgivable }) => !(forgivable && flags.force),
  );
  if (problems.length === 0) return phoneFrom(families, draft);
  const cure = problems.every(({ forgivable }) => forgivable) ? '; --force takes it' : '';
  throw new InventoryError(problems.map(({ text }) => `${text}${cure}`).join('\n  '));
}

function draftOf(mac: Mac, flags: Flags, before: Phone | undefined): PhoneDraft {
  const image = flags.image ?? before?.image;
  const running = flags.running ?? before?.running;
  const kept = Object.entries(before?.settings ?? {}).filter(
    ([name]) => !flags.unset?.includes(name),
  );
  return {
    mac,
    model: flags.model ?? '',
    labels: { ...before?.labels, ...flags.label },
    settings: { ...Object.fromEntries(kept), ...flags.set },
    ...(image !== undefined && { image }),
    ...(running !== undefined && { running }),
  };
}

function report(
  { io, ops }: Cli,
  { config }: Workspace,
  { json }: Flags,
  phone: Phone,
  findings: readonly Finding[],
): void {
  for (const { severity, text, code } of [...findings, ...scopeNotes(config, phone.labels)])
    io.err(`${severity}: ${text} (${code})`);
  const settings = masked(phone.settings, ops.isSecret);
  if (json) return io.out(JSON.stringify({ ...phone, settings }));
  const wish = phone.image === undefined ? 'keeps its image' : `should run ${phone.image}`;
  io.out(`${formatMac(phone.mac)} (${phone.model}) ${wish}`);
}
