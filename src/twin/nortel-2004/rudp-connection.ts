import { parseRudp, type RudpFrame, type RudpPayload } from '../../codec/unistim/rudp-frame.ts';
import { RudpLink, usualRudpTiming } from '../../codec/unistim/rudp-link.ts';
import { summarizeFrame } from '../../codec/unistim/unistim-summary.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Clock } from '../clock.ts';
import type { Datagram, Endpoint, Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import { durations } from './timing.ts';
import type { UnistimHappening } from './unistim-happening.ts';

export type RudpConnectionParts = {
  readonly endpoint: Endpoint;
  readonly server: Server;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Its abort ends the connection without an error. */
  readonly stopped?: AbortSignal | undefined;
  tell(happening: UnistimHappening): void;
};

/** A port of the phone that is free, from this one on. Rejects when none is. */
export async function bindFrom(
  network: Network,
  first: number,
): Promise<{ readonly endpoint: Endpoint; readonly port: number }> {
  const tries = 100;
  for (let port = first; ; port++) {
    try {
      return { endpoint: await network.bind(port), port };
    } catch (error) {
      if (port - first >= tries) throw error;
    }
  }
}

/** The phone's end of a connection of Reliable UDP, as something that can be waited for. */
export class RudpConnection {
  readonly #parts: RudpConnectionParts;
  readonly #link: RudpLink;
  readonly #delivered: RudpPayload[] = [];
  readonly #close: () => void;
  #wasReset = false;

  constructor(parts: RudpConnectionParts, helloAttempts = usualRudpTiming.giveUpAfter) {
    const { endpoint, server, signal, stopped } = parts;
    this.#parts = parts;
    this.#link = new RudpLink({
      role: 'phone',
      timing: {
        retransmitMs: durations.helloAgain.ms,
        giveUpAfter: Math.max(helloAttempts, usualRudpTiming.giveUpAfter),
      },
      transmit: (datagram) => {
        this.#told(parseRudp(datagram), 'phone');
        endpoint.send(datagram, server.address, server.port);
      },
      deliver: (payload) => void this.#delivered.push(payload),
      onReset: () => void (this.#wasReset = true),
    });
    this.#close = () => this.close();
    signal?.addEventListener('abort', this.#close);
    stopped?.addEventListener('abort', this.#close);
    if (stopped?.aborted === true) this.close();
  }

  /** The server left, or was silent for too long. */
  get isLost(): boolean {
    return this.#wasReset || this.#link.state === 'failed';
  }

  /** The server has not acknowledged all that was said. */
  get isWaiting(): boolean {
    return this.#link.unacknowledged > 0;
  }

  /** What acknowledgements and commands carry from now on. */
  set terminalId(id: number) {
    this.#link.terminalId = id;
  }

  get terminalId(): number {
    return this.#link.terminalId;
  }

  /** Says hello until the server answers; false where it did not, for so many attempts. */
  async open(hello: RudpPayload, attempts: number): Promise<boolean> {
    const { clock } = this.#parts;
    this.#link.hello(hello, clock.now());
    const deadline = clock.now() + Math.max(attempts, 1) * durations.helloAgain.ms;
    while (this.#link.state === 'opening' && clock.now() < deadline) await this.#turn(deadline);
    return this.#link.state === 'open';
  }

  say(payload: RudpPayload): void {
    this.#link.send(payload, this.#parts.clock.now());
  }

  /** What the server says next; undefined where it says nothing in time, or is lost. */
  async next(timeoutMs: number): Promise<RudpPayload | undefined> {
    const { clock } = this.#parts;
    const deadline = clock.now() + timeoutMs;
    for (;;) {
      const payload = this.#delivered.shift();
      if (payload !== undefined || this.#isOver || clock.now() >= deadline) return payload;
      await this.#turn(deadline);
    }
  }

  /** Waits until the server has all that was said. */
  async flush(timeoutMs: number): Promise<void> {
    const { clock } = this.#parts;
    const deadline = clock.now() + timeoutMs;
    while (this.#link.unacknowledged > 0 && !this.#isOver && clock.now() < deadline)
      await this.#turn(deadline);
  }

  close(): void {
    this.#parts.signal?.removeEventListener('abort', this.#close);
    this.#parts.stopped?.removeEventListener('abort', this.#close);
    this.#link.close();
    this.#parts.endpoint.close();
  }

  get #isOver(): boolean {
    return this.isLost || this.#link.state === 'closed';
  }

  /** One datagram, or what is due. */
  async #turn(deadline: number): Promise<void> {
    const { clock, endpoint, signal } = this.#parts;
    this.#link.tick(clock.now());
    const until = Math.min(deadline, this.#link.dueAt);
    const datagram = await endpoint.receive(Math.max(until - clock.now(), 1));
    signal?.throwIfAborted();
    const frame = datagram && this.#frameIn(datagram);
    if (frame === undefined) return;
    this.#told(frame, 'server');
    this.#link.receive(frame, clock.now());
  }

  /** Undefined for what somebody else sent, and for what cannot be read. */
  #frameIn({ bytes, address, port }: Datagram): RudpFrame | undefined {
    const { server } = this.#parts;
    if (address !== server.address || port !== server.port) return undefined;
    try {
      // The datagram's buffer belongs to the network.
      return parseRudp(Uint8Array.from(bytes));
    } catch (error) {
      if (error instanceof CodecError) return undefined;
      throw error;
    }
  }

  #told(frame: RudpFrame, from: UnistimHappening['from']): void {
    const { server, tell } = this.#parts;
    const peer = `${server.address}:${server.port}`;
    for (const text of summarizeFrame(frame)?.texts ?? [])
      tell({ kind: 'unistim', from, peer, text });
  }
}
