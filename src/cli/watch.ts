import { happeningWords } from '../core/explain/happening-words.ts';
import type { KeptEvent, KeptRequest } from '../model/boot.ts';
import type { BootNews, NewsMark } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { command, inWorkspace, macArgument, withWorkspace, type MakeCommand } from './command.ts';
import { eventLine } from './event-lines.ts';
import type { Operations, Workspace } from './operations.ts';
import { printable } from './printable.ts';
import { localTime } from './story-text.ts';

type Flags = { readonly dir: string; readonly json?: boolean };
type Kept = KeptRequest | KeptEvent;

const everyMs = 500;
/** Of each kind at a time; more come with the next look. */
const mostAtOnce = 1000;

export const watchCommand: MakeCommand = (cli) =>
  inWorkspace(command('watch', 'what phones do, as it happens; beside a server that runs'))
    .argument('[MAC...]', 'of these phones only', collectMac)
    .action((macs: readonly Mac[] | undefined, flags: Flags) =>
      withWorkspace(cli, flags.dir, async (workspace) => {
        const stopping = new AbortController();
        void cli.ops.untilStopped().then(() => stopping.abort());
        const say = speaker(cli.io.out, flags.json ?? false);
        const wanted = new Set(macs ?? []);
        if (!flags.json) cli.io.err('Watching. Ctrl-C stops.');
        await follow(cli.ops, workspace, stopping.signal, (kept) => {
          if (wanted.size === 0 || wanted.has(kept.mac)) say(kept);
        });
      }),
    );

function collectMac(text: string, before: readonly Mac[] | undefined): readonly Mac[] {
  return [...(before ?? []), macArgument(text)];
}

async function follow(
  ops: Pick<Operations, 'pause'>,
  { store }: Workspace,
  signal: AbortSignal,
  say: (kept: Kept) => void,
): Promise<void> {
  let mark: NewsMark = await store.newsMark();
  while (!signal.aborted) {
    const news = await store.bootNews(mark, mostAtOnce);
    for (const kept of inTime(news)) say(kept);
    mark = markAfter(mark, news);
    const isMore = news.requests.length === mostAtOnce || news.events.length === mostAtOnce;
    if (!isMore) await ops.pause(everyMs, signal).catch(() => undefined);
  }
}

function inTime({ requests, events }: BootNews): readonly Kept[] {
  return [...requests, ...events].toSorted((a, b) => timeOf(a) - timeOf(b));
}

function timeOf(kept: Kept): number {
  return 'request' in kept ? kept.request.at : kept.event.at;
}

function markAfter({ request, event }: NewsMark, { requests, events }: BootNews): NewsMark {
  return { request: requests.at(-1)?.id ?? request, event: events.at(-1)?.id ?? event };
}

/** A boot is told of once, before the first thing in it. */
function speaker(out: (line: string) => void, json: boolean): (kept: Kept) => void {
  const boots = new Map<Mac, number>();
  return (kept) => {
    const { mac, bootId } = kept;
    const isNew = (boots.get(mac) ?? 0) < bootId;
    if (isNew) boots.set(mac, bootId);
    if (json) return out(JSON.stringify(plain(kept)));
    if (isNew) out(`${clock(kept)}  ${eventLine(mac, 'boot', `${bootId}`)}`);
    out(printable(`${clock(kept)}  ${lineOf(kept)}`));
  };
}

function clock(kept: Kept): string {
  return localTime(timeOf(kept)).slice(-8);
}

function lineOf(kept: Kept): string {
  if (!('request' in kept)) {
    const { protocol, happening } = kept.event;
    return eventLine(kept.mac, protocol, happeningWords(happening));
  }
  const { outcome, path, bytes, protocol } = kept.request;
  const size = outcome === 'sent' ? `, ${bytes} bytes` : '';
  return eventLine(kept.mac, outcome, `${path}  (${protocol.toUpperCase()}${size})`);
}

function plain(kept: Kept): Readonly<Record<string, unknown>> {
  const { mac, bootId: boot } = kept;
  if ('request' in kept) return { event: 'request', mac, boot, ...kept.request };
  return { event: 'happening', mac, boot, ...kept.event };
}
