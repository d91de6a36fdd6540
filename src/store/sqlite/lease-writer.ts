import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Lease } from '../../model/lease.ts';
import { ipv4Number } from '../../wire/ipv4.ts';
import { leaseValues } from '../lease-rows.ts';
import { StoreError } from '../store-error.ts';
import type { LeaseChange, LeaseOutcome, LeaseWorkerData } from './lease-messages.ts';

type Waiting = { readonly resolve: () => void; readonly reject: (error: unknown) => void };

/**
 * Writes leases in a thread with a connection of its own: the disk takes milliseconds to sync, and
 * the thread that answers phones goes on meanwhile. The thread starts with the first change.
 */
export class LeaseWriter {
  readonly #data: LeaseWorkerData;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;

  constructor(data: LeaseWorkerData) {
    this.#data = data;
  }

  put(leases: readonly Lease[]): Promise<void> {
    if (leases.length === 0) return Promise.resolve();
    return this.#write({ kind: 'put', rows: leases.map(leaseValues) });
  }

  delete(addresses: readonly string[]): Promise<void> {
    if (addresses.length === 0) return Promise.resolve();
    return this.#write({ kind: 'delete', addresses: addresses.map(ipv4Number) });
  }

  /** Resolves when all changes until now are written or have failed. */
  async written(): Promise<void> {
    if (this.#waiting.length > 0) await this.#write({ kind: 'delete', addresses: [] });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    const ended = once(worker, 'exit');
    worker.postMessage({ kind: 'close' } satisfies LeaseChange);
    await ended;
  }

  #write(change: LeaseChange): Promise<void> {
    const worker = (this.#worker ??= this.#start());
    if (this.#waiting.length === 0) worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.postMessage(change);
    });
  }

  #start(): Worker {
    const script = new URL('lease-worker.ts', import.meta.url);
    const worker = new Worker(script, { workerData: this.#data });
    worker.on('message', ({ fault }: LeaseOutcome) => {
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) worker.unref();
      if (fault) waiting?.reject(new StoreError(fault.code, fault.text));
      else waiting?.resolve();
    });
    worker.on('error', (cause: Error) => {
      this.#fail(new StoreError('unavailable', `${this.#data.file}: ${cause.message}`, cause));
    });
    worker.on('exit', () => this.#fail(new StoreError('closed', 'the store is closed')));
    worker.unref();
    return worker;
  }

  /** The next change starts a new thread. */
  #fail(error: StoreError): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}
