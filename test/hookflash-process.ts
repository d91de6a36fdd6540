import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../bin/hookflash.ts', import.meta.url));

export type Finished = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

/** Runs the command line as a process of its own. */
export function hookflash(...args: readonly string[]): Promise<Finished> {
  return hookflashUnder([], ...args);
}

/** As hookflash, started by another program, e.g. `ip netns exec NAME`. */
export async function hookflashUnder(
  starter: readonly string[],
  ...args: readonly string[]
): Promise<Finished> {
  const [program = process.execPath, ...words] = [...starter, process.execPath, script, ...args];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, out, err };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(String(part));
  return parts.join('');
}

/** The lines of `--json`, parsed. */
export function jsonLines(text: string): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

type JsonLine = Readonly<Record<string, unknown>>;

/** A command that serves until it is ended; `Line` is text, or an object with `--json`. */
export type Running<Line = JsonLine> = {
  readonly child: ChildProcess;
  /** Calls back with every line from the first one on. */
  each(take: (line: Line) => void): void;
  /** Resolves with the first line for which the check is true. */
  line(check: (line: Line) => boolean): Promise<Line>;
  /** Ends it by a signal and waits; returns its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts a command with `--json`; ended at the latest with the test. */
export function startHookflash(t: TestContext, ...args: readonly string[]): Running {
  return start(t, [...args, '--json'], (text) => JSON.parse(text) as JsonLine);
}

/** As startHookflash, by another program, e.g. `ip netns exec NAME`. */
export function startHookflashUnder(
  t: Pick<TestContext, 'after'>,
  starter: readonly string[],
  ...args: readonly string[]
): Running {
  return start(t, [...args, '--json'], (text) => JSON.parse(text) as JsonLine, starter);
}

/** As startHookflash, with the lines that people read. */
export function startInWords(t: TestContext, ...args: readonly string[]): Running<string> {
  return start(t, args, (text) => text);
}

function start<Line>(
  t: Pick<TestContext, 'after'>,
  args: readonly string[],
  read: (text: string) => Line,
  starter: readonly string[] = [],
): Running<Line> {
  const [program = '', ...words] = [...starter, process.execPath, script, ...args];
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: Line[] = [];
  const takers = new Set<(line: Line) => void>();
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout }).on('line', (text) => {
    const line = read(text);
    seen.push(line);
    for (const take of takers) take(line);
  });
  // Lines that were written just before the end come after it.
  const closed = once(lines, 'close');

  async function end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const [code] = (await exited) as [number | null];
    await closed;
    return code;
  }
  t.after(() => end('SIGKILL'));

  function each(take: (line: Line) => void): void {
    for (const line of seen) take(line);
    takers.add(take);
  }

  return {
    ...{ child, each, end },
    line: (check) =>
      new Promise((resolve, reject) => {
        each((line) => {
          if (check(line)) resolve(line);
        });
        const last = () => JSON.stringify(seen.slice(-3));
        void closed.then(() => reject(new Error(`it ended without that line, after ${last()}`)));
      }),
  };
}

/** A folder that goes away with the test. */
export async function temporaryFolder(t: Pick<TestContext, 'after'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookflash-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
