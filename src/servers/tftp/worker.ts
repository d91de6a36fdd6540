// One of several threads that serve the same port. Started by worker-pool.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { Counters } from './counters.ts';
import { Listener } from './listener.ts';
import type { Evidence } from './problem.ts';
import { RemoteFiles } from './remote-files.ts';
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts';

const evidenceEveryMs = 100;

if (!parentPort) throw new Error('to be run as a worker thread');
const port = parentPort;
const post = (message: FromWorker): void => port.postMessage(message);

let evidenceToPost: Evidence | undefined;

/** A flood of bad datagrams is not to become a flood of messages: the last one counts. */
function keepEvidence(evidence: Evidence): void {
  if (!evidenceToPost)
    setTimeout(() => {
      if (evidenceToPost) post({ kind: 'malformed', evidence: evidenceToPost });
      evidenceToPost = undefined;
    }, evidenceEveryMs);
  evidenceToPost = evidence;
}

const files = new RemoteFiles(post);
const listener = new Listener({
  files,
  counters: new Counters((workerData as WorkerData).counters),
  reusePort: true,
  onMalformed: keepEvidence,
  onProblem: (problem) => post({ kind: 'problem', problem }),
  now: Date.now,
});

async function obey(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'listen':
      return post({
        kind: 'listened',
        failures: await listener.listen(message.addresses, message.port),
      });
    case 'opened':
      return files.opened(message.call, message.answer);
    case 'stop':
      await listener.stop();
      port.close(); // Nothing else keeps the thread: it ends.
  }
}

port.on('message', (message: ToWorker) => void obey(message));
