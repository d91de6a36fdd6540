import { Option, type Command } from 'commander';
import { phoneFilter, type PhoneFilter } from '../core/phone-filter.ts';
import { masked, type IsSecret } from '../core/secrets.ts';
import { standingOf, standings, type Standing } from '../core/standing.ts';
import type { PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { formatMac } from '../wire/mac.ts';
import {
  command,
  inWorkspace,
  keyValue,
  withWorkspace,
  type Cli,
  type MakeCommand,
} from './command.ts';
import type { Workspace } from './operations.ts';
import { goOn } from './phone-words.ts';
import { table } from './table.ts';

/** Flags by which phones are chosen. */
export type FilterFlags = {
  readonly label?: Readonly<Record<string, string>>;
  readonly model?: string;
  readonly image?: string;
  readonly state?: Standing;
};

type Flags = FilterFlags & { readonly dir: string; readonly json?: boolean };

export type Listed = {
  readonly phone: Phone;
  readonly standing: Standing;
  readonly progress: Progress | undefined;
  /** Notes left out. */
  readonly findings: readonly PhoneFinding[];
};

export const phoneList: MakeCommand = (cli) =>
  choosing(inWorkspace(command('list', 'all phones, or those of a kind, by MAC address'))).action(
    (flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const listed = await chosenPhones(cli, workspace, flags);
        if (flags.json)
          return listed.forEach((each) => cli.io.out(jsonLine(each, cli.ops.isSecret)));
        if (listed.length === 0) return cli.io.out(nobody(flags));
        printTable(cli, listed);
      }),
  );

export function choosing(made: Command): Command {
  const state = new Option('--state <STATE>', 'with a plan in this state').choices(standings);
  return made
    .option('--label <NAME=VALUE>', 'with this label; may be repeated', keyValue)
    .option('--model <MODEL>', 'of this model')
    .option('--image <IMAGE>', 'that should run this image')
    .addOption(state);
}

/** By MAC. */
export async function chosenPhones(
  { ops }: Cli,
  { store }: Workspace,
  { label, ...flags }: FilterFlags,
): Promise<readonly Listed[]> {
  const { model, image, state } = flags;
  const filter: PhoneFilter = {
    ...(label && { labels: label }),
    ...(model !== undefined && { model }),
    ...(image !== undefined && { image }),
    ...(state && { state }),
  };
  const isMeant = phoneFilter(ops.families, filter);
  const all = new Map((await store.progressList()).map((progress) => [progress.mac, progress]));
  const findings = (await store.findingList()).filter(({ severity }) => severity !== 'note');
  const found = Map.groupBy(findings, ({ mac }) => mac);
  return (await store.phoneList())
    .map((phone) => {
      const progress = all.get(phone.mac);
      const standing = standingOf(phone, progress);
      return { phone, progress, standing, findings: found.get(phone.mac) ?? [] };
    })
    .filter(({ phone, standing }) => isMeant(phone, standing));
}

function nobody({ label, model, image, state }: FilterFlags): string {
  const isFiltered = [label, model, image, state].some((flag) => flag !== undefined);
  return isFiltered ? 'No such phones.' : 'No phones yet: hookflash phone add MAC --model …';
}

function jsonLine({ phone, standing, progress, findings }: Listed, isSecret: IsSecret): string {
  const reason = standing === 'stopped' ? { reason: progress?.reason } : {};
  const settings = masked(phone.settings, isSecret);
  return JSON.stringify({ ...phone, settings, state: standing, ...reason, findings });
}

function printTable({ io }: Cli, listed: readonly Listed[]): void {
  const head = ['MAC', 'model', 'runs', 'should run', 'state'];
  const rows = listed.map(({ phone, standing }) => {
    const { mac, model, running = 'not known', image = 'what it runs' } = phone;
    return [formatMac(mac), model, running, image, standing === 'none' ? '' : standing];
  });
  io.out(table(head, rows));
  const wrong = listed.flatMap(({ findings }) => findings);
  if (wrong.length > 0) io.out('');
  for (const { mac, severity, code, text } of wrong)
    io.out(`${severity}: ${formatMac(mac)}  ${code}: ${text}`);
  const [worst] = wrong;
  if (worst) io.out(`What to do: hookflash phone show ${formatMac(worst.mac)}`);
  const stopped = listed.filter(({ standing }) => standing === 'stopped');
  if (stopped.length === 0) return;
  io.out('');
  io.out(`${stopped.length} stopped:`);
  for (const { phone, progress } of stopped)
    io.out(`  ${formatMac(phone.mac)}  ${progress?.reason ?? ''}`);
  const [first] = stopped;
  if (first) io.out(`To try again: ${goOn(first.phone)}`);
}
