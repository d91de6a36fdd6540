import { hexOf } from '../evidence.ts';
import { floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import type { Counters, CounterName } from './counters.ts';
import { Endpoint } from './endpoint.ts';
import type { FileOpener, TransferResult } from './open-files.ts';
import { messageOf } from './problem.ts';
import type { Evidence, OnProblem } from './problem.ts';
import { evidenceOf, readDatagram } from './request.ts';
import { ServedRequest } from './served-request.ts';
import type { Arrival } from './served-request.ts';
import type { Peer } from './udp.ts';

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

export type ListenerOptions = {
  readonly files: FileOpener;
  readonly counters: Counters;
  /** Requests of one address to this listener. */
  readonly rateLimit: RateLimit;
  /** Other listeners share the port. */
  readonly reusePort: boolean;
  readonly onMalformed: (evidence: Evidence) => void;
  readonly onProblem: OnProblem;
  readonly now: () => number;
};

const counterOf = {
  sent: 'sent',
  missing: 'missing',
  aborted: 'aborted',
  'timed-out': 'timedOut',
} as const satisfies Record<TransferResult['outcome'], CounterName>;

/** The server's sockets in one thread, and the requests that it is serving. */
export class Listener implements Engine {
  readonly #options: ListenerOptions;
  readonly #endpoints = new Map<string, Endpoint>();
  readonly #serving = new Set<ServedRequest>();
  readonly #limiter: RateLimiter;
  /** The last request of each client for each file. */
  readonly #latest = new Map<string, ServedRequest>();

  constructor(options: ListenerOptions) {
    const { rateLimit: limit, onProblem } = options;
    this.#options = options;
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        onProblem({ code: 'request-flood', text: `TFTP: ${floodText(flood, limit)}` }),
    });
  }

  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const gone = [...this.#endpoints.keys()].filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.#endpoints.has(address));
    await Promise.all(gone.map((address) => this.#close(address)));
    const attempts = await Promise.all(added.map((address) => this.#open(address, port)));
    return attempts.filter((failure) => failure !== undefined);
  }

  async stop(): Promise<void> {
    const answering = [...this.#serving].filter((served) => !served.isOpening);
    for (const served of this.#serving) served.abort();
    const ends = answering.map((served) => served.ended);
    const closings = [...this.#endpoints.keys()].map((address) => this.#close(address));
    await Promise.all([...ends, ...closings]);
  }

  async #open(address: string, port: number): Promise<BindFailure | undefined> {
    const { reusePort, onProblem } = this.#options;
    try {
      const onDatagram = this.#receive.bind(this);
      const endpoint = await Endpoint.open(address, port, { reusePort, onDatagram, onProblem });
      this.#endpoints.set(address, endpoint);
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { address, code, message: messageOf(error) };
    }
  }

  async #close(address: string): Promise<void> {
    const endpoint = this.#endpoints.get(address);
    this.#endpoints.delete(address);
    await endpoint?.close();
  }

  #receive(endpoint: Endpoint, datagram: Uint8Array, peer: Peer): void {
    try {
      this.#options.counters.add('received');
      this.#options.counters.add(this.#handle(endpoint, datagram, peer));
    } catch (error) {
      const hex = hexOf(datagram);
      const text = `datagram of ${peer.address}:${peer.port} (${hex}): ${messageOf(error)}`;
      this.#options.onProblem({ code: 'internal', text });
    }
  }

  /** What the datagram is counted as. */
  #handle(endpoint: Endpoint, datagram: Uint8Array, peer: Peer): CounterName {
    if (peer.port === 0) return 'ignored'; // There is no answering it.
    if (!this.#limiter.admits(peer.address, () => evidenceOf(datagram))) return 'limited';
    const received = readDatagram(datagram);
    switch (received.kind) {
      case 'request':
        return this.#ask({ request: received.request, peer, endpoint });
      case 'refused':
        void endpoint.refuse(received.error, peer);
        return 'refused';
      case 'malformed':
        if (received.error) void endpoint.refuse(received.error, peer);
        this.#keepEvidence(datagram, peer, received.reason);
        return 'malformed';
      case 'ignored':
        return 'ignored';
    }
  }

  #ask(arrival: Arrival): CounterName {
    const { request, peer, endpoint } = arrival;
    const key = JSON.stringify([endpoint.address, peer.address, peer.port, request.path]);
    const earlier = this.#latest.get(key);
    if (earlier && !earlier.yieldsTo(request)) return 'duplicates';
    earlier?.abort();
    void this.#serve(key, arrival);
    return 'requests';
  }

  async #serve(key: string, arrival: Arrival): Promise<void> {
    const { counters, files, onProblem } = this.#options;
    const onStray = this.#countStray.bind(this);
    const served = new ServedRequest(arrival, { files, onStray, onProblem });
    this.#serving.add(served);
    this.#latest.set(key, served);
    counters.add('open');
    const result = await served.ended;
    counters.add('open', -1);
    counters.add(result ? counterOf[result.outcome] : 'dropped');
    counters.add('bytes', result?.bytes ?? 0);
    counters.add('retries', result?.retries ?? 0);
    this.#serving.delete(served);
    if (this.#latest.get(key) === served) this.#latest.delete(key);
  }

  #countStray(datagram: Uint8Array, from: Peer, reason?: string): void {
    this.#options.counters.add('strays');
    if (reason !== undefined) this.#keepEvidence(datagram, from, reason);
  }

  #keepEvidence(datagram: Uint8Array, { address, port }: Peer, reason: string): void {
    const at = this.#options.now();
    const { length } = datagram;
    this.#options.onMalformed({ at, address, port, reason, length, hex: hexOf(datagram) });
  }
}
