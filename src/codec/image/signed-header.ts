import { CodecError } from '../../wire/codec-error.ts';
import { latin1, Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';

export type HashName = 'sha1' | 'sha256' | 'sha512';

/** A field that this codec does not know. */
export type HeaderField = { readonly tag: number; readonly value: Uint8Array };

export type SignedHeader = {
  /** `[1, 1]` in firmware. */
  readonly version: readonly [major: number, minor: number];
  /** Bytes of the whole header with its signature. */
  readonly headerLength: number;
  /** `CN=…;OU=…;O=…` */
  readonly signerName: string;
  readonly signerSerial: Uint8Array;
  readonly issuer: string;
  readonly hash: HashName;
  readonly signature: Uint8Array;
  /** The name that the phone must have asked for. */
  readonly fileName: string;
  /** Seconds since the epoch; firmware has none. */
  readonly timestamp?: number;
  readonly other: readonly HeaderField[];
};

export type SignedFile = {
  readonly header: SignedHeader;
  readonly body: Uint8Array;
  /** What the signature is over: the header without the signature's field, then the body. */
  readonly signedData: Uint8Array;
};

export type SignedFileInput = {
  readonly fileName: string;
  readonly body: Uint8Array;
  readonly signerName: string;
  readonly signerSerial: Uint8Array;
  readonly issuer: string;
  readonly hash: HashName;
  readonly sign: (data: Uint8Array) => Uint8Array;
  /** Bytes of the signature: 64, 128, 256 or 512. */
  readonly signatureLength: number;
};

/** Tag (8 bits), length (16 bits), value; a pad is a tag alone. Fields of a container follow it. */
const tags = {
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
} as const;

type FieldName = keyof typeof tags;
type Field = { readonly value: Uint8Array; readonly start: number; readonly end: number };

const nameOfTag = new Map<number, FieldName>(
  Object.entries(tags).map(([name, tag]) => [tag, name as FieldName]),
);
const containers: readonly number[] = [
  tags.signerInfo,
  tags.signatureInfo,
  tags.signatureAlgorithm,
];
const hashIds = { sha1: 1, sha256: 2, sha512: 3 } as const;
const signatureLengths = [64, 128, 256, 512];
const rsa = 0;

/** Version and header length, each with its tag. */
const prefixLength = 10;

export function isSigned(bytes: Uint8Array): boolean {
  const begins = [tags.version, 0, 2, undefined, undefined, tags.headerLength, 0, 2];
  return (
    bytes.length >= prefixLength &&
    begins.every((byte, index) => byte === undefined || bytes[index] === byte)
  );
}

/**
 * The signed container of `.sbn`, `.sb2`, `.loads`, `.sgn` files. Cisco Unified IP Phone firmware
 * as shipped; tags after usecallmanager.nz, "Device Security". The signature is not checked here.
 */
export function decodeSignedFile(bytes: Uint8Array): SignedFile {
  const start = new Reader(bytes);
  if (!isSigned(bytes)) start.fail('signed header', '01 00 02 .. .. 02 00 02', hexOf(bytes));
  start.seek(prefixLength - 2, 'header length');
  const headerLength = start.u16('header length');
  if (headerLength < prefixLength || headerLength > bytes.length)
    start.fail('header length', `up to the file's ${bytes.length} bytes`, `${headerLength}`, 8);
  const reader = new Reader(bytes.subarray(0, headerLength));
  const { known, other } = readFields(reader);
  const field = (name: FieldName): Field =>
    known.get(name) ?? reader.fail(name, 'a field in the header', 'none', prefixLength);
  const optional = (name: FieldName): Uint8Array => known.get(name)?.value ?? new Uint8Array();
  const signature = field('signature');
  const body = bytes.subarray(headerLength);
  const timestamp = known.get('timestamp');
  return {
    header: {
      version: [bytes[3] ?? 0, bytes[4] ?? 0],
      headerLength,
      signerName: textOf(optional('signerName')),
      signerSerial: optional('signerSerial'),
      issuer: textOf(optional('issuer')),
      hash: hashOf(reader, field('hash')),
      signature: signature.value,
      fileName: textOf(optional('fileName')),
      ...(timestamp ? { timestamp: new Reader(timestamp.value).u32('timestamp') } : {}),
      other,
    },
    body,
    signedData: joined([
      bytes.subarray(0, signature.start),
      bytes.subarray(signature.end, headerLength),
      body,
    ]),
  };
}

/**
 * A file in the order and layout of firmware: 404 bytes of header for a file name of 16 characters,
 * a signature of 256 bytes and the names that firmware carries.
 */
export function encodeSignedFile(input: SignedFileInput): Uint8Array {
  const { body, fileName, signatureLength } = input;
  const modulus = signatureLengths.indexOf(signatureLength);
  if (modulus < 0) refuse('signature length', signatureLengths.join(', '), `${signatureLength}`);
  const signer = joined([
    textField('signerName', input.signerName),
    encodeField('signerSerial', input.signerSerial),
    textField('issuer', input.issuer),
  ]);
  const algorithm = joined([
    encodeField('algorithm', Uint8Array.of(rsa)),
    encodeField('modulus', Uint8Array.of(modulus)),
  ]);
  const signatureInfo = joined([
    encodeField('hash', Uint8Array.of(hashIds[input.hash])),
    encodeField('signatureAlgorithm', algorithm),
  ]);
  const head = joined([
    encodeField('signerInfo', signer),
    encodeField('signatureInfo', signatureInfo),
  ]);
  const name = textField('fileName', fileName);
  const length = prefixLength + head.length + 3 + signatureLength + name.length;
  const pads = new Uint8Array((4 - (length % 4)) % 4).fill(tags.pad);
  const headerLength = new Writer().u16(length + pads.length, 'header length').bytes();
  const before = joined([
    encodeField('version', Uint8Array.of(1, 1)),
    encodeField('headerLength', headerLength),
    head,
  ]);
  const after = joined([name, pads, body]);
  const signature = input.sign(joined([before, after]));
  if (signature.length !== signatureLength)
    refuse('signature', `${signatureLength} bytes`, `${signature.length}`);
  return joined([before, encodeField('signature', signature), after]);
}

function readFields(reader: Reader) {
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

function hashOf(reader: Reader, { value, start }: Field): HashName {
  for (const [name, id] of Object.entries(hashIds))
    if (value.length === 1 && value[0] === id) return name as HashName;
  return reader.fail('hash', 'one byte: 1, 2 or 3', hexOf(value), start);
}

function encodeField(name: FieldName, value: Uint8Array): Uint8Array {
  const field = `length of ${name}`;
  return new Writer().u8(tags[name], 'tag').u16(value.length, field).put(value).bytes();
}

function textField(name: FieldName, text: string): Uint8Array {
  if (!/^[\x20-\x7e]+$/.test(text)) refuse(name, 'printable ASCII text', JSON.stringify(text));
  return encodeField(name, new Writer().cstring(text, name).bytes());
}

function textOf(value: Uint8Array): string {
  const end = value.indexOf(0);
  return latin1(end < 0 ? value : value.subarray(0, end));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function refuse(field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset: 0, claimed, actual });
}
