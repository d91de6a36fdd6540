import { type KeyLike, verify } from 'node:crypto';
import { CodecError } from '../../wire/codec-error.ts';
import { Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';
import {
  encodeField,
  encodeTextField,
  type Field,
  type FieldName,
  type Fields,
  fieldText,
  type HeaderField,
  hexOf,
  joined,
  readFields,
  tags,
} from './signed-fields.ts';

export type { HeaderField } from './signed-fields.ts';
export type HashName = 'sha1' | 'sha256' | 'sha512';

/** How the body of an encrypted file is encrypted. It is never decrypted here. */
export type Encryption = {
  /** 1 is AES. */
  readonly algorithm?: number;
  readonly keyBits?: number;
  /** Initialization vector. */
  readonly vector: Uint8Array;
  /** Bytes at the end of the body that are none of the file's. */
  readonly padding: number;
  /** Encrypted for the phone's certificate. */
  readonly key: Uint8Array;
  /** Of the file before it was encrypted. */
  readonly digest: Uint8Array;
};

export type SignedHeader = {
  /** `[1, 1]` in firmware, `[1, 2]` in trust lists, `[2, 0]` in encrypted files. */
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
  /** Of trust lists: `[1, 1]` has phones fetch their file by HTTPS. */
  readonly signerVersion?: readonly [major: number, minor: number];
  readonly encryption?: Encryption;
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
  /** Default: `[1, 1]`. */
  readonly version?: readonly [major: number, minor: number];
  readonly signerVersion?: readonly [major: number, minor: number];
  readonly timestamp?: number;
};

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
 * The signed container of `.sbn`, `.sb2`, `.loads`, `.sgn` and `.tlv` files. Cisco Unified IP Phone
 * firmware as shipped; tags after usecallmanager.nz, "Device Security". The signature is not
 * checked here.
 */
export function decodeSignedFile(bytes: Uint8Array): SignedFile {
  const start = new Reader(bytes);
  if (!isSigned(bytes)) start.fail('signed header', '01 00 02 .. .. 02 00 02', hexOf(bytes));
  start.seek(prefixLength - 2, 'header length');
  const headerLength = start.u16('header length');
  if (headerLength < prefixLength || headerLength > bytes.length)
    start.fail('header length', `up to the file's ${bytes.length} bytes`, `${headerLength}`, 8);
  const reader = new Reader(bytes.subarray(0, headerLength));
  const fields = readFields(reader);
  const field = (name: FieldName): Field =>
    fields.known.get(name) ?? reader.fail(name, 'a field in the header', 'none', prefixLength);
  const optional = (name: FieldName): Uint8Array =>
    fields.known.get(name)?.value ?? new Uint8Array();
  const signature = field('signature');
  const body = bytes.subarray(headerLength);
  return {
    header: {
      version: [bytes[3] ?? 0, bytes[4] ?? 0],
      headerLength,
      signerName: fieldText(optional('signerName')),
      signerSerial: optional('signerSerial'),
      issuer: fieldText(optional('issuer')),
      hash: hashOf(reader, field('hash')),
      signature: signature.value,
      fileName: fieldText(optional('fileName')),
      ...laterFields(fields),
      other: fields.other,
    },
    body,
    signedData: joined([
      bytes.subarray(0, signature.start),
      bytes.subarray(signature.end, headerLength),
      body,
    ]),
  };
}

/** Whether the signature is one by this key, RSA PKCS#1 v1.5. RFC 8017 section 8.2. */
export function verifySignedFile({ header, signedData }: SignedFile, publicKey: KeyLike): boolean {
  return verify(header.hash, signedData, publicKey, header.signature);
}

/**
 * A file in the order and layout of firmware: 404 bytes of header for a file name of 16 characters,
 * a signature of 256 bytes and the names that firmware carries.
 */
export function encodeSignedFile(input: SignedFileInput): Uint8Array {
  const { body, signatureLength } = input;
  const head = encodeHead(input);
  const tail = encodeTail(input);
  const length = prefixLength + head.length + 3 + signatureLength + tail.length;
  const pads = new Uint8Array((4 - (length % 4)) % 4).fill(tags.pad);
  const headerLength = new Writer().u16(length + pads.length, 'header length').bytes();
  const before = joined([
    versionField('version', input.version ?? [1, 1]),
    encodeField('headerLength', headerLength),
    head,
  ]);
  const after = joined([tail, pads, body]);
  const signature = input.sign(joined([before, after]));
  if (signature.length !== signatureLength)
    refuse('signature', `${signatureLength} bytes`, `${signature.length}`);
  return joined([before, encodeField('signature', signature), after]);
}

/** What stands before the signature, but for version and length. */
function encodeHead(input: SignedFileInput): Uint8Array {
  const modulus = signatureLengths.indexOf(input.signatureLength);
  if (modulus < 0)
    refuse('signature length', signatureLengths.join(', '), `${input.signatureLength}`);
  const signer = joined([
    encodeTextField('signerName', input.signerName),
    encodeField('signerSerial', input.signerSerial),
    encodeTextField('issuer', input.issuer),
  ]);
  const algorithm = joined([
    encodeField('algorithm', Uint8Array.of(rsa)),
    encodeField('modulus', Uint8Array.of(modulus)),
  ]);
  const signatureInfo = joined([
    encodeField('hash', Uint8Array.of(hashIds[input.hash])),
    encodeField('signatureAlgorithm', algorithm),
  ]);
  return joined([
    ...(input.signerVersion ? [versionField('signerVersion', input.signerVersion)] : []),
    encodeField('signerInfo', signer),
    encodeField('signatureInfo', signatureInfo),
  ]);
}

/** What stands behind the signature. */
function encodeTail({ fileName, timestamp }: SignedFileInput): Uint8Array {
  const name = encodeTextField('fileName', fileName);
  if (timestamp === undefined) return name;
  const seconds = new Writer().u32(timestamp, 'timestamp').bytes();
  return joined([name, encodeField('timestamp', seconds)]);
}

function versionField(name: FieldName, [major, minor]: readonly [number, number]): Uint8Array {
  return encodeField(name, new Writer().u8(major, name).u8(minor, name).bytes());
}

/** The fields that firmware does not have. */
function laterFields({
  known,
}: Fields): Pick<SignedHeader, 'timestamp' | 'signerVersion' | 'encryption'> {
  const reader = (name: FieldName) => {
    const field = known.get(name);
    return field && new Reader(field.value);
  };
  const timestamp = reader('timestamp')?.u32('timestamp');
  const version = reader('signerVersion');
  const encryption = encryptionOf(known);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(version
      ? { signerVersion: [version.u8('signerVersion'), version.u8('signerVersion')] }
      : {}),
    ...(encryption ? { encryption } : {}),
  };
}

function encryptionOf(known: Fields['known']): Encryption | undefined {
  const vector = known.get('vector')?.value;
  const key = known.get('key')?.value;
  if (vector === undefined || key === undefined) return undefined;
  const number = (name: FieldName): number | undefined => {
    const value = known.get(name)?.value;
    return value?.reduce((sum, byte) => (sum * 256 + byte) % 2 ** 32, 0);
  };
  const algorithm = number('keyAlgorithm');
  const keyBits = number('keyBits');
  return {
    ...(algorithm === undefined ? {} : { algorithm }),
    ...(keyBits === undefined ? {} : { keyBits }),
    vector,
    padding: number('padding') ?? 0,
    key,
    digest: known.get('contentDigest')?.value ?? new Uint8Array(),
  };
}

function hashOf(reader: Reader, { value, start }: Field): HashName {
  for (const [name, id] of Object.entries(hashIds))
    if (value.length === 1 && value[0] === id) return name as HashName;
  return reader.fail('hash', 'one byte: 1, 2 or 3', hexOf(value), start);
}

function refuse(field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset: 0, claimed, actual });
}
