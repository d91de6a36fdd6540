import type { RequestOutcome } from '../../model/boot.ts';
import type { FileAnswer, FileHandler, FileRequest } from '../file.ts';
import { messageOf } from '../message-of.ts';
import type { OnProblem } from './problem.ts';

export type TransferLimits = {
  /** Transfers at once, over all addresses. */
  readonly transfers: number;
  /** Transfers at once to one address. */
  readonly transfersPerAddress: number;
};

export type TransferResult = {
  readonly outcome: Exclude<RequestOutcome, 'partial' | 'refused'>;
  readonly bytes: number;
  readonly retries: number;
};

/** Each `id` wants its `close`. `busy` means that a limit is reached. */
export type OpenAnswer =
  | {
      readonly kind: 'found';
      readonly id: number;
      readonly bytes: Uint8Array;
      /** Whether the address is known to be the client's own. */
      readonly isProven: boolean;
    }
  | { readonly kind: 'missing'; readonly id: number }
  | { readonly kind: 'busy' };

/** What a listener needs of the handler's side, be it in its thread or not. */
export type FileOpener = {
  /** Never rejects. */
  open(request: FileRequest): Promise<OpenAnswer>;
  close(id: number, result: TransferResult): void;
};

type OpenFile = {
  readonly request: FileRequest;
  /** Undefined where the handler failed, which is none of its openings then. */
  readonly ticket: string | undefined;
  readonly startedAt: number;
};

export type OpenFilesOptions = {
  readonly handler: FileHandler;
  readonly limits: TransferLimits;
  /** Whether somebody is known to be at an address, who has not forged it. */
  readonly isKnown: (address: string) => boolean;
  readonly now: () => number;
  readonly onProblem: OnProblem;
};

/** The files that clients have open: keeps the limits, and the handler's book of them straight. */
export class OpenFiles implements FileOpener {
  readonly #options: OpenFilesOptions;
  readonly #files = new Map<number, OpenFile>();
  readonly #perAddress = new Map<string, number>();
  #admitted = 0;
  #lastId = 0;

  constructor(options: OpenFilesOptions) {
    this.#options = options;
  }

  async open(request: FileRequest): Promise<OpenAnswer> {
    if (!this.#admit(request.address)) return { kind: 'busy' };
    const startedAt = this.#options.now();
    const answer = await this.#ask(request);
    const id = ++this.#lastId;
    this.#files.set(id, { request, ticket: answer?.ticket, startedAt });
    if (answer?.kind !== 'found') return { kind: 'missing', id };
    const isProven = this.#options.isKnown(request.address);
    return { kind: 'found', id, bytes: answer.bytes, isProven };
  }

  close(id: number, result: TransferResult): void {
    const file = this.#files.get(id);
    if (!file) return;
    this.#files.delete(id);
    this.#release(file.request.address);
    const { request, ticket, startedAt } = file;
    if (ticket === undefined) return;
    const endedAt = this.#options.now();
    try {
      this.#options.handler.closed({ ticket, request, ...result, startedAt, endedAt });
    } catch (error) {
      this.#report(request, error);
    }
  }

  async #ask(request: FileRequest): Promise<FileAnswer | undefined> {
    try {
      return await this.#options.handler.open(request);
    } catch (error) {
      this.#report(request, error);
      return undefined;
    }
  }

  #admit(address: string): boolean {
    const { transfers, transfersPerAddress } = this.#options.limits;
    const held = this.#perAddress.get(address) ?? 0;
    if (this.#admitted >= transfers || held >= transfersPerAddress) return false;
    this.#admitted++;
    this.#perAddress.set(address, held + 1);
    return true;
  }

  #release(address: string): void {
    const held = (this.#perAddress.get(address) ?? 0) - 1;
    this.#admitted--;
    if (held > 0) this.#perAddress.set(address, held);
    else this.#perAddress.delete(address);
  }

  #report({ path, address }: FileRequest, error: unknown): void {
    const text = `the handler failed for ${JSON.stringify(path)} of ${address}: ${messageOf(error)}`;
    this.#options.onProblem({ code: 'handler', text });
  }
}
