import { readdir, realpath, stat } from 'node:fs/promises';
import type { BigIntStats } from 'node:fs';
import { join, sep } from 'node:path';
import { ByteCache } from './byte-cache.ts';
import { isSettled, versionOf } from './file-version.ts';
import { FolderNames } from './folder-names.ts';
import { readWholeFile } from './whole-file.ts';

/** Why a path that names something does not give its bytes. */
export type FileProblem = { readonly path: string; readonly reason: string };

export type FileTreeOptions = {
  /** Larger files are missing. */
  readonly maxFileBytes: number;
  /** Bytes of file contents to keep. */
  readonly cacheBytes: number;
  readonly onProblem?: (problem: FileProblem) => void;
  readonly now?: () => number;
};

export type TreeFile = {
  /** In shared memory; never changed, not even when the file on disk is. */
  readonly bytes: Uint8Array;
  /** Path below the root, as written on disk. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
};

/** The files below a folder, to be read whole. Nothing outside is ever read. */
export type FileTree = {
  /** Undefined for what is missing or may not be read; never rejects. */
  read(path: string): Promise<TreeFile | undefined>;
  /** All names that `read` takes, sorted. */
  list(): Promise<string[]>;
  close(): void;
};

type Found = {
  readonly kind: 'found';
  readonly name: string;
  /** The path on disk, free of links. */
  readonly real: string;
  readonly status: BigIntStats;
};
type Lookup =
  Found | { readonly kind: 'barred'; readonly reason: string } | { readonly kind: 'absent' };

const absent: Lookup = { kind: 'absent' };
const unsafe = /[\\\0]/;

/** Rejects when the root is no folder. */
export async function openFileTree(root: string, options: FileTreeOptions): Promise<FileTree> {
  const realRoot = await realpath(root);
  if (!(await stat(realRoot)).isDirectory()) throw new Error(`${root} is not a folder`);
  return new FolderTree(realRoot, options);
}

class FolderTree implements FileTree {
  readonly #root: string;
  readonly #options: FileTreeOptions;
  readonly #now: () => number;
  readonly #folderNames: FolderNames;
  readonly #cache: ByteCache;
  /** By path and version, so that many phones that ask at once make one reading. */
  readonly #readings = new Map<string, Promise<Uint8Array>>();
  #closed = false;

  constructor(realRoot: string, options: FileTreeOptions) {
    this.#root = realRoot;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#folderNames = new FolderNames(this.#now);
    this.#cache = new ByteCache(options.cacheBytes);
  }

  async read(path: string): Promise<TreeFile | undefined> {
    if (this.#closed) return undefined;
    try {
      const lookup = await this.#find(path);
      if (lookup.kind === 'absent') return undefined;
      if (lookup.kind === 'barred') return this.#miss(path, lookup.reason);
      const modifiedAt = Number(lookup.status.mtimeMs);
      return { bytes: await this.#content(lookup), name: lookup.name, modifiedAt };
    } catch (error) {
      return this.#miss(path, error instanceof Error ? error.message : String(error));
    }
  }

  async list(): Promise<string[]> {
    return (await this.#walk([], [this.#root])).sort();
  }

  close(): void {
    this.#closed = true;
    this.#cache.clear();
  }

  #miss(path: string, reason: string): undefined {
    this.#options.onProblem?.({ path, reason });
  }

  /** The exact path where there is one, else the first in order that differs in case only. */
  async #find(path: string): Promise<Lookup> {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    const bad = parts.find((part) => part === '..' || unsafe.test(part));
    if (bad !== undefined) return barred(`${JSON.stringify(bad)} is not allowed in a path`);
    if (parts.length === 0) return barred('names no file');
    const exact = await this.#locate(parts);
    return exact.kind === 'absent' ? this.#findFolded([], parts) : exact;
  }

  async #findFolded(above: readonly string[], parts: readonly string[]): Promise<Lookup> {
    const [part, ...below] = parts;
    if (part === undefined) return this.#locate(above);
    let best = absent;
    for (const name of await this.#folderNames.spellings(join(this.#root, ...above), part)) {
      const lookup = await this.#findFolded([...above, name], below);
      if (lookup.kind === 'found') return lookup;
      if (best.kind === 'absent') best = lookup;
    }
    return best;
  }

  async #locate(parts: readonly string[]): Promise<Lookup> {
    try {
      const real = await realpath(join(this.#root, ...parts));
      if (!this.#holds(real)) return barred('leads out of the tree');
      const status = await stat(real, { bigint: true });
      if (status.isDirectory()) return barred('is a folder');
      if (!status.isFile()) return barred('is not a regular file');
      return { kind: 'found', real, status, name: parts.join('/') };
    } catch (error) {
      if (isAbsence(error)) return absent;
      throw error;
    }
  }

  #holds(real: string): boolean {
    return real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep);
  }

  async #content({ real, status }: Found): Promise<Uint8Array> {
    const version = versionOf(status);
    const cached = this.#cache.get(real, version);
    if (cached) return cached;
    const key = `${version} ${real}`;
    const underWay = this.#readings.get(key);
    if (underWay) return underWay;
    const reading = this.#load(real).finally(() => this.#readings.delete(key));
    this.#readings.set(key, reading);
    return reading;
  }

  async #load(real: string): Promise<Uint8Array> {
    const { bytes, status } = await readWholeFile(real, this.#options.maxFileBytes);
    if (isSettled(status, this.#now()) && !this.#closed)
      this.#cache.set(real, versionOf(status), bytes);
    return bytes;
  }

  /** `above` holds the real paths of the folder and of those that it lies in. */
  async #walk(parts: readonly string[], above: readonly string[]): Promise<string[]> {
    const names = await readdir(join(this.#root, ...parts)).catch(() => []);
    const below = names.map(async (name) => {
      const path = [...parts, name];
      const real = await realpath(join(this.#root, ...path)).catch(() => undefined);
      // A link to a folder that it lies in would be followed for ever.
      if (unsafe.test(name) || !real || !this.#holds(real) || above.includes(real)) return [];
      const status = await stat(real).catch(() => undefined);
      if (status?.isDirectory()) return this.#walk(path, [...above, real]);
      const takes = status?.isFile() && status.size <= this.#options.maxFileBytes;
      return takes ? [path.join('/')] : [];
    });
    return (await Promise.all(below)).flat();
  }
}

function barred(reason: string): Lookup {
  return { kind: 'barred', reason };
}

/** No such name, a file where a folder should be, or a name longer than any can be. */
function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}
