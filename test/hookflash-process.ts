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
export async function hookflash(...args: readonly string[]): Promise<Finished> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
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

export type Running = {
  readonly child: ChildProcess;
  /** Resolves with the first JSON line for which the check is true. */
  line(
    check: (line: Readonly<Record<string, unknown>>) => boolean,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Ends it by a signal and waits; returns its exit code. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts a command that serves until it is ended; ended at the latest with the test. */
export function startHookflash(t: TestContext, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [script, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: Readonly<Record<string, unknown>>[] = [];
  const waiting = new Set<() => void>();
  const exited = once(child, 'exit');
  const wake = () => waiting.forEach((check) => check());
  createInterface({ input: child.stdout }).on('line', (text) => {
    seen.push(JSON.parse(text) as Readonly<Record<string, unknown>>);
    wake();
  });
  void exited.then(wake);

  async function end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }
  t.after(() => end('SIGKILL'));

  return {
    child,
    line: (check) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = seen.find(check);
          const ended = child.exitCode !== null || child.signalCode !== null;
          if (!found && !ended) return;
          waiting.delete(look);
          if (found) resolve(found);
          else
            reject(
              new Error(`it ended without that line, after ${JSON.stringify(seen.slice(-3))}`),
            );
        };
        waiting.add(look);
        look();
      }),
    end,
  };
}

/** A folder that goes away with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookflash-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
