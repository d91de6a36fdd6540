import { styleText } from 'node:util';
import type { Progress } from '../model/progress.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import type { Io } from './io.ts';
import { serversOf } from './lab-servers.ts';
import type { LabShow } from './lab-show.ts';
import type { LabEvent, LabPhone, LabRun } from './lab-run.ts';
import type { TwinLine } from './twin-events.ts';
import { table } from './table.ts';
import { twinWords } from './twin-lines.ts';

/** What is known of one phone of the lab at a moment. */
type Row = {
  readonly phone: LabPhone;
  readonly runs: string;
  readonly doing: string;
  /** By DHCP. */
  readonly address?: string;
  readonly progress?: Progress;
  readonly ended: boolean;
};

/** The lab as a table that is redrawn in place. */
export function labView(io: Io, now: () => number): LabShow {
  const rows = new Map<Mac, Row>();
  const early: LabEvent[] = [];
  let run: LabRun | undefined;
  const startedAt = now();

  function draw(): void {
    if (!run) return;
    const seconds = Math.round((now() - startedAt) / 1000);
    const title = `Hookflash lab: ${serversOf(run)}, ${seconds} s`;
    const head = ['phone', 'model', 'address', 'runs', 'should run', 'hops', 'now'];
    const body = table(head, cells(io, rows));
    io.redraw([paint(io, 'bold', title), '', body, ''].join('\n'));
  }

  function take(event: LabEvent): void {
    const mac = 'mac' in event ? event.mac : undefined;
    const row = mac === undefined ? undefined : rows.get(mac);
    if (row) rows.set(row.phone.mac, next(row, event));
  }

  return {
    start(started) {
      run = started;
      for (const phone of started.phones)
        rows.set(phone.mac, { phone, runs: phone.starts, doing: 'is switched on', ended: false });
      for (const event of early) take(event);
      draw();
    },
    event(event) {
      if (run) take(event);
      else early.push(event);
      draw();
    },
    done() {
      draw();
      io.redrawDone();
    },
  };
}

function next(row: Row, event: LabEvent): Row {
  if (event.kind === 'progress') return { ...row, progress: event.progress };
  if (event.kind === 'note') return { ...row, doing: event.text };
  if (event.kind !== 'twin') return row;
  const { line } = event;
  if (line.event === 'end')
    return { ...row, runs: line.image, doing: line.display, ended: line.state === 'idle' };
  if (line.event === 'registration' && line.state === 'registered')
    return { ...row, runs: line.image, doing: twinWords(line), ended: true };
  const address = line.event === 'dhcp' && line.message === 'ack' ? line.address : row.address;
  const now = { ...row, doing: doing(line), ended: false };
  return address === undefined ? now : { ...now, address };
}

function doing(line: Exclude<TwinLine, { event: 'end' }>): string {
  if (line.event === 'request')
    return `${line.outcome === 'sent' ? 'got' : line.outcome} ${line.path}`;
  if (line.event === 'dhcp') return `DHCP ${line.message}`;
  return 'text' in line ? line.text : twinWords(line);
}

function cells(io: Io, rows: ReadonlyMap<Mac, Row>): string[][] {
  return [...rows.values()].map(({ phone, runs, doing: now, address = '', progress, ended }) => {
    const done = ended && runs === phone.wanted;
    const hops = progress ? `${progress.step}/${progress.steps.length}` : '';
    const colour = done ? 'green' : 'yellow';
    const { mac, model, wanted } = phone;
    const shown = [formatMac(mac), model, address, paint(io, colour, runs)];
    return [...shown, wanted, hops, now.slice(0, 48)];
  });
}

function paint(io: Io, format: 'bold' | 'green' | 'yellow', text: string): string {
  return io.colour ? styleText(format, text, { validateStream: false }) : text;
}
