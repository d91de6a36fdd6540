// A worker thread that dies when it is told of a missing file.
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from '../worker-messages.ts';
import '../worker.ts';

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'opened' && message.answer.kind === 'missing') throw new Error('boom');
});
