import type { RequestOutcome } from '../model/boot.ts';
import type { Mac } from '../wire/mac.ts';

/** What one phone asks for. TFTP, HTTP and UFTP ask alike. */
export type FileRequest = {
  readonly protocol: 'tftp' | 'http' | 'uftp';
  /** The phone's address and port. */
  readonly address: string;
  readonly port: number;
  /** The server's address that it asked. */
  readonly localAddress: string;
  /** As the phone wrote it. */
  readonly path: string;
  /** Where the server itself knows who asks: by UFTP, the phone that was offered the file. */
  readonly mac?: Mac;
};

/**
 * The ticket is the handler's own word for this opening, handed back in TransferEnd. Bytes never
 * change once they are handed over; they may lie in a SharedArrayBuffer.
 */
export type FileAnswer =
  | {
      readonly kind: 'found';
      readonly bytes: Uint8Array;
      readonly ticket: string;
      /** Milliseconds since the epoch, where it is known. */
      readonly modifiedAt?: number;
    }
  | { readonly kind: 'missing'; readonly ticket: string };

export type TransferEnd = {
  readonly ticket: string;
  readonly request: FileRequest;
  readonly outcome: RequestOutcome;
  /** Bytes that the phone has taken. */
  readonly bytes: number;
  /** Times that something was sent again. */
  readonly retries: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
};

/** Where the servers of files get them from. */
export type FileHandler = {
  open(request: FileRequest): Promise<FileAnswer>;
  /** Called exactly once for each `open` that resolved: a missing file's after the error was sent. */
  closed(end: TransferEnd): void;
};
