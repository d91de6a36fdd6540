/**
 * What the server counts. Each datagram received is one of: malformed, duplicates, limited, dropped,
 * or a message that the handler saw. Each of those is one of: sent, silent, failed, undecided.
 */
export type DhcpCounts = {
  /** Datagrams to the server's port. */
  received: number;
  malformed: number;
  /** Copies of a message that is being decided on. */
  duplicates: number;
  /** Of a client that asks more often than any honest one, while the server is busy. */
  limited: number;
  /** Beyond the queue: DISCOVERs first. Their clients ask again. */
  dropped: number;
  /** Answered. */
  sent: number;
  /** Decided not to answer. */
  silent: number;
  /** Not answered because the lease could not be kept, or the answer not be sent. */
  failed: number;
  /** Not decided on yet. */
  undecided: number;
};

export function noCounts(): DhcpCounts {
  return {
    ...{ received: 0, malformed: 0, duplicates: 0, limited: 0, dropped: 0 },
    ...{ sent: 0, silent: 0, failed: 0, undecided: 0 },
  };
}
