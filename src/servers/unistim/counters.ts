/**
 * What the server counts, at both of its ports. Each datagram is one of: hellos, inSession, strangers,
 * refused, limited, malformed.
 */
export const counterNames = [
  'received',
  /** That began a connection. */
  'hellos',
  /** Of connections that are open. */
  'inSession',
  /** Of nobody that said hello, or at the port for files that was offered one: not answered. */
  'strangers',
  /** Hellos that were not answered: the service is locked, or a limit is reached. */
  'refused',
  /** Of strangers over the rate limit of their address. */
  'limited',
  'malformed',
  'sent',
  /** Datagrams that were sent again. */
  'retransmissions',
  /** Phones that said who they are. */
  'registered',
  /** Sessions that ended in order. */
  'closed',
  /** Sessions that ended because the phone was silent. */
  'lost',
  /** Sessions that never said who they are. */
  'abandoned',
  'offers',
  'filesSent',
  'filesDenied',
  /** Transfers that broke off. */
  'filesBroken',
  /** Bytes of files that phones have taken. */
  'fileBytes',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counts = Readonly<Record<CounterName, number>>;
