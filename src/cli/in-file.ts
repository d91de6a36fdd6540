import { AppError } from '../errors.ts';
import { CodecError } from '../wire/codec-error.ts';

/** Decodes a file; errors of codecs name the place in it, and here the file. */
export function inFile<T>(path: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T {
  try {
    return decode(bytes);
  } catch (cause) {
    if (!(cause instanceof CodecError)) throw cause;
    throw new AppError('not-possible', `${path}: ${cause.message}`, { cause });
  }
}
