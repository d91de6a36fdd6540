import type { Mac } from '../wire/mac.ts';
import type { TwinLine } from './twin-events.ts';
import type { NortelOptions } from './twin-nortel-flags.ts';
import type { HostPort } from './host-port.ts';
import type { TwinSipOptions } from './twin-options.ts';

/** Many virtual phones at once. */
export type StormOptions = {
  readonly phones: number;
  readonly model: string;
  /** Of the first phone; the others follow. */
  readonly mac: Mac;
  readonly address: string;
  /** What they run when they have no memory yet. */
  readonly image?: string;
  /** Folder that keeps their memories between runs. */
  readonly flash?: string;
  readonly tftp?: HostPort;
  readonly http?: HostPort | 'never';
  readonly sntp?: HostPort | 'never';
  readonly sip?: Omit<TwinSipOptions, 'stopped'>;
  /** What only IP Phones 2004 have. */
  readonly nortel?: NortelOptions;
  /** `NAME` or `NAME=NUMBER`: each faulty phone has one of them, in turn. */
  readonly faults: readonly string[];
  readonly faulty: { readonly share: number } | { readonly count: number };
  /** Real milliseconds over which they are switched on, one after the other. */
  readonly overMs: number;
  /** Times that a phone without a fault that is stuck is switched off and on. */
  readonly powerCycles: number;
  readonly timeScale: number;
  /** Real milliseconds that a server has for an answer, however small the time scale. */
  readonly answerTime?: number;
  readonly seed: number;
  /** Ends them all. */
  readonly stopped: AbortSignal;
  readonly onLine: (line: StormLine) => void;
};

/** What one phone of a storm does. `time` is real, in milliseconds since the epoch. */
export type StormLine = (StormPhoneOn | TwinLine) & { readonly mac: Mac; readonly time: number };

/** A phone is switched on; again where it was stuck. */
export type StormPhoneOn = {
  readonly event: 'on';
  readonly address: string;
  readonly fault?: string;
};

/** Real milliseconds. */
export type StormLatency = {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** What came of a storm. */
export type StormEnd = {
  readonly event: 'storm';
  readonly phones: number;
  readonly seconds: number;
  /** Phones by how they ended: `idle`, `stuck`, or `stopped` before either. */
  readonly ends: Readonly<Record<string, number>>;
  /** Phones by what they ran at the end. */
  readonly images: Readonly<Record<string, number>>;
  /** Requests for files by outcome. */
  readonly requests: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly boots: number;
  /** Times that a NOTIFY restarted one. */
  readonly restarts: number;
  /** Phones that were registered at the end. */
  readonly registered: number;
  /** From the request to the end of a file of one block, or to the word that there is none. */
  readonly answers: StormLatency;
  /** From the request to the end of a longer file. */
  readonly transfers: StormLatency;
  /** From the first REGISTER to the last answer. */
  readonly registrations: StormLatency;
};
