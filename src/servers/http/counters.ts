/**
 * What a server counts. Each request is one of: malformed, barred, refused, limited, missing, sent,
 * partial, aborted, timedOut, open.
 */
export const counterNames = [
  'connections',
  /** Not ended yet. */
  'openConnections',
  /** Connections beyond the limits, closed without an answer. */
  'turnedAway',
  'requests',
  /** Not HTTP, or against its rules. */
  'malformed',
  /** Heads of requests that did not come in time. */
  'late',
  /** Targets that lead out of the tree or are no path: answered as missing. */
  'barred',
  /** Other methods than GET and HEAD, ranges that a file has not. */
  'refused',
  /** Over the rate limit of its address: answered with 429. */
  'limited',
  'missing',
  'sent',
  /** A part, a head, or word that nothing has changed. */
  'partial',
  'aborted',
  'timedOut',
  /** Not ended yet. */
  'open',
  /** Bytes of files that were taken. */
  'bytes',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counts = Readonly<Record<CounterName, number>>;
