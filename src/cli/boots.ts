import { explain } from '../core/explain/explain.ts';
import { happeningWords } from '../core/explain/happening-words.ts';
import { observationsOfBoot } from '../core/explain/kept-boots.ts';
import type { Boot } from '../model/boot.ts';
import type { Step, StoryBoot } from '../model/story.ts';
import { AppError } from '../errors.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import { phoneWord, wholeNumber, withWorkspace, type Cli, type MakeCommand } from './command.ts';
import type { Workspace } from './operations.ts';
import { printable } from './printable.ts';
import { duration, localTime, outcomeWords } from './story-text.ts';
import { table } from './table.ts';

type Flags = { readonly dir: string; readonly json?: boolean; readonly last: number };

const usuallyListed = 20;

export const bootsCommand: MakeCommand = (cli) =>
  phoneWord('boots', 'the boots of a phone, or one of them event by event')
    .argument('[BOOT]', 'its number in the list', wholeNumber)
    .option('--last <N>', 'so many of the list', wholeNumber, usuallyListed)
    .action((mac: Mac, id: number | undefined, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const boots = await workspace.store.bootList(mac, id === undefined ? flags.last : 100_000);
        if (boots.length === 0)
          throw new AppError('not-found', `no boot of ${formatMac(mac)} is kept`);
        if (id === undefined) return list(cli, workspace, boots, flags);
        const boot = boots.find((each) => each.id === id);
        if (!boot) throw new AppError('not-found', `boot ${id} is none of ${formatMac(mac)}`);
        return detail(cli, workspace, boot, flags);
      }),
    );

/** A boot as it was kept, with the phases in it. */
async function storyOf(
  { ops }: Cli,
  { store }: Workspace,
  boot: Boot,
): Promise<readonly StoryBoot[]> {
  const observations = await observationsOfBoot(store, boot);
  const phone = await store.phoneGet(boot.mac);
  const { phones } = explain(observations, {
    ...{ families: ops.families, common: [] },
    phoneOf: () => phone,
  });
  return phones[0]?.story.boots ?? [];
}

async function list(
  cli: Cli,
  workspace: Workspace,
  boots: readonly Boot[],
  { json }: Flags,
): Promise<void> {
  const rows: (readonly string[])[] = [];
  for (const boot of boots) {
    const stories = await storyOf(cli, workspace, boot);
    const phases = stories.flatMap((story) => story.phases);
    const names = [...new Set(phases.map(({ phase }) => phase))];
    const bytes = phases.reduce((sum, phase) => sum + phase.bytes, 0);
    if (json) cli.io.out(JSON.stringify({ ...boot, bytes, phases }));
    const took = duration(boot.lastAt - boot.startedAt);
    const counts = [`${boot.requests}`, `${boot.events}`, `${bytes}`];
    rows.push([`${boot.id}`, localTime(boot.startedAt), took, ...counts, names.join(', ')]);
  }
  if (json) return;
  const head = ['boot', 'began', 'took', 'files', 'events', 'bytes', 'phases'];
  cli.io.out(table(head, rows));
}

async function detail(cli: Cli, workspace: Workspace, boot: Boot, { json }: Flags): Promise<void> {
  const stories = await storyOf(cli, workspace, boot);
  const steps = stories.flatMap((story) => story.steps);
  const phases = stories.flatMap((story) => story.phases);
  if (json) return cli.io.out(JSON.stringify({ ...boot, phases, steps }));
  cli.io.out(`boot ${boot.id} of ${formatMac(boot.mac)}, ${localTime(boot.startedAt)}`);
  let before: Step | undefined;
  for (const step of steps) {
    if (step.phase !== before?.phase) cli.io.out(`  ${step.phase}`);
    const since = `+${duration(step.at - (before?.at ?? boot.startedAt))}`;
    cli.io.out(printable(`    ${since.padStart(9)}  ${stepText(step)}`));
    before = step;
  }
}

function stepText(step: Step): string {
  if ('seen' in step) return happeningWords(step.seen.happening);
  const { path, protocol } = step.file;
  return `${protocol.toUpperCase()}  ${path.padEnd(28)}  ${outcomeWords(step.file)}`;
}
