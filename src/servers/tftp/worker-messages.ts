import type { BindFailure } from '../engine.ts';
import type { Evidence } from '../evidence.ts';
import type { FileRequest } from '../file.ts';
import type { RateLimit } from '../rate-limit.ts';
import type { OpenAnswer, TransferResult } from './open-files.ts';
import type { TftpProblem } from './problem.ts';

/** What a worker is started with. */
export type WorkerData = {
  /** The memory that it counts in. */
  readonly counters: SharedArrayBuffer;
  readonly rateLimit: RateLimit;
};

export type ToWorker =
  | { readonly kind: 'listen'; readonly addresses: readonly string[]; readonly port: number }
  /** The answer to `open`. Bytes lie in shared memory, so that they are not copied. */
  | { readonly kind: 'opened'; readonly call: number; readonly answer: OpenAnswer }
  | { readonly kind: 'stop' };

export type FromWorker =
  | { readonly kind: 'listened'; readonly failures: readonly BindFailure[] }
  | { readonly kind: 'open'; readonly call: number; readonly request: FileRequest }
  | { readonly kind: 'close'; readonly id: number; readonly result: TransferResult }
  | { readonly kind: 'malformed'; readonly evidence: Evidence }
  | { readonly kind: 'problem'; readonly problem: TftpProblem };
