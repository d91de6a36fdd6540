import type { BigIntStats } from 'node:fs';

const clockStepMs = 2000;

/** Differs when a file or folder was replaced or changed. */
export function versionOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}

/**
 * Whether the next change is sure to change the version too. File systems stamp changes with a
 * clock of coarse steps, so that two changes in quick succession may carry the same time.
 */
export function isSettled({ mtimeMs, ctimeMs }: BigIntStats, now: number): boolean {
  const changedAt = Math.max(Number(mtimeMs), Number(ctimeMs));
  return now - changedAt > clockStepMs;
}
