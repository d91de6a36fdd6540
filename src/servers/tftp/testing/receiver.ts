import type { AckPacket, TftpPacket } from '../../../codec/tftp/packet.ts';
import type { TransferTerms } from '../terms.ts';

/** A client that reads a file by the book: RFC 1350, RFC 2347 and RFC 7440 section 4. */
export class Receiver {
  readonly #terms: TransferTerms;
  readonly #chunks: Uint8Array[] = [];
  /** Blocks taken in order; -1 before the OACK. */
  #taken: number;
  #takenOfWindow = 0;
  #hasToldOfGap = false;
  #isComplete = false;

  constructor(terms: TransferTerms) {
    this.#terms = terms;
    this.#taken = terms.acknowledged.length > 0 ? -1 : 0;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  /** What it answers to a packet, if anything. */
  receive(packet: TftpPacket): AckPacket | undefined {
    if (packet.kind === 'oack') {
      this.#taken = Math.max(this.#taken, 0);
      return this.#taken === 0 ? this.acknowledge() : undefined;
    }
    if (packet.kind !== 'data' || this.#taken < 0) return undefined;
    const ahead = (packet.block - this.#taken) & 0xffff;
    if (ahead === 1 && !this.#isComplete) return this.#takeBlock(packet.data);
    // Its own last block again: the ACK was lost. A later block: one before it was lost.
    if (ahead === 0) return this.acknowledge();
    if (ahead > this.#terms.windowSize || this.#hasToldOfGap) return undefined;
    this.#hasToldOfGap = true;
    return this.acknowledge();
  }

  /** Also sent anew when nothing has come for a while. */
  acknowledge(): AckPacket | undefined {
    this.#takenOfWindow = 0;
    return this.#taken < 0 ? undefined : { kind: 'ack', block: this.#taken & 0xffff };
  }

  #takeBlock(data: Uint8Array): AckPacket | undefined {
    this.#chunks.push(data);
    this.#taken++;
    this.#takenOfWindow++;
    this.#hasToldOfGap = false;
    this.#isComplete = data.length < this.#terms.blockSize;
    const isDue = this.#isComplete || this.#takenOfWindow === this.#terms.windowSize;
    return isDue ? this.acknowledge() : undefined;
  }
}
