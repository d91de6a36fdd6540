import { CodecError } from '../../wire/codec-error.ts';
import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { latin1 } from '../../wire/reader.ts';

/**
 * How one kind of option is read and written. `field` is what errors call it. Decoding and encoding
 * throw CodecError; `encode` reads what `format` writes.
 */
export type OptionKind<T> = {
  decode(bytes: Uint8Array, field: string): T;
  encode(text: string, field: string): Uint8Array;
  format(value: T): string;
};

export function wrong(field: string, offset: number, claimed: string, actual: string): never {
  throw new CodecError({ field, offset, claimed, actual });
}

/** Values with blanks or commas between them. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

export function addressAt(bytes: Uint8Array, at: number): string {
  return formatIPv4(u32At(bytes, at));
}

export function u32At(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);
}

export function encodeAddress(text: string, field: string, offset = 0): Uint8Array {
  if (!isIPv4(text)) wrong(field, offset, 'an address such as 192.0.2.10', JSON.stringify(text));
  return encodeNumber(ipv4Number(text), 4);
}

/** Big-endian, the lowest octets of a whole number. */
export function encodeNumber(value: number, octets: number): Uint8Array {
  const bytes = new Uint8Array(octets);
  for (let at = octets - 1, rest = value; at >= 0; at -= 1, rest = Math.floor(rest / 256))
    bytes[at] = rest & 0xff;
  return bytes;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Reads `0a:0b`, `0a 0b`, `0a0b` and `0x0a0b`, and text in double quotes. */
export function encodeHex(text: string, field: string): Uint8Array {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return encodeText(quoted, field);
  const digits = text.replace(/^0x/i, '').replace(/[\s:]/g, '');
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits))
    wrong(field, 0, 'octets in hex, or text in double quotes', JSON.stringify(text));
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

export function encodeText(text: string, field: string): Uint8Array {
  const at = text.search(/[^\0-\xff]/);
  if (at >= 0) wrong(field, at, 'Latin-1 text', JSON.stringify(text));
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

function lengthIs(bytes: Uint8Array, field: string, length: number): void {
  if (bytes.length !== length) wrong(`length of ${field}`, 0, `${length}`, `${bytes.length}`);
}

function lengthIsMultiple(bytes: Uint8Array, field: string, of: number): void {
  if (bytes.length === 0 || bytes.length % of !== 0)
    wrong(`length of ${field}`, 0, `a multiple of ${of}, at least ${of}`, `${bytes.length}`);
}

function numberIn(text: string, field: string, least: number, most: number): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  return wrong(field, 0, `a whole number from ${least} to ${most}`, JSON.stringify(text));
}

function someWords(text: string, field: string, claimed: string): readonly string[] {
  const words = wordsOf(text);
  if (words.length === 0) wrong(field, 0, claimed, 'nothing');
  return words;
}

function unsigned(octets: 1 | 2 | 4): OptionKind<number> {
  const most = 256 ** octets - 1;
  return {
    decode(bytes, field) {
      lengthIs(bytes, field, octets);
      return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    },
    encode: (text, field) => encodeNumber(numberIn(text.trim(), field, 0, most), octets),
    format: String,
  };
}

function unsignedList(octets: 1 | 2): OptionKind<readonly number[]> {
  const most = 256 ** octets - 1;
  return {
    decode(bytes, field) {
      lengthIsMultiple(bytes, field, octets);
      if (octets === 1) return [...bytes];
      return Array.from(
        { length: bytes.length / 2 },
        (_, index) => (bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0),
      );
    },
    encode: (text, field) =>
      concat(
        someWords(text, field, 'at least one number').map((word) =>
          encodeNumber(numberIn(word, field, 0, most), octets),
        ),
      ),
    format: (value) => value.join(', '),
  };
}

export const ip: OptionKind<string> = {
  decode(bytes, field) {
    lengthIs(bytes, field, 4);
    return addressAt(bytes, 0);
  },
  encode: (text, field) => encodeAddress(text.trim(), field),
  format: (value) => value,
};

export const ips: OptionKind<readonly string[]> = {
  decode(bytes, field) {
    lengthIsMultiple(bytes, field, 4);
    return Array.from({ length: bytes.length / 4 }, (_, index) => addressAt(bytes, 4 * index));
  },
  encode: (text, field) =>
    concat(
      someWords(text, field, 'at least one address').map((word) => encodeAddress(word, field)),
    ),
  format: (value) => value.join(', '),
};

export const ipPairs: OptionKind<readonly string[]> = {
  decode(bytes, field) {
    lengthIsMultiple(bytes, field, 8);
    return Array.from(
      { length: bytes.length / 8 },
      (_, index) => `${addressAt(bytes, 8 * index)}/${addressAt(bytes, 8 * index + 4)}`,
    );
  },
  encode: (text, field) =>
    concat(
      someWords(text, field, 'pairs such as 10.0.0.0/10.1.0.1').map((word) => pair(word, field)),
    ),
  format: (value) => value.join(', '),
};

function pair(word: string, field: string): Uint8Array {
  const parts = word.split('/');
  if (parts.length !== 2) wrong(field, 0, 'a pair such as 10.0.0.0/10.1.0.1', JSON.stringify(word));
  return concat(parts.map((part) => encodeAddress(part, field)));
}

export const u8 = unsigned(1);
export const u16 = unsigned(2);
export const u32 = unsigned(4);
export const u8s = unsignedList(1);
export const u16s = unsignedList(2);

export const i32: OptionKind<number> = {
  decode: (bytes, field) => u32.decode(bytes, field) | 0,
  encode: (text, field) =>
    encodeNumber(numberIn(text.trim(), field, -(2 ** 31), 2 ** 31 - 1) >>> 0, 4),
  format: String,
};

/** Any octet but 0 is true, as clients have it. */
export const flag: OptionKind<boolean> = {
  decode(bytes, field) {
    lengthIs(bytes, field, 1);
    return bytes[0] !== 0;
  },
  encode(text, field) {
    const word = text.trim().toLowerCase();
    if (['1', 'true', 'yes', 'on'].includes(word)) return Uint8Array.of(1);
    if (['0', 'false', 'no', 'off'].includes(word)) return Uint8Array.of(0);
    return wrong(field, 0, 'yes or no', JSON.stringify(text));
  },
  format: (value) => (value ? 'yes' : 'no'),
};

/** Latin-1: one character per octet, a NUL at the end as well. */
export const text: OptionKind<string> = {
  decode: (bytes) => latin1(bytes),
  encode: encodeText,
  format: (value) => value,
};

export const hex: OptionKind<string> = {
  decode: hexOf,
  encode: encodeHex,
  format: (value) => value,
};
