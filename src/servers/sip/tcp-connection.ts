import type { Socket } from 'node:net';
import { createSipFramer, type SipFrame } from '../../codec/sip/sip-framer.ts';
import { CodecError } from '../../wire/codec-error.ts';

/** In milliseconds. */
export type ConnectionTimes = {
  /** For the first message, and for a message that has begun. */
  readonly messageMs: number;
  /** Between two messages. */
  readonly idleMs: number;
};

export type ConnectionEvents = {
  onFrame(frame: SipFrame): void;
  /** The stream cannot be read any further; `bytes` are the last that came. */
  onMalformed(error: CodecError, bytes: Uint8Array): void;
  onIdle(): void;
};

export const mostMessageBytes = 65_535;
/** A peer that takes nothing of what it is sent is let go. */
const mostUnsent = 1024 * 1024;

/** One TCP connection, whoever opened it. Ends itself when nothing comes. */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #times: ConnectionTimes;
  readonly #events: ConnectionEvents;
  readonly #framer = createSipFramer({ mostBytes: mostMessageBytes });
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, times: ConnectionTimes, events: ConnectionEvents) {
    this.#socket = socket;
    this.#times = times;
    this.#events = events;
    // Its end says all that there is to know.
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#read(bytes));
    socket.once('close', () => clearTimeout(this.#timer));
    this.#wait(times.messageMs);
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.destroyed) return;
    this.#socket.write(bytes);
    if (this.#socket.writableLength > mostUnsent) this.#socket.destroy();
  }

  /** Sends what waits, then closes. */
  end(): void {
    this.#socket.end(() => this.#socket.destroy());
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    const wasWaiting = this.#framer.waiting > 0;
    try {
      const frames = this.#framer.push(bytes);
      // A message in drops has no more time for that.
      if (frames.length > 0) this.#wait(this.#times.idleMs);
      if (this.#framer.waiting > 0 && (frames.length > 0 || !wasWaiting))
        this.#wait(this.#times.messageMs);
      for (const frame of frames) this.#events.onFrame(frame);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      this.#events.onMalformed(error, bytes);
      this.end();
    }
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#events.onIdle();
      this.destroy();
    }, ms);
    this.#timer.unref();
  }
}
