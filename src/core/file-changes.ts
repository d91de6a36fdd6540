import { createHash } from 'node:crypto';
import type { BootRequest } from '../model/boot.ts';
import type { ServedFile } from '../model/served.ts';
import { textOf } from './served.ts';
import type { ShowText } from './shown-text.ts';
import { unifiedDiff } from './text-diff.ts';
import { samePath } from './view.ts';

/** What a phone would find now at a path; undefined where there is nothing. */
export type FileNow = { readonly path: string; readonly bytes: Uint8Array | undefined };

/** How a file that a phone would get differs from what it took last. Secrets are hidden. */
export type FileChange = {
  readonly path: string;
  /** `new`: it never took it. `gone`: it would not find it any more. */
  readonly state: 'same' | 'changed' | 'new' | 'gone';
  /** When it took it. */
  readonly at?: number;
  /**
   * In the unified format; without it one of the two is no text, too long to be kept, or holds
   * secrets that cannot be found.
   */
  readonly diff?: string;
};

/** Each path once, in the order of `now`. What it was told to be missing since is not `gone`. */
export function fileChanges(
  served: readonly ServedFile[],
  now: readonly FileNow[],
  requests: readonly BootRequest[],
  show: ShowText,
): readonly FileChange[] {
  const before = new Map<string, ServedFile>();
  for (const file of served) {
    const other = before.get(samePath(file.path));
    if (!other || other.at <= file.at) before.set(samePath(file.path), file);
  }
  return now.flatMap(({ path, bytes }): readonly FileChange[] => {
    const file = before.get(samePath(path));
    if (!file) return bytes ? [{ path, state: 'new' }] : [];
    if (!bytes) return missedSince(file, requests) ? [] : [{ path, state: 'gone', at: file.at }];
    return [changeOf(path, file, bytes, show)];
  });
}

function missedSince({ path, at }: ServedFile, requests: readonly BootRequest[]): boolean {
  return requests.some(
    (request) =>
      request.outcome === 'missing' && request.at > at && samePath(request.path) === samePath(path),
  );
}

function changeOf(
  path: string,
  { at, sha256, text }: ServedFile,
  bytes: Uint8Array,
  show: ShowText,
): FileChange {
  if (createHash('sha256').update(bytes).digest('hex') === sha256)
    return { path, state: 'same', at };
  const now = textOf(bytes);
  if (text === undefined || now === undefined) return { path, state: 'changed', at };
  const [shownBefore, shownNow] = [show(path, Buffer.from(text)), show(path, bytes)];
  if (shownBefore === undefined || shownNow === undefined) return { path, state: 'changed', at };
  const before = { text, shown: shownBefore };
  return { path, state: 'changed', at, diff: unifiedDiff(before, { text: now, shown: shownNow }) };
}
