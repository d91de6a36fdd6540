import type { Socket } from 'node:dgram';
import { checkSip } from '../../codec/sip/check-sip.ts';
import { receiveSip } from '../../codec/sip/receive-sip.ts';
import { respond, type ResponseParts } from '../../codec/sip/respond.ts';
import { responseAddress, withReceived } from '../../codec/sip/response-route.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import { serializeSip } from '../../codec/sip/serialize-sip.ts';
import type { SipFrame } from '../../codec/sip/sip-framer.ts';
import type { SipMessage, SipRequest } from '../../codec/sip/sip-message.ts';
import type { SipProblem } from '../../codec/sip/sip-problem.ts';
import { createSipTransactions, type SipTransactions } from '../../codec/sip/sip-transactions.ts';
import type { SipTiming } from '../../codec/sip/transaction-machine.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { bindUdp, closeUdp } from '../tftp/udp.ts';
import { abilities, answerRequest, isLoop, statelessTag } from './answer-request.ts';
import type { Counters } from '../counters.ts';
import type { CounterName } from './counters.ts';
import type { SipHandler } from './handler.ts';
import { TcpConnections, type ConnectionLimits } from './tcp-connections.ts';
import type { ConnectionTimes } from './tcp-connection.ts';

export type StationOptions = {
  readonly address: string;
  readonly port: number;
  readonly handler: SipHandler;
  readonly counters: Counters<CounterName>;
  readonly limiter: RateLimiter;
  readonly limits: ConnectionLimits;
  readonly times: ConnectionTimes;
  readonly timing: SipTiming;
  readonly newToken: () => string;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly onMalformed: (bytes: Uint8Array, from: SipPath, reason: string) => void;
  readonly onError: (where: string, error: unknown) => void;
};

const receiveBufferBytes = 1024 * 1024;

/** The server at one of its addresses, by UDP and TCP. Everything that it sends comes from there. */
export class Station {
  readonly #options: StationOptions;
  readonly #udp: Socket;
  readonly #transactions: SipTransactions;
  #tcp: TcpConnections | undefined;
  #isClosed = false;

