// One of several threads that serve the same port. Started by worker-pool.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { Counters } from './counters.ts';
import { Listener } from './listener.ts';
import { RemoteFiles } from './remote-files.ts';
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts';

const evidenceEveryMs = 100;

if (!parentPort) throw new Error('to be run as a worker thread');
const port = parentPort;
const post = (message: FromWorker): void => port.postMessage(message);

const { counters, rateLimit } = workerData as WorkerData;
const files = new RemoteFiles(post);
const listener = new Listener({
  files,
  counters: new Counters(counters),
  rateLimit,
  reusePort: true,
  onMalformed: lastInEach(evidenceEveryMs, (evidence) => post({ kind: 'malformed', evidence })),
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

/** A flood of bad datagrams is not to become a flood of messages: only the last of each stretch. */
function lastInEach<T>(ms: number, pass: (value: T) => void): (value: T) => void {
  let last: { readonly value: T } | undefined;
  return (value) => {
    if (!last)
      setTimeout(() => {
        if (last) pass(last.value);
        last = undefined;
      }, ms);
    last = { value };
  };
}
