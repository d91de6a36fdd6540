import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ipv4Number } from '../../wire/ipv4.ts';
import type { DhcpAnswer } from './handler.ts';
import { DatagramRing, type Datagram } from './datagram-ring.ts';
import type { Place } from './place.ts';
import { messageOf } from '../message-of.ts';
import { RingPutter, RingTaker } from './ring-ends.ts';
import { errorOf } from './socket-fault.ts';
import type { FromSockets, SocketWorkerData, ToSockets } from './socket-messages.ts';

/** Octets: some seconds of 2,000 exchanges, whatever the system allows a socket. */
const receivedSize = 16 * 1024 * 1024;
const sendingSize = 4 * 1024 * 1024;

export type SocketThreadEvents = {
  readonly onDatagram: (datagram: Datagram) => void;
  readonly onNotSent: (to: DhcpAnswer['to'], reason: string) => void;
  readonly onError: (reason: string) => void;
  /** The thread has ended by itself, and its sockets with it. */
  readonly onEnd: () => void;
};

/**
 * The sockets of one place in a thread of their own: datagrams are taken from the system at once,
 * whatever the main thread does, and sending them costs it nothing.
 */
export class SocketThread {
  readonly #worker: Worker;
  readonly #putter: RingPutter;
  readonly #taker: RingTaker;
  readonly #events: SocketThreadEvents;
  #port = 0;
  #isClosed = false;

  private constructor(place: Place, events: SocketThreadEvents) {
    this.#events = events;
    const received = DatagramRing.ofSize(receivedSize);
    const sending = DatagramRing.ofSize(sendingSize);
    const { memory } = received;
    const workerData: SocketWorkerData = { place, received: memory, sending: sending.memory };
    this.#worker = new Worker(new URL('socket-worker.ts', import.meta.url), { workerData });
    this.#putter = new RingPutter(sending, () => this.#post({ kind: 'wake' }));
    this.#taker = new RingTaker(received, (datagram) => {
      if (!this.#isClosed) events.onDatagram(datagram);
    });
  }

  /** Rejects with the system's error, or DhcpListenError where what was handed over is no UDP socket. */
  static async open(place: Place, events: SocketThreadEvents): Promise<SocketThread> {
    const thread = new SocketThread(place, events);
    await thread.#listening();
    return thread;
  }

  get port(): number {
    return this.#port;
  }

  /** Throws where more waits to be sent than there is room for. */
  send(bytes: Uint8Array, { address, port }: DhcpAnswer['to']): void {
    if (!this.#putter.put(bytes, ipv4Number(address), port))
      throw new Error('too much waits to be sent');
  }

  /** What was to be sent is sent first; what comes is not heard any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#worker.removeAllListeners('exit');
    this.#worker.removeAllListeners('message');
    const ended = once(this.#worker, 'exit');
    this.#post({ kind: 'close' });
    await ended;
  }

  #listening(): Promise<void> {
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.on('message', (message: FromSockets) => {
        if (message.kind === 'not-listening') return reject(errorOf(message.fault));
        if (message.kind !== 'listening') return this.#hear(message);
        this.#port = message.port;
        worker.off('error', reject);
        worker.on('error', (error) => this.#events.onError(messageOf(error)));
        worker.on('exit', this.#events.onEnd);
        resolve();
      });
    });
  }

  #hear(message: FromSockets): void {
    if (message.kind === 'wake') this.#taker.woken();
    else if (message.kind === 'not-sent') this.#events.onNotSent(message.to, message.text);
    else if (message.kind === 'error') this.#events.onError(message.text);
  }

  #post(message: ToSockets): void {
    this.#worker.postMessage(message);
  }
}
