import { crc32 } from 'node:zlib';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1, Reader } from '../../wire/reader.ts';
import {
  type NortelImageKind,
  type NortelImageName,
  parseNortelImageName,
} from '../text/nortel-image-name.ts';

/** What a synthetic image says of itself. */
export type NortelImage = {
  /** Its own version id, which need not be the file's name: `0692D93c08` in `0692D93.bin`. */
  readonly name: NortelImageName;
  /** Bytes, header and all. */
  readonly size: number;
};

export type NortelImageInput = {
  /** Version id. */
  readonly version: string;
  /** Bytes, header and all; at least 64. */
  readonly size: number;
  /** Gets the bytes behind the header, all zero, to fill them. */
  readonly fill: (bytes: Uint8Array) => void;
};

const magic = 'HOOKFLASH-2004\r\n';
const kinds: readonly NortelImageKind[] = ['unistim', 'transitional', 'sip'];
const at = { kind: 0x10, version: 0x11, size: 0x21, checksum: 0x25 };
const versionLength = 16;
const headerLength = 0x40;

/** Whether a file is an image that this program made. */
export function isNortelImage(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, magic.length)) === magic;
}

/**
 * A synthetic image of the IP Phone 2004, the only sort of which the layout is known: that of real
 * ones is not public. Behind 16 bytes of signature: kind, version id, size, CRC-32 of the content.
 * Throws a CodecError for anything else, for a file cut short and for changed content.
 */
export function decodeNortelImage(bytes: Uint8Array): NortelImage {
  const reader = new Reader(bytes);
  const start = latin1(reader.take(magic.length, 'signature'));
  if (start !== magic) reader.fail('signature', JSON.stringify(magic), JSON.stringify(start), 0);
  const kind = kinds[reader.u8('kind') - 1] ?? reader.fail('kind', '1, 2 or 3', 'another', at.kind);
  const written = latin1(reader.take(versionLength, 'version id')).replace(/\0+$/, '');
  const name = parseNortelImageName(written);
  if (name?.canonical !== written)
    return reader.fail('version id', 'one such as 0604D98', JSON.stringify(written), at.version);
  if (name.kind !== kind) reader.fail('kind', `that of ${written}`, kind, at.kind);
  const size = reader.u32('size');
  const checksum = reader.u32('checksum');
  if (size !== bytes.length) reader.fail('size', `${size} bytes`, `${bytes.length}`, at.size);
  reader.seek(headerLength, 'content');
  const actual = crc32(bytes.subarray(headerLength));
  if (actual !== checksum) reader.fail('checksum', hex(checksum), hex(actual), at.checksum);
  return { name, size };
}

/** Throws a CodecError for a version id of no known load and for a size that is no image's. */
export function encodeNortelImage({ version, size, fill }: NortelImageInput): Uint8Array {
  const name = parseNortelImageName(version);
  if (name === undefined) refuse('version id', 'one such as 0604D98', JSON.stringify(version));
  if (!Number.isInteger(size) || size < headerLength || size > 0xffffffff)
    refuse('size', `bytes, ${headerLength} or more`, `${size}`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  fill(bytes.subarray(headerLength));
  bytes.set(Buffer.from(magic, 'latin1'));
  bytes[at.kind] = kinds.indexOf(name.kind) + 1;
  bytes.set(Buffer.from(name.canonical, 'latin1'), at.version);
  view.setUint32(at.size, size);
  view.setUint32(at.checksum, crc32(bytes.subarray(headerLength)));
  return bytes;
}

/**
 * The version id of a SIP load that stands as text in the first bytes of a file, by which a real one
 * is known whatever it is called. That real images have it there is our assumption.
 */
export function versionIdIn(bytes: Uint8Array, most = 0x10000): NortelImageName | undefined {
  const [found] =
    /0692[A-Z][0-9A-Z]{2}[a-z]\d{2}(?![0-9A-Za-z])/.exec(latin1(bytes.subarray(0, most))) ?? [];
  return found === undefined ? undefined : parseNortelImageName(found);
}

function hex(number: number): string {
  return `0x${number.toString(16).padStart(8, '0')}`;
}

function refuse(field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset: 0, claimed, actual });
}
