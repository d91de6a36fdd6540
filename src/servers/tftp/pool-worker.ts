import { Worker } from 'node:worker_threads';
import type { BindFailure, Engine } from '../engine.ts';
import type { Evidence } from '../evidence.ts';
import { messageOf } from '../message-of.ts';
import type { RateLimit } from '../rate-limit.ts';
import { Counters } from './counters.ts';
import type { OpenAnswer, OpenFiles } from './open-files.ts';
import type { OnProblem } from './problem.ts';
import type { FromWorker, ToWorker, WorkerData } from './worker-messages.ts';

export type PoolWorkerOptions = {
  readonly files: OpenFiles;
  /** For each thread. */
  readonly rateLimit: RateLimit;
  readonly onMalformed: (evidence: Evidence) => void;
  readonly onProblem: OnProblem;
  /** What the thread runs. */
  readonly script: URL;
};

const restartMs = 500;
const stopMs = 5000;
const aborted = { outcome: 'aborted', bytes: 0, retries: 0 } as const;

/** A place for a thread: when the thread crashes, another one takes it. */
export class PoolWorker implements Engine {
  /** Of all threads that have had this place. */
  readonly counters = new Counters();
  readonly #options: PoolWorkerOptions;
  readonly #openIds = new Set<number>();
  #worker: Worker | undefined;
  #restart: NodeJS.Timeout | undefined;
  #wanted: Extract<ToWorker, { kind: 'listen' }> | undefined;
  #listened = Promise.withResolvers<readonly BindFailure[]>();

  constructor(options: PoolWorkerOptions) {
    this.#options = options;
    this.#start();
  }

  listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    this.#wanted = { kind: 'listen', addresses, port };
    this.#listened = Promise.withResolvers();
    this.#post(this.#wanted);
    return this.#listened.promise;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    const worker = this.#worker;
    if (!worker) return;
    worker.removeAllListeners('exit');
    const { promise: gone, resolve } = Promise.withResolvers<undefined>();
    worker.once('exit', () => resolve(undefined));
    const late = setTimeout(() => void worker.terminate(), stopMs);
    this.#post({ kind: 'stop' });
    await gone;
    clearTimeout(late);
    this.#bury();
  }

  #start(): void {
    const { rateLimit } = this.#options;
    const workerData: WorkerData = { counters: this.counters.memory, rateLimit };
    const worker = new Worker(this.#options.script, { workerData });
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => void this.#obey(worker, message));
    worker.on('error', (error) => this.#report(`crashed: ${messageOf(error)}`));
    worker.on('exit', (code) => this.#replace(code));
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  async #obey(worker: Worker, message: FromWorker): Promise<void> {
    switch (message.kind) {
      case 'listened':
        return this.#listened.resolve(message.failures);
      case 'open':
        return this.#open(worker, message);
      case 'close':
        this.#openIds.delete(message.id);
        return this.#options.files.close(message.id, message.result);
      case 'malformed':
        return this.#options.onMalformed(message.evidence);
      case 'problem':
        return this.#options.onProblem(message.problem);
    }
  }

  async #open(worker: Worker, message: Extract<FromWorker, { kind: 'open' }>): Promise<void> {
    const { files } = this.#options;
    const answer = await files.open(message.request);
    if (worker === this.#worker) {
      if (answer.kind !== 'busy') this.#openIds.add(answer.id);
      this.#post({ kind: 'opened', call: message.call, answer: inSharedMemory(answer) });
    } else if (answer.kind !== 'busy') files.close(answer.id, aborted);
  }

  #replace(code: number): void {
    this.#report(`ended with code ${code}; another one takes its place`);
    this.#bury();
    this.#restart = setTimeout(() => {
      this.#start();
      if (this.#wanted) void this.#listenAgain(this.#wanted);
    }, restartMs);
  }

  async #listenAgain({ addresses, port }: Extract<ToWorker, { kind: 'listen' }>): Promise<void> {
    for (const { address, message } of await this.listen(addresses, port))
      this.#report(`does not listen at ${address}: ${message}`);
  }

  /** What the thread had open is closed, and what waits for it waits no longer. */
  #bury(): void {
    this.#worker = undefined;
    for (const id of this.#openIds) this.#options.files.close(id, aborted);
    this.#openIds.clear();
    const open = this.counters.get('open');
    this.counters.add('open', -open);
    this.counters.add('aborted', open);
    const addresses = this.#wanted?.addresses ?? [];
    const failure = { code: '', message: 'its worker thread ended' };
    this.#listened.resolve(addresses.map((address) => ({ address, ...failure })));
  }

  #report(what: string): void {
    this.#options.onProblem({ code: 'worker', text: `a TFTP worker thread ${what}` });
  }
}

/** Shared bytes go as they are; others are copied once here rather than for every message. */
function inSharedMemory(answer: OpenAnswer): OpenAnswer {
  if (answer.kind !== 'found' || answer.bytes.buffer instanceof SharedArrayBuffer) return answer;
  const bytes = new Uint8Array(new SharedArrayBuffer(answer.bytes.length));
  bytes.set(answer.bytes);
  return { ...answer, bytes };
}
