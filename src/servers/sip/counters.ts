/** What the server counts. */
export const counterNames = [
  /** Messages, by UDP and TCP; keep-alives and what could not be read are none. */
  'received',
  'keepAlives',
  'requests',
  'responses',
  /** Requests answered with the status of their fault. */
  'refused',
  /** Neither read nor answered. */
  'malformed',
  /** Over the rate limit, and not answered. */
  'limited',
  'sent',
  'connections',
  'openConnections',
  'turnedAway',
  /** Connections that were closed because nothing, or no whole message, came. */
  'idle',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counts = Readonly<Record<CounterName, number>>;
