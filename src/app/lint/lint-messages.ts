import type { LintedFiles } from '../../core/lint/lint.ts';

/** Paths below the folder that the thread was started for; nothing ends the thread. */
export type ToLintWorker = readonly string[] | undefined;

export type FromLintWorker = LintedFiles;

export type LintWorkerData = {
  readonly root: string;
  /** Folder of compiled code that starts the thread sooner. */
  readonly compiled: string | undefined;
};
