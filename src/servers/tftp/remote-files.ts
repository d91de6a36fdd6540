import type { FileRequest } from '../file.ts';
import type { FileOpener, OpenAnswer, TransferResult } from './open-files.ts';
import type { FromWorker } from './worker-messages.ts';

/** A worker's view of the files: asks the main thread for each. */
export class RemoteFiles implements FileOpener {
  readonly #post: (message: FromWorker) => void;
  readonly #calls = new Map<number, (answer: OpenAnswer) => void>();
  #lastCall = 0;

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  open(request: FileRequest): Promise<OpenAnswer> {
    const call = ++this.#lastCall;
    const { promise, resolve } = Promise.withResolvers<OpenAnswer>();
    this.#calls.set(call, resolve);
    this.#post({ kind: 'open', call, request });
    return promise;
  }

  opened(call: number, answer: OpenAnswer): void {
    this.#calls.get(call)?.(answer);
    this.#calls.delete(call);
  }

  close(id: number, result: TransferResult): void {
    this.#post({ kind: 'close', id, result });
  }
}
