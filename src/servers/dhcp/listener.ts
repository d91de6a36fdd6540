import { dhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../../codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { evidenceAgainst, hexOf, type Evidence } from '../evidence.ts';
import { ClientBuckets, clientNumber } from './client-limits.ts';
import type { ClientLimits } from './client-limits.ts';
import { noCounts } from './counters.ts';
import type { DhcpCounts } from './counters.ts';
import type { DhcpAnswer, DhcpArrival, DhcpHandler } from './handler.ts';
import { messageOf } from '../message-of.ts';
import type { OnProblem } from './problem.ts';
import { SeldomProblems } from './seldom.ts';

export type DhcpLimits = {
  /** Messages that may wait for their decision; DISCOVERs up to half of it. */
  readonly undecided: number;
  readonly client: ClientLimits;
  /** Clients are held to their limit from so many messages a second, or so many undecided, on. */
  readonly busy: { readonly perSecond: number; readonly undecided: number };
};

export const defaultLimits: DhcpLimits = {
  undecided: 32_768,
  client: { burst: 20, perSecond: 20, clients: 100_000 },
  busy: { perSecond: 6000, undecided: 512 },
};

/** Sends a datagram by the server's socket; throws where it has none. */
export type Send = (bytes: Uint8Array, to: DhcpAnswer['to']) => void;

export type DhcpListenerOptions = {
  readonly handler: DhcpHandler;
  readonly limits: DhcpLimits;
  readonly send: Send;
  readonly now: () => number;
  readonly onProblem: OnProblem;
};

const discover = 1;

/** Turns datagrams into messages, admits them, and sends what the handler decides. */
export class DhcpListener {
  readonly counts: DhcpCounts = noCounts();
  lastMalformed: Evidence | undefined;
  readonly #options: DhcpListenerOptions;
  readonly #problems: SeldomProblems;
  readonly #buckets: ClientBuckets;
  /** What each client waits for: transaction and message type in one number. */
  readonly #waiting = new Map<number, number>();
  readonly #second = { began: 0, messages: 0 };

  constructor(options: DhcpListenerOptions) {
    this.#options = options;
    this.#problems = new SeldomProblems(options.onProblem, options.now);
    this.#buckets = new ClientBuckets(options.limits.client);
  }

  receive(bytes: Uint8Array, arrival: DhcpArrival): void {
    this.counts.received++;
    try {
      this.#decide(parseDhcp(bytes), arrival);
    } catch (error) {
      if (error instanceof CodecError) return this.#keepEvidence(bytes, arrival, error.message);
      this.counts.failed++;
      const text = `datagram of ${arrival.fromAddress} (${hexOf(bytes)}): ${messageOf(error)}`;
      this.#problems.tell('internal', text);
    }
  }

  #decide(message: DhcpMessage, arrival: DhcpArrival): void {
    const client = message.hardwareLength === 6 ? clientNumber(message.chaddr) : 0;
    const type = dhcpOption(message, 53)?.[0] ?? 0;
    const waitsFor = message.transactionId * 256 + type;
    if (!this.#isAdmitted(client, type, waitsFor)) return;
    const answer = this.#options.handler(message, arrival);
    if (!(answer instanceof Promise)) return this.#answer(answer);
    this.#waiting.set(client, waitsFor);
    this.counts.undecided++;
    const decided = () => {
      this.counts.undecided--;
      if (this.#waiting.get(client) === waitsFor) this.#waiting.delete(client);
    };
    answer.then(
      (found) => {
        decided();
        this.#answer(found);
      },
      (error: unknown) => {
        decided();
        this.counts.failed++;
        this.#problems.tell('handler', `no answer to ${arrival.fromAddress}: ${messageOf(error)}`);
      },
    );
  }

  #isAdmitted(client: number, type: number, waitsFor: number): boolean {
    const { limits, now } = this.#options;
    const { counts } = this;
    if (this.#waiting.get(client) === waitsFor) {
      counts.duplicates++;
      return false;
    }
    const at = now();
    const isBusy = this.#isBusy(at);
    if (!this.#buckets.take(client, at) && isBusy) {
      counts.limited++;
      return false;
    }
    const room = type === discover ? limits.undecided / 2 : limits.undecided;
    if (counts.undecided < room) return true;
    counts.dropped++;
    const text = `${counts.undecided} messages wait for the disk: more are dropped until it has caught up, DISCOVERs first`;
    this.#problems.tell('overload', text);
    return false;
  }

  #isBusy(at: number): boolean {
    const { perSecond, undecided } = this.#options.limits.busy;
    const second = this.#second;
    if (Math.abs(at - second.began) >= 1000) {
      second.began = at;
      second.messages = 0;
    }
    return ++second.messages > perSecond || this.counts.undecided > undecided;
  }

  #answer(answer: DhcpAnswer | undefined): void {
    if (!answer) {
      this.counts.silent++;
      return;
    }
    try {
      this.send(answer);
      this.counts.sent++;
    } catch (error) {
      this.#failed(answer.to, messageOf(error));
    }
  }

  /** The system would not send it. */
  notSent(to: DhcpAnswer['to'], reason: string): void {
    if (isQuestion(to)) {
      this.#problems.tell('socket', `question to ${to.address}:${to.port}: ${reason}`);
      return;
    }
    this.counts.sent--;
    this.#failed(to, reason);
  }

  /** Throws where the message cannot be written, or there is no socket. */
  send(answer: DhcpAnswer): void {
    const { message, to, maximumSize } = answer;
    const bytes = serializeDhcp(message, maximumSize === undefined ? {} : { maximumSize });
    this.#options.send(bytes, to);
  }

  #failed(to: DhcpAnswer['to'], reason: string): void {
    this.counts.failed++;
    this.#problems.tell('socket', `answer to ${to.address}:${to.port}: ${reason}`);
  }

  #keepEvidence(bytes: Uint8Array, arrival: DhcpArrival, reason: string): void {
    this.counts.malformed++;
    const from = { address: arrival.fromAddress, port: arrival.fromPort };
    this.lastMalformed = evidenceAgainst(from, bytes, reason, this.#options.now());
  }
}

/** Clients hear port 68, and relay agents are asked by their address: this is for other servers. */
function isQuestion({ address, port }: DhcpAnswer['to']): boolean {
  return address === '255.255.255.255' && port === 67;
}
