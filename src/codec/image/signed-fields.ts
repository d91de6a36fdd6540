import { CodecError } from '../../wire/codec-error.ts';
import { latin1, type Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';

/** A field that this codec does not know. */
export type HeaderField = { readonly tag: number; readonly value: Uint8Array };

/** Tag (8 bits), length (16 bits), value; a pad is a tag alone. Fields of a container follow it. */
export const tags = {
  version: 1,
  headerLength: 2,
  signerInfo: 3,
  signerName: 4,
  signerSerial: 5,
  issuer: 6,
  signatureInfo: 7,
  hash: 8,
  signatureAlgorithm: 9,
  algorithm: 10,
  modulus: 11,
  signature: 12,
  pad: 13,
  fileName: 14,
  timestamp: 15,
  encryptionInfo: 16,
  vectorInfo: 17,
  vector: 19,
  padding: 20,
  keyInfo: 21,
  keyBits: 23,
  keyAlgorithm: 24,
  key: 25,
  contentHash: 26,
  contentDigest: 27,
  signerVersion: 28,
} as const;

export type FieldName = keyof typeof tags;
export type Field = { readonly value: Uint8Array; readonly start: number; readonly end: number };

const nameOfTag = new Map<number, FieldName>(
  Object.entries(tags).map(([name, tag]) => [tag, name as FieldName]),
);
const containers: readonly number[] = [
  tags.signerInfo,
  tags.signatureInfo,
  tags.signatureAlgorithm,
  tags.encryptionInfo,
  tags.vectorInfo,
  tags.keyInfo,
];

export type Fields = {
  readonly known: ReadonlyMap<FieldName, Field>;
  readonly other: readonly HeaderField[];
};

/** Reads fields to the end of the bytes. */
export function readFields(reader: Reader): Fields {
  const known = new Map<FieldName, Field>();
  const other: HeaderField[] = [];
  while (reader.remaining > 0) {
    const start = reader.offset;
    const tag = reader.u8('tag');
    if (tag === tags.pad) continue;
    const name = nameOfTag.get(tag);
    const what = name ?? `field with tag ${tag}`;
    const length = reader.u16(`length of ${what}`);
    reader.need(length, what);
    if (containers.includes(tag)) continue;
    const value = reader.take(length, what);
    if (name === undefined) other.push({ tag, value });
    else if (known.has(name)) reader.fail(name, 'one such field', 'a second', start);
    else known.set(name, { value, start, end: reader.offset });
  }
  return { known, other };
}

export function encodeField(name: FieldName, value: Uint8Array): Uint8Array {
  const field = `length of ${name}`;
  return new Writer().u8(tags[name], 'tag').u16(value.length, field).put(value).bytes();
}

export function encodeTextField(name: FieldName, text: string): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(text))
    throw new CodecError({
      field: name,
      offset: 0,
      claimed: 'printable ASCII text',
      actual: JSON.stringify(text),
    });
  return encodeField(name, new Writer().cstring(text, name).bytes());
}

/** Text up to its NUL. */
export function fieldText(value: Uint8Array): string {
  const end = value.indexOf(0);
  return latin1(end < 0 ? value : value.subarray(0, end));
}

export function hexOf(bytes: Uint8Array, most = 8): string {
  return Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
