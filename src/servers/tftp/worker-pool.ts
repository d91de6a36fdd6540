import type { BindFailure, Engine } from '../engine.ts';
import { PoolWorker } from './pool-worker.ts';
import type { PoolWorkerOptions } from './pool-worker.ts';

/** Several threads on the same port: the system hands each client's datagrams to one of them. */
export class WorkerPool implements Engine {
  readonly workers: readonly PoolWorker[];

  constructor(count: number, options: PoolWorkerOptions) {
    this.workers = Array.from({ length: count }, () => new PoolWorker(options));
  }

  /** An address that one thread cannot have is none of the server's. */
  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const failures = await Promise.all(this.workers.map((each) => each.listen(addresses, port)));
    return [...new Map(failures.flat().map((failure) => [failure.address, failure])).values()];
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((each) => each.stop()));
  }
}
