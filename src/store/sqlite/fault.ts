import type { StoreErrorCode } from '../store-error.ts';
import { StoreError } from '../store-error.ts';

/** By primary result code, https://www.sqlite.org/rescode.html; the text follows the file's name. */
const faults: ReadonlyMap<number, readonly [StoreErrorCode, string]> = new Map([
  [5, ['unavailable', 'is in use by another process']],
  [8, ['unavailable', 'cannot be written: it is read-only']],
  [10, ['unavailable', 'cannot be read or written: the disk failed']],
  [11, ['unreadable', 'is damaged; restore it from a backup']],
  [13, ['unavailable', 'cannot grow: the disk is full']],
  [14, ['unavailable', 'cannot be opened']],
  [26, ['unreadable', 'is not a SQLite database']],
]);

/** Says an error of node:sqlite in words that name the file; others pass as they are. */
export function sqliteFault(file: string, cause: unknown): unknown {
  if (!(cause instanceof Error) || !('errcode' in cause)) return cause;
  const fault = faults.get(Number(cause.errcode) & 0xff);
  if (fault === undefined) return cause;
  const [code, text] = fault;
  return new StoreError(code, `${file} ${text} (${cause.message})`, cause);
}
