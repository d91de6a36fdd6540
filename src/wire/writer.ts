import { CodecError } from './codec-error.ts';

/** Builds a message; grows as needed and refuses values that do not fit their field. Big-endian. */
export class Writer {
  #buffer = new Uint8Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes written so far, as a copy of its own. */
  bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  u8(value: number, field: string): this {
    this.#check(value, 0xff, field);
    this.#grow(1)[0] = value;
    return this;
  }

  u16(value: number, field: string): this {
    this.#check(value, 0xffff, field);
    const at = this.#grow(2);
    at[0] = value >>> 8;
    at[1] = value & 0xff;
    return this;
  }

  u32(value: number, field: string): this {
    this.#check(value, 0xffffffff, field);
    const at = this.#grow(4);
    new DataView(at.buffer, at.byteOffset, 4).setUint32(0, value);
    return this;
  }

  u32LE(value: number, field: string): this {
    this.#check(value, 0xffffffff, field);
    const at = this.#grow(4);
    new DataView(at.buffer, at.byteOffset, 4).setUint32(0, value, true);
    return this;
  }

  put(bytes: Uint8Array): this {
    this.#grow(bytes.length).set(bytes);
    return this;
  }

  zeros(count: number): this {
    this.#grow(count).fill(0);
    return this;
  }

  /** Latin-1 text and a NUL. */
  cstring(text: string, field: string): this {
    if (text.includes('\0'))
      throw new CodecError({ field, offset: this.#length, claimed: 'no NUL inside', actual: text });
    return this.put(Buffer.from(`${text}\0`, 'latin1'));
  }

  #check(value: number, max: number, field: string): void {
    if (Number.isInteger(value) && value >= 0 && value <= max) return;
    throw new CodecError({
      field,
      offset: this.#length,
      claimed: `a whole number from 0 to ${max}`,
      actual: `${value}`,
    });
  }

  #grow(count: number): Uint8Array {
    const needed = this.#length + count;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    const at = this.#buffer.subarray(this.#length, needed);
    this.#length = needed;
    return at;
  }
}
