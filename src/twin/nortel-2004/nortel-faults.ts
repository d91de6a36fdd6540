/** What faults change in an IP Phone 2004's own doing. */
export type NortelFaults = {
  /** Nobody presses a key. */
  readonly isNeverPressed?: boolean;
  /** Leaves its first transfer by UFTP after so many blocks. */
  readonly breaksOffAfter?: number;
  /** Keeps no servers that the IP Client Manager names. */
  readonly ignoresServers?: boolean;
  /** Starts again at a NOTIFY check-sync, which it else only answers. */
  readonly restartsBySync?: boolean;
  /** Passes over the rest of a file behind a line of more than 80 characters. */
  readonly stopsAtLongLines?: boolean;
};
