import { isUtf8 } from 'node:buffer';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';

/** A text and how its bytes hold it, so that the same bytes can be written again. */
export type ByteText = {
  readonly text: string;
  /** `latin1`, a character a byte, for bytes that are no UTF-8. */
  readonly encoding: 'utf-8' | 'latin1';
};

/**
 * Reads the bytes of a configuration file; `encodeByteText` gives them back as they were. A byte
 * order mark stays in the text. Throws a CodecError for UTF-16, which phones do not read.
 */
export function decodeByteText(bytes: Uint8Array): ByteText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new CodecError({
      field: 'line 1, column 1',
      offset: 0,
      claimed: 'a text in UTF-8',
      actual: 'one in UTF-16',
    });
  if (!isUtf8(bytes)) return { text: latin1(bytes), encoding: 'latin1' };
  const { buffer, byteOffset, byteLength } = bytes;
  return { text: Buffer.from(buffer, byteOffset, byteLength).toString('utf8'), encoding: 'utf-8' };
}

/** Throws a CodecError for a text with characters that Latin-1 does not have. */
export function encodeByteText({ text, encoding }: ByteText): Uint8Array {
  const bytes = Buffer.from(text, encoding);
  const strange = encoding === 'latin1' ? /[^\0-\xff]/.exec(text) : /\p{Surrogate}/u.exec(text);
  if (strange === null) return bytes;
  throw new CodecError({
    field: 'text',
    offset: strange.index,
    claimed: encoding === 'latin1' ? 'characters of Latin-1' : 'whole characters',
    actual: JSON.stringify(strange[0]),
  });
}
