import type { AnswerPace } from './answer-pace.ts';
import type { Datagram, DatagramRing } from './datagram-ring.ts';

/** Datagrams that are taken before other events of the thread have their turn. */
const takenAtOnce = 80;
/** After the last datagram the taker looks again so many times, each a millisecond later, by itself. */
const looks = 20;

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

/**
 * Takes datagrams. While there are some it looks for more by itself: to be woken for each costs both
 * threads more than all they do with it.
 */
export class RingTaker {
  readonly #ring: DatagramRing;
  readonly #onDatagram: (datagram: Datagram) => void;
  readonly #pace: AnswerPace | undefined;
  #looksLeft = 0;

  /** What the pace does not allow now waits for a millisecond. */
  constructor(ring: DatagramRing, onDatagram: (datagram: Datagram) => void, pace?: AnswerPace) {
    this.#ring = ring;
    this.#onDatagram = onDatagram;
    this.#pace = pace;
    ring.sleep();
  }

  woken(): void {
    const taken = this.#take(this.#pace?.allowed() ?? takenAtOnce);
    this.#pace?.sent(taken);
    if (taken > 0) this.#looksLeft = looks;
    if (taken === takenAtOnce && !this.#pace) setImmediate(() => this.woken());
    else if (this.#looksLeft-- > 0) setTimeout(() => this.woken(), 1);
    else if (!this.#ring.sleep()) this.woken();
  }

  /** Takes what is there, without leave for other events. */
  takeAll(): void {
    this.#take(Infinity);
  }

  /** Returns how many there were. */
  #take(most: number): number {
    for (let taken = 0; taken < most; taken++) {
      const datagram = this.#ring.take();
      if (!datagram) return taken;
      this.#onDatagram(datagram);
    }
    return most;
  }
}
