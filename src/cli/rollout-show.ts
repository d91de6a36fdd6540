import { encodeCsv } from '../codec/text/csv.ts';
import { nextOrder, reportHeader, reportRows, summaryOf } from '../core/rollout/report.ts';
import { AppError } from '../errors.ts';
import { isOver, type Rollout, type RolloutPhone } from '../model/rollout.ts';
import { formatMac } from '../wire/mac.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import type { Workspace } from './operations.ts';
import { barLine } from './progress-bar.ts';
import { knownRollout, lasting } from './rollout-words.ts';
import { table } from './table.ts';

type Flags = { readonly dir: string; readonly json?: boolean; readonly watch?: boolean };

/** How often the store is read for those who watch. */
const watchMs = 500;
const shownLate = 3;

export const rolloutList: MakeCommand = (cli) =>
  inWorkspace(command('list', 'all rollouts')).action((flags: Flags) =>
    withWorkspace(cli, flags.dir, async ({ store }) => {
      const rollouts = await store.rolloutList();
      const now = cli.ops.now();
      const rows: string[][] = [];
      for (const rollout of rollouts) {
        const { name, state, reason } = rollout;
        const summary = summaryOf(await store.rolloutPhones(name), now);
        if (flags.json) cli.io.out(JSON.stringify({ ...rollout, counts: summary.counts }));
        const { done, failed } = summary.counts;
        rows.push([name, state, `${done} of ${summary.meant}`, String(failed), reason]);
      }
      if (flags.json) return;
      if (rows.length === 0) return cli.io.out('No rollouts yet: hookflash rollout create NAME …');
      cli.io.out(table(['name', 'state', 'done', 'failed', ''], rows));
    }),
  );

export const rolloutShow: MakeCommand = (cli) =>
  inWorkspace(command('show', 'how far a rollout is, and what failed'))
    .argument('<NAME>', 'the rollout')
    .option('--watch', 'until it is over')
    .action((name: string, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        if (flags.watch) await watch(cli, workspace, name);
        const rollout = await knownRollout(workspace.store, name);
        const phones = await workspace.store.rolloutPhones(name);
        if (phones.some(({ state }) => state === 'failed')) cli.exit(1);
        if (flags.json) return cli.io.out(JSON.stringify({ ...rollout, phones }));
        for (const line of showLines(rollout, phones, cli.ops.now())) cli.io.out(line);
      }),
    );

export const rolloutReport: MakeCommand = (cli) =>
  inWorkspace(command('report', 'what became of each phone'))
    .argument('<NAME>', 'the rollout')
    .option('--format <FORMAT>', 'csv or json', format, 'csv')
    .action((name: string, flags: Flags & { readonly format: string }) =>
      withWorkspace(cli, flags.dir, async ({ store }) => {
        const rollout = await knownRollout(store, name);
        const phones = await store.rolloutPhones(name);
        if (flags.format === 'csv' && !flags.json)
          return cli.io.write(encodeCsv([[...reportHeader], ...reportRows(phones)]));
        const history = await store.rolloutHistory(name);
        cli.io.out(JSON.stringify({ rollout, phones, history }));
      }),
    );

function format(text: string): string {
  if (text === 'csv' || text === 'json') return text;
  throw new AppError('wrong-usage', `"${text}" is neither csv nor json`);
}

/** Redraws a bar until the rollout is over or waits for a person; Ctrl-C ends it too. */
async function watch({ io, ops }: Cli, { store }: Workspace, name: string): Promise<void> {
  const stop = new AbortController();
  void ops.untilStopped().then(() => stop.abort());
  for (;;) {
    const rollout = await knownRollout(store, name);
    const phones = await store.rolloutPhones(name);
    const line = watchLine(rollout, phones, ops.now(), io.columns);
    io.progress?.(line);
    const isResting = isOver(rollout) || /^(paused|awaiting-approval)$/.test(rollout.state);
    if (stop.signal.aborted || isResting) break;
    await ops.pause(watchMs);
  }
  io.progress?.(undefined);
}

export function watchLine(
  { state, group, groupNames }: Rollout,
  phones: readonly RolloutPhone[],
  now: number,
  columns: number,
): string {
  const { finished, meant, counts, perHour, leftMs, late } = summaryOf(phones, now);
  const parts = [
    `${state}, group ${group + 1} of ${groupNames.length}`,
    `${counts.done} done, ${counts.failed} failed of ${meant}`,
    ...(perHour === undefined ? [] : [`${Math.round(perHour)} an hour`]),
    ...(leftMs === undefined || leftMs === 0 ? [] : [`${lasting(leftMs)} left`]),
    ...(late.length === 0
      ? []
      : [
          `late: ${late
            .slice(0, shownLate)
            .map(({ mac }) => formatMac(mac))
            .join(' ')}`,
        ]),
  ];
  return barLine({ done: finished, total: meant, what: parts.join('; ') }, columns);
}

function showLines(
  rollout: Rollout,
  phones: readonly RolloutPhone[],
  now: number,
): readonly string[] {
  const { name, state, reason, group, groupNames } = rollout;
  const { counts, late, perHour } = summaryOf(phones, now);
  const count = Object.entries(counts).filter(([, each]) => each > 0);
  const failed = phones.filter((phone) => phone.state === 'failed');
  const refused = phones.filter((phone) => phone.state === 'refused');
  const order = nextOrder(rollout);
  return [
    `${name} is ${state}${reason === '' ? '' : `: ${reason}`}`,
    `group ${group + 1} of ${groupNames.length} (${groupNames[group] ?? ''})`,
    count.map(([word, each]) => `${each} ${word}`).join(', '),
    ...(perHour === undefined ? [] : [`${Math.round(perHour)} phones an hour`]),
    ...section(
      'Late',
      late.map((phone) => `  ${formatMac(phone.mac)}  ${phone.reason}`),
    ),
    ...section(
      'Failed',
      failed.map((phone) => whyLine(phone, phone.cause)),
    ),
    ...section(
      'Left out',
      refused.map((phone) => whyLine(phone, phone.refusal)),
    ),
    ...(order === undefined ? [] : ['', `Next: ${order}`]),
  ];
}

function whyLine({ mac, reason }: RolloutPhone, code: string | undefined): string {
  return `  ${formatMac(mac)}  ${code ?? ''}: ${reason}`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}
