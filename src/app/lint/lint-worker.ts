import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { LintWorkerData, ToLintWorker } from './lint-messages.ts';

const { root, compiled } = workerData as LintWorkerData;
if (compiled !== undefined) enableCompileCache(compiled);

// Only what is loaded after that comes from the cache.
const { lintFiles } = await import('../../core/lint/lint.ts');
const { lints } = await import('../../families/lints.ts');
const { DiskFiles } = await import('./disk-files.ts');

const disk = new DiskFiles(root);
parentPort?.on('message', (paths: ToLintWorker) => {
  if (paths === undefined) parentPort?.close();
  else parentPort?.postMessage(lintFiles(lints, disk.files(paths)));
});
