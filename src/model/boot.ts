import type { Mac } from '../wire/mac.ts';

export type Protocol = 'dhcp' | 'tftp' | 'http' | 'sntp' | 'sip' | 'unistim';

/** Where the server found what it sent. */
export type FileSource = 'hand-made' | 'generated' | 'library';

/** `partial`: all that was asked for, which was not the whole file. */
export type RequestOutcome = 'sent' | 'partial' | 'missing' | 'refused' | 'aborted' | 'timed-out';

/** One request of a phone, as a server saw it. */
export type BootRequest = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  /** The path as the phone wrote it. */
  readonly path: string;
  readonly outcome: RequestOutcome;
  readonly bytes: number;
  readonly retries: number;
  readonly source?: FileSource;
  /** Why the request was tied to the phone. */
  readonly tie: string;
};

/** From power-on to idle: everything that one phone asked for. */
export type Boot = {
  readonly id: number;
  readonly mac: Mac;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly requests: number;
};