  private constructor(options: StationOptions, udp: Socket) {
    this.#options = options;
    this.#udp = udp;
    this.#transactions = createSipTransactions({
      timing: options.timing,
      after: options.after,
      newTag: options.newToken,
      send: (message, path) => this.#send(message, path),
      onRequest: (transaction) => void this.#register(transaction),
    });
    udp.on('message', (bytes, { address, port }) =>
      this.#receiveDatagram(bytes, { address, port, transport: 'UDP' }),
    );
    udp.on('error', (error) => options.onError(this.local, error));
  }

  /** Rejects with the system's error where the port cannot be had by UDP and TCP. */
  static async open(options: StationOptions): Promise<Station> {
    const { address, port, limits, times, counters } = options;
    const udp = await bindUdp(address, port, { recvBufferSize: receiveBufferBytes });
    const station = new Station(options, udp);
    try {
      station.#tcp = await TcpConnections.listen({
        ...{ address, port: udp.address().port, limits, times, counters },
        onFrame: (frame, from) => station.#receiveFrame(frame, from),
        onMalformed: (error, bytes, from) => station.#receiveBroken(error, bytes, from),
        onClosed: (path) => station.#transactions.sendFailed(path),
        onError: (error) => options.onError(station.local, error),
      });
    } catch (error) {
      await station.close();
      throw error;
    }
    return station;
  }

  get address(): string {
    return this.#options.address;
  }

  get local(): string {
    return `${this.#options.address}:${this.#options.port}`;
  }

  get transactions(): SipTransactions {
    return this.#transactions;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#transactions.close();
    await Promise.all([closeUdp(this.#udp), this.#tcp?.close()]);
  }

  #send(message: SipMessage, path: SipPath): void {
    if (this.#isClosed) return;
    this.#options.counters.add('sent');
    const bytes = serializeSip(message);
    if (path.transport === 'TCP') return this.#tcp?.send(bytes, path);
    this.#udp.send(bytes, path.port, path.address, (error) => {
      if (error && !this.#isClosed) this.#transactions.sendFailed(path);
    });
  }

  #receiveDatagram(bytes: Uint8Array, from: SipPath): void {
    const { counters } = this.#options;
    if (isBlank(bytes)) return counters.add('keepAlives');
    if (!this.#admits(bytes, from)) return;
    const received = receiveSip(bytes, abilities);
    switch (received.kind) {
      case 'good':
        return this.#receive(received.message, from);
      case 'refused':
        return this.#refuse(received.message, received.problem, bytes, from);
      case 'unreadable':
        return this.#malformed(bytes, from, received.error.message);
    }
  }

  #receiveFrame(frame: SipFrame, from: SipPath): void {
    if (frame.kind === 'keep-alive') {
      this.#options.counters.add('keepAlives');
      if (frame.isPing) this.#tcp?.send(Buffer.from('\r\n'), from);
      return;
    }
    const { message } = frame;
    const evidence = () => Buffer.from(startOf(message), 'latin1');
    if (!this.#admits(evidence(), from)) return;
    const problem = checkSip(message, abilities);
    if (problem) this.#refuse(message, problem, evidence(), from);
    else this.#receive(message, from);
  }

  /** The stream is lost; its message may still be told what is wrong. */
  #receiveBroken(error: CodecError, bytes: Uint8Array, from: SipPath): void {
    const received = receiveSip(bytes);
    const problem = { status: 400, reason: 'Bad Request', text: error.message };
    if (received.kind === 'unreadable') this.#malformed(bytes, from, error.message);
    else this.#refuse(received.message, problem, bytes, from);
  }

  #admits(bytes: Uint8Array, { address }: SipPath): boolean {
    const evidence = () => Buffer.from(bytes.subarray(0, 120)).toString('latin1').split('\r\n')[0];
    if (this.#options.limiter.admits(address, () => evidence() ?? '')) return true;
    this.#options.counters.add('limited');
    return false;
  }

  #malformed(bytes: Uint8Array, from: SipPath, reason: string): void {
    this.#options.counters.add('malformed');
    this.#options.onMalformed(bytes, from, reason);
  }

  /** Nothing is kept of it. What is no request with a Via that can be read gets no answer. */
  #refuse(message: SipMessage, problem: SipProblem, bytes: Uint8Array, from: SipPath): void {
    if (message.kind === 'response' || message.method === 'ACK')
      return this.#malformed(bytes, from, problem.text);
    try {
      const { status, reason, headers } = problem;
      this.#answer(message, { status, reason, ...(headers && { headers }) }, from);
      this.#options.counters.add('refused');
      if (status === 400) this.#options.onMalformed(bytes, from, problem.text);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      this.#malformed(bytes, from, problem.text);
    }
  }

  #receive(message: SipMessage, from: SipPath): void {
    const { counters } = this.#options;
    counters.add('received');
    counters.add(message.kind === 'request' ? 'requests' : 'responses');
    try {
      if (message.kind === 'request' && isLoop(message, this.local))
        return this.#answer(message, { status: 482, reason: 'Loop Detected' }, from);
      if (message.kind === 'response' || message.method === 'REGISTER')
        return this.#transactions.receive(message, from);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      return this.#malformed(Buffer.from(startOf(message), 'latin1'), from, error.message);
    }
    this.#answerAlone(message, from).catch((error: unknown) =>
      this.#options.onError(this.local, error),
    );
  }

  async #answerAlone(request: SipRequest, from: SipPath): Promise<void> {
    const answer = await answerRequest(request, this.#options.handler.knows);
    if (answer) this.#answer(request, answer, from);
  }

  /** Without a transaction: a request that comes again is answered again. Throws CodecError. */
  #answer(request: SipRequest, parts: ResponseParts, from: SipPath): void {
    const seen = withReceived(request, from);
    const response = respond(seen, { ...parts, tag: statelessTag(request) });
    const address = from.transport === 'TCP' ? from : responseAddress(response);
    if (address) this.#send(response, { ...address, transport: from.transport });
  }

  async #register({ request, from, answer }: ServerTransaction): Promise<void> {
    try {
      answer(await this.#options.handler.register(request, from, this.local));
    } catch (error) {
      this.#options.onError(this.local, error);
      answer({ status: 500, reason: 'Server Internal Error' });
    }
  }
}

/** Keep-alives of phones behind NAT: line ends, or zeros. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.length <= 4 && bytes.every((byte) => byte === 13 || byte === 10 || byte === 0);
}

function startOf(message: SipMessage): string {
  return message.kind === 'request'
    ? `${message.method} ${message.uri} ${message.version}`
    : `${message.version} ${message.status} ${message.reason}`;
}
