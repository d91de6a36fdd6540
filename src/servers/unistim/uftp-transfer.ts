import type { RudpLink } from '../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import type { OpenAnswer, TransferResult } from '../tftp/open-files.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import type { UnistimLimits } from './limits.ts';

/** What a phone wants, by `connection-details`. */
export type Wanted = {
  readonly blockSize: number;
  readonly blockLimit: number;
  readonly path: string;
};

export type TransferContext = {
  readonly assumptions: UnistimAssumptions;
  readonly limits: UnistimLimits;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Undefined where the file was not offered to the phone. Never rejects. */
  readonly open: (path: string) => Promise<OpenAnswer | undefined>;
  /** Gives back what was opened. */
  readonly close: (id: number, result: TransferResult) => void;
  readonly progress: (bytes: number, total: number) => void;
  /** Called once: denied, sent or broken off. */
  readonly ended: (end: TransferOutcome) => void;
};

export type TransferOutcome = 'sent' | 'denied' | 'broken-off';

type Stage = 'new' | 'opening' | 'sending' | 'over';

type OpenFile = {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly wanted: Wanted;
};

/**
 * One file to one phone: blocks in the order of the file, as many at once as the phone said, then none
 * until it has room again.
 */
export class UftpTransfer {
  readonly #link: RudpLink;
  readonly #context: TransferContext;
  #stage: Stage = 'new';
  #isRequested = false;
  #isGranted = false;
  #file: OpenFile | undefined;
  /** Bytes that were handed to the link. */
  #handed = 0;
  #isAllHanded = false;
  /** Blocks since the phone last had room. */
  #burst = 0;
  #heardAt: number;

  constructor(link: RudpLink, context: TransferContext) {
    this.#link = link;
    this.#context = context;
    this.#heardAt = context.clock();
  }

  get isOver(): boolean {
    return this.#stage === 'over';
  }

  /** The phone has asked for it. */
  get isBegun(): boolean {
    return this.#isRequested;
  }

  /** The file is looked for, or on its way. */
  get isBusy(): boolean {
    return this.#stage === 'opening' || this.#stage === 'sending';
  }

  receive(message: UftpMessage): void {
    this.#heardAt = this.#context.clock();
    switch (message.kind) {
      case 'connection-request':
        this.#isRequested = true;
        if (this.#context.assumptions.grants === 'request') this.#grant();
        return;
      case 'connection-details':
        if (this.#stage === 'new') void this.#open(message);
        return;
      case 'flow-control-off':
        this.#burst = 0;
        return this.proceed();
      case 'connection-granted':
      case 'connection-denied':
      case 'file-data':
      case 'unknown':
        return;
    }
  }

  /** Sends what may be sent; to be called whenever the link heard something. */
  proceed(): void {
    const file = this.#file;
    if (this.#stage !== 'sending' || !file) return;
    const { blockLimit } = file.wanted;
    while (!this.#isAllHanded && this.#link.hasRoom) {
      if (blockLimit > 0 && this.#burst >= blockLimit) break;
      this.#sendBlock(file);
    }
    this.#context.progress(this.#taken(file), file.bytes.length);
    if (this.#isAllHanded && this.#link.unacknowledged === 0) this.#end('sent');
  }

  /** The phone says something at least so often. */
  tick(now: number): void {
    if (now - this.#heardAt >= this.#context.limits.transferIdleMs) this.breakOff('timed-out');
  }

  /** An acknowledgement, too, is a sign of the phone. */
  heard(): void {
    this.#heardAt = this.#context.clock();
  }

  breakOff(outcome: 'timed-out' | 'aborted'): void {
    if (this.#stage === 'over') return;
    this.#end('broken-off', outcome);
  }

  #grant(): void {
    if (this.#isGranted || this.#stage === 'over') return;
    this.#isGranted = true;
    this.#link.send(
      { kind: 'uftp', message: { kind: 'connection-granted' } },
      this.#context.clock(),
    );
  }

  #deny(): void {
    this.#link.send(
      { kind: 'uftp', message: { kind: 'connection-denied' } },
      this.#context.clock(),
    );
    this.#end('denied');
  }

  async #open(wanted: Wanted): Promise<void> {
    this.#stage = 'opening';
    const { assumptions, open, close } = this.#context;
    const { blockSize, path } = wanted;
    if (blockSize < 1 || blockSize > assumptions.largestBlock) return this.#deny();
    const answer = await open(path);
    const isFound = answer?.kind === 'found';
    if (this.isOver) {
      if (answer && answer.kind !== 'busy')
        close(answer.id, nothing(isFound ? 'aborted' : 'missing'));
      return;
    }
    if (isFound) return this.#begin({ id: answer.id, bytes: answer.bytes, wanted });
    if (answer?.kind === 'missing') close(answer.id, nothing('missing'));
    this.#deny();
  }

  #begin(file: OpenFile): void {
    this.#file = file;
    this.#stage = 'sending';
    this.#grant();
    this.heard();
    this.proceed();
  }

  /** A block shorter than the others is the last. */
  #sendBlock({ bytes, wanted: { blockSize } }: OpenFile): void {
    const block = bytes.subarray(this.#handed, this.#handed + blockSize);
    const message = { kind: 'file-data', block } as const;
    if (!this.#link.send({ kind: 'uftp', message }, this.#context.clock())) return;
    this.#handed += block.length;
    this.#burst++;
    const isLastByte = this.#handed === bytes.length;
    const endsThere = this.#context.assumptions.fileEnd === 'last-byte' && isLastByte;
    this.#isAllHanded = block.length < blockSize || endsThere;
  }

  #taken({ wanted: { blockSize } }: OpenFile): number {
    return Math.max(0, this.#handed - this.#link.unacknowledged * blockSize);
  }

  #end(end: TransferOutcome, outcome: 'timed-out' | 'aborted' = 'aborted'): void {
    const file = this.#file;
    this.#stage = 'over';
    if (file) {
      const isSent = end === 'sent';
      const bytes = isSent ? file.bytes.length : this.#taken(file);
      const retries = this.#link.retransmissions;
      this.#context.close(file.id, { outcome: isSent ? 'sent' : outcome, bytes, retries });
    }
    this.#context.ended(end);
  }
}

function nothing(outcome: 'missing' | 'aborted'): TransferResult {
  return { outcome, bytes: 0, retries: 0 };
}
