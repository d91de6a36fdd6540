import { runApp } from '../../app.ts';
import type { Io } from '../io.ts';

export type Ran = {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** What was written as it is. */
  readonly written: string;
};

/** Runs a command line of the whole program in this process. */
export async function runHere(...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const written: string[] = [];
  const io: Io = {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    write: (bytes) => void written.push(Buffer.from(bytes).toString()),
    terminal: false,
    colour: false,
    columns: 100,
    redraw: () => undefined,
    redrawDone: () => undefined,
  };
  const untilStopped = () => Promise.resolve();
  const code = await runApp(args, { io, version: '1', untilStopped });
  return { code, out, err, written: written.join('') };
}
