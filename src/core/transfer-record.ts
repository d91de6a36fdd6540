import type { BootRequest } from '../model/boot.ts';
import type { SeenAnswer } from '../model/family.ts';
import type { Ended } from './asking.ts';
import type { Open } from './opens.ts';

/** Larger files, in bytes, are no configuration files. */
export const textLimit = 100_000;

/** A request and its end as a row of the timeline. */
export function recordOf(
  { at, tie, asking, found }: Open,
  { outcome, bytes, retries }: Pick<Ended, 'outcome' | 'bytes' | 'retries'>,
): BootRequest {
  const { protocol, address, port, path } = asking;
  const record = { at, protocol, address, port, path, tie, outcome, bytes, retries };
  return found ? { ...record, source: found.source } : record;
}

/** What the family's watch is told of it. */
export function seenAnswer(
  { found }: Open,
  { path, at, outcome, protocol }: BootRequest,
): SeenAnswer {
  if (!found || found.bytes.length > textLimit) return { path, at, outcome, protocol };
  return { path, at, outcome, protocol, text: Buffer.from(found.bytes).toString('utf8') };
}
