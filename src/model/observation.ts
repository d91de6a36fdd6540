import type { Mac } from '../wire/mac.ts';
import type { Happening } from '../codec/happening.ts';

export type { DhcpFacts, FileEnd, FileProtocol, Happening } from '../codec/happening.ts';

/** Where a thing was seen: a line of a log, a packet of a capture, a request that we answered. */
export type Evidence = {
  readonly source: string;
  /** From 1: line of a log or number of the packet. */
  readonly line?: number;
  /** The line itself, or the packet in one line. */
  readonly text: string;
};

/** One thing that happened, wherever we know it from. */
export type Observation = {
  /** Milliseconds since the epoch; since the first line where the log has no date. */
  readonly at: number;
  /** The phone's address, where it had one. */
  readonly address?: string;
  readonly mac?: Mac;
  readonly happening: Happening;
  readonly evidence: Evidence;
};
