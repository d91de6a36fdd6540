/** A datagram and the other end's address, as an unsigned number, and port. */
export type Datagram = {
  readonly bytes: Uint8Array;
  readonly address: number;
  readonly port: number;
};

/** Where each counter is in the memory, and how many octets they take together. */
const counters = { written: 0, read: 1, asleep: 2 } as const;
const countersLength = 16;
/** Length, address and port stand before the octets of a datagram. */
const headLength = 12;
/** In place of a length: the next datagram is at the beginning of the memory. */
const goesOnAtStart = 0xffffffff;

/**
 * Datagrams on their way from one thread to another, in memory that both share. One thread puts, one
 * takes, and neither waits for the other: what finds no room is dropped.
 */
export class DatagramRing {
  readonly memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #size: number;

  constructor(memory: SharedArrayBuffer) {
    this.memory = memory;
    this.#size = memory.byteLength - countersLength;
    this.#counters = new Int32Array(memory, 0, countersLength / 4);
    this.#bytes = new Uint8Array(memory, countersLength);
    this.#view = new DataView(memory, countersLength);
  }

  /** `size` in octets: a power of two. */
  static ofSize(size: number): DatagramRing {
    return new DatagramRing(new SharedArrayBuffer(countersLength + size));
  }

  /** False where there is no room. */
  put(bytes: Uint8Array, address: number, port: number): boolean {
    const needed = headLength + padded(bytes.length);
    const written = Atomics.load(this.#counters, counters.written);
    const free = this.#size - ((written - Atomics.load(this.#counters, counters.read)) >>> 0);
    let at = this.#placeOf(written);
    const left = this.#size - at;
    const skipped = left < needed ? left : 0;
    if (skipped + needed > free) return false;
    if (skipped > 0) {
      this.#view.setUint32(at, goesOnAtStart);
      at = 0;
    }
    this.#view.setUint32(at, bytes.length);
    this.#view.setUint32(at + 4, address);
    this.#view.setUint32(at + 8, port);
    this.#bytes.set(bytes, at + headLength);
    Atomics.store(this.#counters, counters.written, (written + skipped + needed) | 0);
    return true;
  }

  /** The oldest one, with octets of its own; undefined where there is none. */
  take(): Datagram | undefined {
    let read = Atomics.load(this.#counters, counters.read);
    if (read === Atomics.load(this.#counters, counters.written)) return undefined;
    let at = this.#placeOf(read);
    if (this.#view.getUint32(at) === goesOnAtStart) {
      read += this.#size - at;
      at = 0;
    }
    const length = this.#view.getUint32(at);
    const address = this.#view.getUint32(at + 4);
    const port = this.#view.getUint32(at + 8);
    const bytes = copyOf(this.#bytes.subarray(at + headLength, at + headLength + length));
    Atomics.store(this.#counters, counters.read, (read + headLength + padded(length)) | 0);
    return { bytes, address, port };
  }

  /** The taker has found nothing and waits to be woken. False where something has come meanwhile. */
  sleep(): boolean {
    Atomics.store(this.#counters, counters.asleep, 1);
    const [written, read] = [counters.written, counters.read].map((each) =>
      Atomics.load(this.#counters, each),
    );
    return written === read || Atomics.exchange(this.#counters, counters.asleep, 0) === 0;
  }

  /** For the one that puts: whether the taker sleeps, and has to be woken by it. */
  mustWake(): boolean {
    return Atomics.exchange(this.#counters, counters.asleep, 0) === 1;
  }

  #placeOf(position: number): number {
    return position & (this.#size - 1);
  }
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

/** From Node's pool, which is much faster than memory of its own. */
function copyOf(shared: Uint8Array): Uint8Array {
  const own = Buffer.allocUnsafe(shared.length);
  own.set(shared);
  return own;
}
