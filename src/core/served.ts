import { createHash } from 'node:crypto';
import type { ServedFile } from '../model/served.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import { plainPath, type Found } from './view.ts';

/** Remembers what phones took last, off the path on which they wait. */
export type ServedRecord = {
  took(mac: Mac, path: string, found: Taken): void;
  /** Resolves when all that was taken so far is on disk. */
  flush(): Promise<void>;
};

type Taken = Pick<Found, 'bytes' | 'source'>;

export type ServedLimits = {
  /** Milliseconds for which files are gathered. */
  readonly everyMs: number;
  /** Bytes up to which the text itself is kept. */
  readonly textBytes: number;
};

/** Images are not kept: their names say which they are. */
export function createServedRecord(
  store: Pick<Store, 'servedPut'>,
  clock: Clock,
  { everyMs, textBytes }: ServedLimits,
  onProblem: (error: unknown) => void,
): ServedRecord {
  const waiting = new Map<string, ServedFile>();
  let writing: Promise<void> = Promise.resolve();
  let cancel: (() => void) | undefined;

  async function write(): Promise<void> {
    const files = [...waiting.values()];
    waiting.clear();
    if (files.length > 0) await store.servedPut(files).catch(onProblem);
  }

  function flush(): Promise<void> {
    cancel?.();
    cancel = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    took(mac, path, found) {
      if (found.source === 'library') return;
      const file = servedFile(mac, path, found, clock.now(), textBytes);
      waiting.set(`${mac}/${file.path}`, file);
      cancel ??= clock.after(everyMs, () => void flush());
    },
    flush,
  };
}

function servedFile(
  mac: Mac,
  path: string,
  { bytes, source }: Taken,
  at: number,
  textBytes: number,
): ServedFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = bytes.length > textBytes ? undefined : textOf(bytes);
  const file = { mac, path: plainPath(path), at, source, size: bytes.length, sha256 };
  return text === undefined ? file : { ...file, text };
}

/** Undefined where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
