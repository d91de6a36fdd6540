import type { Finding } from '../../../../model/finding.ts';
import type { Origin } from '../../../../model/render.ts';
import type { Candidate } from './sep-candidates.ts';

/** A value of a path that is numbered where it must be. */
export type SepEntry = {
  readonly path: string;
  readonly value: string;
  readonly origin: Origin;
  readonly secret?: boolean;
};

export type SepPart = {
  readonly entries: readonly SepEntry[];
  readonly findings: readonly Finding[];
};

export function entryOf({ value, origin, parameter }: Candidate, path: string): SepEntry {
  return { path, value, origin, secret: parameter.secret === true };
}

export function needed(path: string, value: string, because: string): SepEntry {
  return { path, value, origin: { kind: 'needed', because } };
}

/** The first entry of each path counts. */
export function firstOfEach(entries: readonly SepEntry[]): readonly SepEntry[] {
  const byPath = new Map<string, SepEntry>();
  for (const entry of entries) if (!byPath.has(entry.path)) byPath.set(entry.path, entry);
  return [...byPath.values()];
}
