import type { LogClock } from '../../../codec/log/log-time.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Mac } from '../../../wire/mac.ts';

/** What is known about a log or a capture before it is read. */
export type ReadOptions = LogClock & {
  /** The MAC that a path names, by whatever family: `SEP000E84C060A6.cnf.xml`. */
  readonly macOf?: (path: string) => Mac | undefined;
  /** Observations beyond these are left out, with a note; a million when left out. */
  readonly mostObservations?: number;
};

/** Something about the file itself, not about a phone. */
export type ReadNote = {
  readonly source: string;
  /** Line of a log, or number of the packet. */
  readonly line?: number;
  readonly text: string;
};

export type ReadResult = {
  /** In the order of the file. */
  readonly observations: readonly Observation[];
  readonly notes: readonly ReadNote[];
  /** What the file is: `tftpd-hpa`, `dnsmasq`, `pcap`; empty where nothing in it was understood. */
  readonly formats: readonly string[];
};

/** Bytes of a file in, what they tell of phones out. */
export type Observer = {
  push(chunk: Uint8Array): void;
  end(): ReadResult;
};
