/**
 * What a server counts. Each datagram to its port is one of: requests, duplicates, refused,
 * malformed, ignored, limited. Each request is one of: dropped, sent, missing, aborted, timedOut, open.
 */
export const counterNames = [
  /** Datagrams to the server's port. */
  'received',
  /** Requests to read a file, but for copies of one that is being answered. */
  'requests',
  'duplicates',
  /** Answered with an error: requests to write, unknown modes. */
  'refused',
  'malformed',
  /** Packets that only make sense within a transfer. */
  'ignored',
  /** Over the rate limit of its address: not looked at. */
  'limited',
  /** Beyond the limits: not answered, so that the phone asks again. */
  'dropped',
  'sent',
  'missing',
  'aborted',
  'timedOut',
  /** Not ended yet. */
  'open',
  /** Bytes of files that clients have taken. */
  'bytes',
  'retries',
  /** Datagrams to a transfer that are not its client's ACKs and errors. */
  'strays',
] as const;

export type CounterName = (typeof counterNames)[number];
export type Counts = Readonly<Record<CounterName, number>>;

const cellOf = Object.fromEntries(counterNames.map((name, cell) => [name, cell])) as Counts;

/** In shared memory: one thread counts, others may look, and a thread's counts outlive it. */
export class Counters {
  readonly #cells: Float64Array<SharedArrayBuffer>;

  constructor(memory = new SharedArrayBuffer(counterNames.length * 8)) {
    this.#cells = new Float64Array(memory);
  }

  get memory(): SharedArrayBuffer {
    return this.#cells.buffer;
  }

  add(name: CounterName, count = 1): void {
    this.#cells[cellOf[name]] = this.get(name) + count;
  }

  get(name: CounterName): number {
    return this.#cells[cellOf[name]] ?? 0;
  }
}

export function totals(all: readonly Counters[]): Counts {
  const total = (name: CounterName) => all.reduce((sum, counters) => sum + counters.get(name), 0);
  return Object.fromEntries(counterNames.map((name) => [name, total(name)])) as Counts;
}
