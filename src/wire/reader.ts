import { CodecError } from './codec-error.ts';

/**
 * A cursor over bytes that never reads past their end: every read names the field it is for and
 * throws a CodecError when the bytes are not there. Numbers are big-endian unless named `LE`.
 */
export class Reader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.bytes.length - this.#offset;
  }

  /** Throws when fewer than `count` bytes are left. */
  need(count: number, field: string): void {
    if (count <= this.remaining) return;
    this.fail(field, `${count} bytes`, `${this.remaining}`);
  }

  fail(field: string, claimed: string, actual: string, offset = this.#offset): never {
    throw new CodecError({ field, offset, claimed, actual });
  }

  seek(offset: number, field: string): void {
    if (offset < 0 || offset > this.bytes.length)
      this.fail(field, `an offset up to ${this.bytes.length}`, `${offset}`);
    this.#offset = offset;
  }

  u8(field: string): number {
    this.need(1, field);
    return this.#view.getUint8(this.#offset++);
  }

  u16(field: string): number {
    this.need(2, field);
    this.#offset += 2;
    return this.#view.getUint16(this.#offset - 2);
  }

  u32(field: string): number {
    this.need(4, field);
    this.#offset += 4;
    return this.#view.getUint32(this.#offset - 4);
  }

  u32LE(field: string): number {
    this.need(4, field);
    this.#offset += 4;
    return this.#view.getUint32(this.#offset - 4, true);
  }

  /** A view, not a copy, of the next `count` bytes. */
  take(count: number, field: string): Uint8Array {
    this.need(count, field);
    this.#offset += count;
    return this.bytes.subarray(this.#offset - count, this.#offset);
  }

  rest(): Uint8Array {
    return this.take(this.remaining, 'rest');
  }

  /** Text up to a NUL, which is read too. Latin-1: every byte is one character. */
  cstring(field: string): string {
    const end = this.bytes.indexOf(0, this.#offset);
    if (end < 0) this.fail(field, 'text that ends with NUL', 'no NUL in the bytes left');
    const text = latin1(this.bytes.subarray(this.#offset, end));
    this.#offset = end + 1;
    return text;
  }
}

/** One character per byte, so that no byte is lost. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
