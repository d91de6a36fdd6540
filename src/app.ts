import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runLab } from './app/lab.ts';
import { serveWorkspace } from './app/serve.ts';
import { bootTwin } from './app/twin.ts';
import { initWorkspace, openWorkspace, type OpenWorkspace } from './app/workspace.ts';
import type { ExitCode, Io } from './cli/io.ts';
import type { Operations } from './cli/operations.ts';
import { runCommand } from './cli/program.ts';
import type { Clock } from './core/clock.ts';
import { families } from './families/index.ts';
import type { FirmwareFile } from './model/firmware.ts';

/** What the process gives the program. */
export type Surroundings = {
  readonly io: Io;
  readonly version: string;
  /** Resolves when the operator asks the program to end. */
  untilStopped(): Promise<void>;
};

/** The whole program: one command line in, its exit code out. */
export function runApp(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  return runCommand(args, surroundings.io, operations(surroundings));
}

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

function operations({ io, version, untilStopped }: Surroundings): Operations {
  // Commands hand back the workspace that they were given here.
  const opened = (workspace: unknown) => workspace as OpenWorkspace;
  const ops: Operations = {
    version,
    families,
    now: () => clock.now(),
    initWorkspace,
    openWorkspace: (dir) => openWorkspace(dir, (text) => io.err(`problem: ${text}`)),
    serve: (workspace, flags, onEvent) => serveWorkspace(opened(workspace), flags, clock, onEvent),
    bootTwin,
    runLab: (workspace, options, onEvent) => runLab(opened(workspace), ops, options, onEvent),
    pause: (ms, signal) => delay(ms, undefined, { ...(signal && { signal }) }),
    writeFiles,
    readFile: (path) => readFile(path),
    exists: (path) => Promise.resolve(existsSync(path)),
    untilStopped,
  };
  return ops;
}

/** Each file appears whole: written beside its place, then renamed. */
async function writeFiles(dir: string, files: readonly FirmwareFile[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { name, bytes } of files) {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, bytes);
    await rename(`${path}.new`, path);
    paths.push(path);
  }
  return paths;
}
