import { CodecError } from '../../wire/codec-error.ts';
import { latin1, Reader } from '../../wire/reader.ts';

export type ImageKind = 'loader' | 'application';

export type ImageBody = {
  /** The name that the phone compares with the file's, e.g. `P0S3-8-12-00`. */
  readonly name: string;
  /** Eight characters, e.g. `PAS30830`; a `.loads` file's LA_VERSION is the loader's. */
  readonly internalVersion: string;
  readonly kind: ImageKind;
  /** Bytes. */
  readonly size: number;
};

export type ImageBodyInput = ImageBody & {
  /** Gets the bytes behind the fields, all zero, to fill them. */
  readonly fill: (bytes: Uint8Array) => void;
};

const vectors = { count: 8, topByte: 0xea };
const at = {
  name: 0x20,
  nameEnd: 0x118,
  format: 0x118,
  internalVersion: 0x120,
  kind: 0x130,
  compressedLength: 0x138,
  content: 0x140,
};
const internalVersionLength = 8;
const loaderKind = 0x80000001;

/**
 * The image of a 7940/7960: a `.bin` file, or a `.sbn` or `.sb2` file behind its signed header.
 * Layout as in Cisco's releases 7.5, 8.1 and 8.12.
 */
export function decodeImageBody(bytes: Uint8Array): ImageBody {
  const reader = new Reader(bytes);
  for (let index = 0; index < vectors.count; index++) {
    const offset = reader.offset;
    const word = reader.u32LE('exception vector');
    if (word >>> 24 === vectors.topByte) continue;
    reader.fail('exception vector', '0xeaxxxxxx', `0x${word.toString(16)}`, offset);
  }
  const name = textOf(reader.take(at.nameEnd - at.name, 'image name'));
  if (!/^[\x21-\x7e]+$/.test(name))
    reader.fail('image name', 'printable text', JSON.stringify(name), at.name);
  reader.seek(at.internalVersion, 'internal version');
  const internalVersion = textOf(reader.take(internalVersionLength, 'internal version'));
  if (!/^[\x20-\x7e]*$/.test(internalVersion)) {
    const actual = JSON.stringify(internalVersion);
    reader.fail('internal version', 'printable text', actual, at.internalVersion);
  }
  reader.seek(at.kind, 'kind');
  const kind = reader.u32LE('kind') === loaderKind ? 'loader' : 'application';
  return { name, internalVersion, kind, size: bytes.length };
}

/**
 * Bytes that a loader has by its own header; undefined in an application, which does not say. For an
 * image that `decodeImageBody` has read.
 */
export function statedSize(bytes: Uint8Array): number | undefined {
  const reader = new Reader(bytes);
  reader.seek(at.kind, 'kind');
  if (reader.u32LE('kind') !== loaderKind) return undefined;
  reader.seek(at.compressedLength, 'compressed length');
  return reader.u32LE('compressed length') + at.name;
}

/** A synthetic image: every field in its place, and no code. */
export function encodeImageBody(input: ImageBodyInput): Uint8Array {
  const { name, internalVersion, kind, size, fill } = input;
  if (!/^[\x21-\x7e]+$/.test(name) || name.length >= at.nameEnd - at.name)
    refuse('image name', 'printable text that fits its field', JSON.stringify(name));
  if (!/^[A-Z0-9]{8}$/.test(internalVersion))
    refuse('internal version', '8 upper-case letters and digits', JSON.stringify(internalVersion));
  if (!Number.isInteger(size) || size < at.content || size > 0xffffffff)
    refuse('size', `bytes, ${at.content} or more`, `${size}`);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (let offset = 0; offset < 4 * vectors.count; offset += 4) {
    // A branch counts words from two instructions ahead.
    const words = (at.content - offset - 8) / 4;
    view.setUint32(offset, vectors.topByte * 0x1000000 + words, true);
  }
  bytes.set(Buffer.from(name, 'latin1'), at.name);
  view.setUint32(at.format, 3, true);
  bytes.set(Buffer.from(internalVersion, 'latin1'), at.internalVersion);
  if (kind === 'loader') {
    view.setUint32(at.kind, loaderKind, true);
    view.setUint32(at.compressedLength, size - at.name, true);
  }
  fill(bytes.subarray(at.content));
  return bytes;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return latin1(end < 0 ? bytes : bytes.subarray(0, end));
}

function refuse(field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset: 0, claimed, actual });
}
