import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LintedFiles } from '../../core/lint/lint.ts';
import type { FromLintWorker, LintWorkerData, ToLintWorker } from './lint-messages.ts';

/** Batches that a thread holds, so that it never waits for the next one. */
const ahead = 2;

/** Files are read and forgotten one by one: more room would only fill up before it is cleared. */
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

/**
 * Has threads lint files batch by batch, this one too; they come back in any order. Batches are only
 * drawn when a thread has room for one. Rejects when a thread fails.
 */
export async function lintInThreads(
  root: string,
  batches: Iterable<readonly string[]>,
  threads: number,
  lintHere: (paths: readonly string[]) => LintedFiles,
  onBatch: (linted: LintedFiles, index: number) => void,
): Promise<void> {
  const queue = numbered(batches);
  const workers = Array.from({ length: threads }, () => startWorker(root));
  try {
    const elsewhere = workers.map((worker) => drain(worker, queue, onBatch));
    await Promise.all([...elsewhere, drainHere(queue, lintHere, onBatch)]);
  } catch (error) {
    await Promise.all(workers.map((worker) => worker.terminate()));
    throw error;
  }
}

/** Between two batches come the answers of the other threads. */
async function drainHere(
  batches: Iterable<Batch>,
  lintHere: (paths: readonly string[]) => LintedFiles,
  onBatch: (linted: LintedFiles, index: number) => void,
): Promise<void> {
  for (const { paths, index } of batches) {
    onBatch(lintHere(paths), index);
    await turn();
  }
}

function startWorker(root: string): Worker {
  const cache = getCompileCacheDir();
  // Node's own folder lies in the one that was asked for.
  const compiled = cache === undefined ? undefined : dirname(cache);
  const workerData: LintWorkerData = { root, compiled };
  return new Worker(new URL('./lint-worker.ts', import.meta.url), { workerData, resourceLimits });
}

function* numbered(batches: Iterable<readonly string[]>): Generator<Batch> {
  let index = 0;
  for (const paths of batches) yield { paths, index: index++ };
}

type Batch = { readonly paths: readonly string[]; readonly index: number };

function drain(
  worker: Worker,
  batches: Iterator<Batch>,
  onBatch: (linted: LintedFiles, index: number) => void,
): Promise<void> {
  const send = (message: ToLintWorker) => worker.postMessage(message);
  return new Promise((resolve, reject) => {
    // A thread answers in the order in which it was asked.
    const held: number[] = [];
    const next = () => {
      const batch = batches.next();
      if (batch.done === true) return;
      held.push(batch.value.index);
      send(batch.value.paths);
    };
    const endIfDone = () => {
      if (held.length > 0) return;
      send(undefined);
      resolve();
    };
    worker.on('message', (linted: FromLintWorker) => {
      const index = held.shift() ?? 0;
      next();
      onBatch(linted, index);
      endIfDone();
    });
    worker.on('error', reject);
    for (let index = 0; index < ahead; index++) next();
    endIfDone();
  });
}
