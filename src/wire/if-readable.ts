import { CodecError } from './codec-error.ts';

/** What was read; undefined where it throws a CodecError. */
export function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
