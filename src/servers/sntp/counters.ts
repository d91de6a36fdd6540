/**
 * What the server counts. Each datagram to its port is one of: answered, kissed, limited, dropped,
 * malformed, ignored; or its answer still waits.
 */
export const counterNames = [
  'received',
  'answered',
  /** Answered with a kiss-o'-death, being over the rate limit. */
  'kissed',
  /** Over the rate limit, and not answered. */
  'limited',
  /** Requests to a broadcast or multicast address that could not be answered. */
  'dropped',
  'malformed',
  /** Neither requests nor against the format. */
  'ignored',
  /** Sent unasked, to broadcast and multicast addresses. */
  'broadcasts',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counts = Readonly<Record<CounterName, number>>;
