import type { PathProblem } from '../../core/firmware/entry-name.ts';
import type { Budget } from './limits.ts';
import type { Staged } from './staging.ts';

/** What a reader of archives does with what it finds. */
export type Unpacking = {
  /** Of the archive. */
  readonly file: string;
  /** Bytes of the whole package. */
  readonly size: number;
  readonly budget: Budget;
  /** Bytes of the package that have been read. */
  readonly onRead: (bytes: number) => void;
  put(source: AsyncIterable<Uint8Array>): Promise<Staged>;
  /** A file with a path that was checked. */
  found(path: string, staged: Staged): void;
  refused(path: string, why: PathProblem | 'link' | 'special'): void;
};
