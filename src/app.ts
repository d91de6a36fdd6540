import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ipcmOperations } from './app/unistim/ipcm-operations.ts';
import { firmwareFolder } from './app/firmware/folder.ts';
import { secretSettings } from './app/secret-settings.ts';
import { lintPath } from './app/lint/lint-path.ts';
import { mendFiles } from './app/lint/mend-files.ts';
import {
  configName,
  initWorkspace,
  libraryPlace,
  openWorkspace,
  type OpenWorkspace,
} from './app/workspace.ts';
import type { ExitCode, Io } from './cli/io.ts';
import type { Operations } from './cli/operations.ts';
import { runCommand } from './cli/program.ts';
import type { Clock } from './core/clock.ts';
import { families } from './families/index.ts';
import { commonDiagnoses } from './families/shared/diagnoses/common-diagnoses.ts';
import type { FirmwareFile } from './model/firmware.ts';
import type { HandedSocket } from './servers/dhcp/handed-sockets.ts';

/** What the process gives the program. */
export type Surroundings = {
  readonly io: Io;
  readonly version: string;
  /** The key that secrets are sealed with, in place of the workspace's own. */
  readonly key?: string;
  /** Sockets that systemd opened for it. */
  readonly handed?: readonly HandedSocket[];
  /** Resolves when the operator asks the program to end. */
  untilStopped(): Promise<void>;
};

/** The whole program: one command line in, its exit code out. */
export function runApp(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  return runCommand(args, surroundings.io, operations(surroundings));
}

// A command loads what it needs: none waits for the servers or the twins of others.
const parts = {
  serve: () => import('./app/serve.ts'),
  reboot: () => import('./app/reboot.ts'),
  lab: () => import('./app/lab.ts'),
  twin: () => import('./app/twin.ts'),
  storm: () => import('./app/storm/run-storm.ts'),
  tryPlan: () => import('./app/try-plan.ts'),
  importTree: () => import('./app/import-tree.ts'),
};

const clock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

function operations({ io, version, handed, untilStopped, key }: Surroundings): Operations {
  // Commands hand back the workspace that they were given here.
  const opened = (workspace: unknown) => workspace as OpenWorkspace;
  const ops: Operations = {
    version,
    families,
    isSecret: secretSettings.has,
    commonDiagnoses,
    ipcm: ipcmOperations,
    now: () => clock.now(),
    initWorkspace,
    isWorkspace: (dir) => Promise.resolve(existsSync(join(dir, configName))),
    openWorkspace: (dir) =>
      openWorkspace(dir, {
        onProblem: (text) => io.err(`problem: ${text}`),
        program: version,
        key,
      }),
    firmwareFolder: (workspace) =>
      firmwareFolder({
        ...libraryPlace(opened(workspace)),
        families,
        program: version,
        now: clock.now,
      }),
    async serve(workspace, flags, onEvent) {
      const { serveWorkspace } = await parts.serve();
      return serveWorkspace(opened(workspace), flags, clock, onEvent, handed);
    },
    async reboot(workspace, mac, options) {
      const { reboot } = await parts.reboot();
      const pause = (ms: number) => delay(ms);
      return reboot({ workspace: opened(workspace), clock, pause }, mac, options);
    },
    ...twinOperations,
    async tryPlan(workspace, trial) {
      const { tryPlan } = await parts.tryPlan();
      return tryPlan({ ...ops, workspace: opened(workspace), clock }, trial);
    },
    async runLab(workspace, options, onEvent) {
      const { runLab } = await parts.lab();
      return runLab(opened(workspace), ops, options, onEvent);
    },
    pause: (ms, signal) => delay(ms, undefined, { ...(signal && { signal }) }),
    ...fileOperations((text) => io.err(`problem: ${text}`)),
    lint: (path) => lintPath(path, { onProblem: (text) => io.err(`problem: ${text}`) }),
    mend: mendFiles,
    untilStopped,
  };
  return ops;
}

const twinOperations: Pick<Operations, 'bootTwin' | 'twinStorm' | 'twinFaults'> = {
  async bootTwin(options) {
    const { bootTwin } = await parts.twin();
    return bootTwin(options);
  },
  async twinStorm(options) {
    const { runStorm } = await parts.storm();
    return runStorm(options);
  },
  async twinFaults() {
    const { twinFaults } = await parts.twin();
    return twinFaults();
  },
};

type FileOperations = Pick<
  Operations,
  'writeFiles' | 'readFile' | 'readChunks' | 'exists' | 'readTree' | 'copyFiles' | 'addSettings'
>;

function fileOperations(onProblem: (text: string) => void): FileOperations {
  return {
    writeFiles,
    readFile: (path) => readFile(path).catch((error: unknown) => fail(error, path)),
    async *readChunks(path) {
      try {
        yield* createReadStream(path) as AsyncIterable<Uint8Array>;
      } catch (error) {
        fail(error, path);
      }
    },
    exists: (path) => Promise.resolve(existsSync(path)),
    async readTree(root, workspace) {
      const { readTree } = await parts.importTree();
      return readTree(root, workspace, onProblem);
    },
    async copyFiles(from, to, paths) {
      const { copyFiles } = await parts.importTree();
      return copyFiles(from, to, paths);
    },
    async addSettings(dir, scopes, dry) {
      const { addToConfig } = await parts.importTree();
      return addToConfig(join(dir, configName), scopes, dry);
    },
  };
}

/** What the system says of a folder that is read as a file does not name it. */
function fail(error: unknown, path: string): never {
  throw error instanceof Error ? Object.assign(error, { path }) : error;
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
