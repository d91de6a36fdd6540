import type { Mac } from '../wire/mac.ts';
import type { Happening } from './observation.ts';

export type Protocol = 'dhcp' | 'tftp' | 'http' | 'sntp' | 'sip' | 'unistim' | 'uftp';

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

/** Anything but a request for a file that a server saw of a phone, or answered it. */
export type BootEvent = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly protocol: Protocol;
  /** The phone's, where it had one. */
  readonly address?: string;
  readonly happening: Happening;
};

/** A request or an event as it was kept; `id` counts up in each of the two. */
export type KeptRequest = {
  readonly id: number;
  readonly bootId: number;
  readonly mac: Mac;
  readonly request: BootRequest;
};
export type KeptEvent = {
  readonly id: number;
  readonly bootId: number;
  readonly mac: Mac;
  readonly event: BootEvent;
};

/** From power-on to idle: everything that one phone asked for. */
export type Boot = {
  readonly id: number;
  readonly mac: Mac;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly requests: number;
  readonly events: number;
};
