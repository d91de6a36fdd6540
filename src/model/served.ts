import type { Mac } from '../wire/mac.ts';
import type { FileSource } from './boot.ts';

/** The last version of a configuration file that a phone took whole. */
export type ServedFile = {
  readonly mac: Mac;
  /** As the phone wrote it, without the `./` or `/` before it. */
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: FileSource;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Of a small file that is text. */
  readonly text?: string;
};
