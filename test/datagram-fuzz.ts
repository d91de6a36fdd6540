/** What became of a server that random datagrams were sent to. */
export type DatagramFuzz = {
  readonly received: number;
  readonly problems: readonly string[];
  /** Bytes, from after the first tenth to the end. */
  readonly heapGrowth: number;
};

/** Bytes in use; after a collection where the run exposes it. */
export function heapNow(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
