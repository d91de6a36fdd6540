import type { FileAnswer, FileHandler, FileRequest, TransferEnd } from '../../file.ts';

/** A handler of files in memory that keeps book. The ticket is the number of the opening. */
export class MemoryFiles implements FileHandler {
  readonly opened: FileRequest[] = [];
  readonly ends: TransferEnd[] = [];
  readonly #files: Readonly<Record<string, Uint8Array>>;
  #onEnd: (() => void) | undefined;

  constructor(files: Readonly<Record<string, Uint8Array>>) {
    this.#files = files;
  }

  open(request: FileRequest): Promise<FileAnswer> {
    const ticket = `${this.opened.push(request)}`;
    const bytes = this.#files[request.path];
    return Promise.resolve(bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket });
  }

  closed(end: TransferEnd): void {
    this.ends.push(end);
    this.#onEnd?.();
  }

  /** Resolves when that many transfers have ended. */
  async waitForEnds(count: number): Promise<readonly TransferEnd[]> {
    while (this.ends.length < count)
      await new Promise<void>((resolve) => {
        this.#onEnd = resolve;
      });
    return this.ends;
  }
}
