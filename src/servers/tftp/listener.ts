import { AddressSockets } from '../address-sockets.ts';
import type { BindFailure, Engine } from '../engine.ts';
import { evidenceAgainst, hexOf, type Evidence } from '../evidence.ts';
import { messageOf } from '../message-of.ts';
import { floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import type { Counters, CounterName } from './counters.ts';
import { Endpoint } from './endpoint.ts';
import type { FileOpener, TransferResult } from './open-files.ts';
import type { OnProblem } from './problem.ts';
import { evidenceOf, readDatagram } from './request.ts';
import { ServedRequest } from './served-request.ts';
import type { Arrival } from './served-request.ts';
import type { Peer } from './udp.ts';

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
  readonly #endpoints: AddressSockets<Endpoint>;
  readonly #serving = new Set<ServedRequest>();
  readonly #limiter: RateLimiter;
  /** The last request of each client for each file. */
  readonly #latest = new Map<string, ServedRequest>();

  constructor(options: ListenerOptions) {
    const { rateLimit: limit, reusePort, onProblem } = options;
    const onDatagram = this.#receive.bind(this);
    this.#options = options;
    this.#endpoints = new AddressSockets((address, port) =>
      Endpoint.open(address, port, { reusePort, onDatagram, onProblem }),
    );
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        onProblem({ code: 'request-flood', text: `TFTP: ${floodText(flood, limit)}` }),
    });
  }

  listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    return this.#endpoints.listen(addresses, port);
  }

  async stop(): Promise<void> {
    const answering = [...this.#serving].filter((served) => !served.isOpening);
    for (const served of this.#serving) served.abort();
    const ends = answering.map((served) => served.ended);
    await Promise.all([...ends, this.#endpoints.close()]);
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

  #keepEvidence(datagram: Uint8Array, peer: Peer, reason: string): void {
    this.#options.onMalformed(evidenceAgainst(peer, datagram, reason, this.#options.now()));
  }
}
