import { encodeSntp } from '../../codec/sntp/sntp-packet.ts';
import type { Counters } from '../counters.ts';
import { hexOf } from '../evidence.ts';
import { messageOf } from '../message-of.ts';
import { floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import type { Peer } from '../tftp/udp.ts';
import { kissPacket, readRequest, type Reply, replyPacket } from './answer.ts';
import type { CounterName } from './counters.ts';
import { type ClockFields, isServing } from './host-clock.ts';
import type { OnProblem } from './problem.ts';
import type { Station, Target } from './station.ts';

/** A request and what it was answered with. */
export type Answered = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
  readonly port: number;
  /** The server's address that the answer came from. */
  readonly localAddress: string;
  /** `unsynchronised`: an answer that says so; `rate`: a kiss-o'-death. */
  readonly outcome: 'time' | 'unsynchronised' | 'rate';
};

export type ResponderOptions = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly fields: () => ClockFields;
  readonly random: () => number;
  readonly limit: RateLimit;
  readonly counters: Counters<CounterName>;
  readonly onProblem: OnProblem;
  readonly onAnswered: (answered: Answered) => void;
  readonly onMalformed: (datagram: Uint8Array, from: Peer, reason: string) => void;
};

/** One kiss-o'-death a second and address: a flood of requests is not to be a flood of answers. */
const kissLimit: RateLimit = { perSecond: 1, burst: 1 };

/**
 * Answers to what was sent to all hosts of a network are spread over this time, so that several
 * servers do not answer at once. RFC 4330 section 3.
 */
const spreadMs = 200;
const mostWaiting = 1000;

/** Answers requests. No answer is longer than its request. */
export class Responder {
  readonly #options: ResponderOptions;
  readonly #limiter: RateLimiter;
  readonly #kisses = new RateLimiter({ limit: kissLimit });
  readonly #waiting = new Set<NodeJS.Timeout>();

  constructor(options: ResponderOptions) {
    const { limit, onProblem } = options;
    this.#options = options;
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        onProblem({ code: 'request-flood', text: `SNTP: ${floodText(flood, limit)}` }),
    });
  }

  /** Answers that wait are not sent any more. */
  stop(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  readonly receive = (station: Station, datagram: Uint8Array, from: Peer, to: Target): void => {
    const { counters, onProblem, now } = this.#options;
    try {
      counters.add('received');
      const counted = this.#handle({ station, datagram, from, to, receivedAt: now() });
      if (counted) counters.add(counted);
    } catch (error) {
      const what = `datagram of ${from.address}:${from.port} (${hexOf(datagram)})`;
      onProblem({ code: 'internal', text: `SNTP: ${what}: ${messageOf(error)}` });
    }
  };

  /** What the datagram is counted as; undefined where that is known later. */
  #handle(arrival: Arrival): CounterName | undefined {
    const { datagram, from, to, receivedAt } = arrival;
    if (from.port === 0) return 'ignored'; // There is no answering it.
    const isWithin = this.#limiter.admits(from.address, () => hexOf(datagram));
    const received = readRequest(datagram);
    if (received.kind === 'malformed') this.#options.onMalformed(datagram, from, received.reason);
    if (received.kind !== 'request') return isWithin ? received.kind : 'limited';
    const { request, replyMode } = received;
    const reply = { request, replyMode, fields: this.#options.fields(), receivedAt };
    if (!isWithin) return this.#kiss(arrival, reply);
    return to === 'group' ? this.#answerLater(arrival, reply) : this.#answer(arrival, reply);
  }

  #answer({ station, from }: Arrival, reply: Reply): 'answered' {
    const sentAt = this.#options.now();
    void station.send(encodeSntp(replyPacket(reply, sentAt)), from);
    this.#tell(station, from, isServing(reply.fields) ? 'time' : 'unsynchronised', sentAt);
    return 'answered';
  }

  /** A server without time is silent: another one may have it. */
  #answerLater(arrival: Arrival, reply: Reply): CounterName | undefined {
    if (!isServing(reply.fields) || this.#waiting.size >= mostWaiting) return 'dropped';
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      this.#options.counters.add(this.#answer(arrival, reply));
    }, this.#options.random() * spreadMs);
    this.#waiting.add(timer);
    return undefined;
  }

  #kiss({ station, from, to }: Arrival, reply: Reply): CounterName {
    if (to === 'group' || !this.#kisses.admits(from.address, () => '')) return 'limited';
    const sentAt = this.#options.now();
    void station.send(encodeSntp(kissPacket(reply, 'RATE', sentAt)), from);
    this.#tell(station, from, 'rate', sentAt);
    return 'kissed';
  }

  #tell(station: Station, { address, port }: Peer, outcome: Answered['outcome'], at: number): void {
    const localAddress = station.subnet.address;
    this.#options.onAnswered({ at, address, port, localAddress, outcome });
  }
}

type Arrival = {
  readonly station: Station;
  readonly datagram: Uint8Array;
  readonly from: Peer;
  readonly to: Target;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
};
