import type { Datagram, DatagramRing } from './datagram-ring.ts';

/** Datagrams that are taken before other events of the thread have their turn. */
const takenAtOnce = 64;

/** Puts datagrams, and wakes the taker once for all that are put in one turn of the event loop. */
export class RingPutter {
  readonly #ring: DatagramRing;
  readonly #wake: () => void;
  #isWaking = false;

  constructor(ring: DatagramRing, wake: () => void) {
    this.#ring = ring;
    this.#wake = wake;
  }

  /** False where there is no room. */
  put(bytes: Uint8Array, address: number, port: number): boolean {
    const isPut = this.#ring.put(bytes, address, port);
    if (!this.#isWaking) {
      this.#isWaking = true;
      setImmediate(() => this.#wakeTaker());
    }
    return isPut;
  }

  #wakeTaker(): void {
    this.#isWaking = false;
    if (this.#ring.mustWake()) this.#wake();
  }
}

/** Takes datagrams as long as there are some. */
export class RingTaker {
  readonly #ring: DatagramRing;
  readonly #onDatagram: (datagram: Datagram) => void;

  constructor(ring: DatagramRing, onDatagram: (datagram: Datagram) => void) {
    this.#ring = ring;
    this.#onDatagram = onDatagram;
    ring.sleep();
  }

  woken(): void {
    do {
      for (let left = takenAtOnce; left > 0; left--) {
        const datagram = this.#ring.take();
        if (!datagram) break;
        this.#onDatagram(datagram);
        if (left === 1) return void setImmediate(() => this.woken());
      }
    } while (!this.#ring.sleep());
  }

  /** Takes what is there, without leave for other events. */
  takeAll(): void {
    for (let next = this.#ring.take(); next; next = this.#ring.take()) this.#onDatagram(next);
  }
}
