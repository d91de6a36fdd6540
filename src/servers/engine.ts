export type BindFailure = {
  readonly address: string;
  /** The system's, e.g. `EADDRINUSE`. */
  readonly code: string;
  readonly message: string;
};

/** What serves requests: one listener in this thread, or several in threads of their own. */
export type Engine = {
  /** Listens at these addresses and at no other. Gives those that it could not have. */
  listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]>;
  /** Aborts all transfers. Resolves when no socket is left. */
  stop(): Promise<void>;
};
