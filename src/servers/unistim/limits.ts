/** How many phones, and how long the server waits for them. */
export type UnistimLimits = {
  readonly sessions: number;
  readonly sessionsPerAddress: number;
  /** Sessions that have not said who they are. The oldest gives way to a new one. */
  readonly halfOpen: number;
  readonly halfOpenPerAddress: number;
  /** Milliseconds for saying it. */
  readonly halfOpenMs: number;
  /** Transfers at once. */
  readonly transfers: number;
  readonly transfersPerAddress: number;
  /** Milliseconds without a word of the phone after which a transfer has broken off. */
  readonly transferIdleMs: number;
  /** Milliseconds for which an offer can be fetched. */
  readonly offerMs: number;
  /** Milliseconds after which the phone's watchdog is set again, when nothing else is said. */
  readonly keepaliveMs: number;
  /**
   * A hello within this many milliseconds of the connection's last is repeated, or a copy that came
   * late; after that the phone has begun anew. No phone starts within this time.
   */
  readonly lateHelloMs: number;
};

/** A site whose phones are all behind one address stays below them. The keepalive: Asterisk's. */
export const usualLimits: UnistimLimits = {
  sessions: 16_384,
  sessionsPerAddress: 4096,
  halfOpen: 4096,
  halfOpenPerAddress: 1024,
  halfOpenMs: 30_000,
  transfers: 2048,
  transfersPerAddress: 2048,
  transferIdleMs: 60_000,
  offerMs: 10 * 60_000,
  keepaliveMs: 120_000,
  lateHelloMs: 4000,
};
