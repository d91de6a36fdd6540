import { closeSync, openSync, readdirSync, readSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import type { TreeFile } from '../../model/lint.ts';

const firstRoom = 64 * 1024;

/**
 * Paths of all files below a folder, with `/`, in their order; hidden ones and folders behind links left out.
 * Folders that may not be read are told of and passed over.
 */
export function* filesBelow(
  root: string,
  onProblem: (text: string) => void,
  folder = '',
): Generator<string> {
  const entries = entriesOf(root, folder, onProblem);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, onProblem, path);
    else if (entry.isFile()) yield path;
    else if (entry.isSymbolicLink() && leadsToFile(root, path, onProblem)) yield path;
  }
}

function entriesOf(
  root: string,
  folder: string,
  onProblem: (text: string) => void,
): readonly Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    // The folder that was asked for must be there.
    if (folder === '') throw error;
    onProblem(`${folder}: ${messageOf(error)}`);
    return [];
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function leadsToFile(root: string, path: string, onProblem: (text: string) => void): boolean {
  try {
    return statSync(join(root, path)).isFile();
  } catch (error) {
    onProblem(`${path}: ${messageOf(error)}`);
    return false;
  }
}

/** Reads files one after the other; what `read` gives holds until the next file is read. */
export class DiskFiles {
  #room = Buffer.allocUnsafe(firstRoom);
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  *files(paths: Iterable<string>): Generator<TreeFile> {
    for (const path of paths) yield this.#file(path);
  }

  #file(path: string): TreeFile {
    const whole = `${this.#root}/${path}`;
    const read = (most?: number) => this.#read(whole, most);
    return {
      path,
      get size() {
        return statSync(whole).size;
      },
      read,
    };
  }

  #read(path: string, most = Infinity): Uint8Array {
    const file = openSync(path, 'r');
    try {
      let length = 0;
      for (;;) {
        if (length === this.#room.length) this.#grow();
        const wanted = Math.min(this.#room.length - length, most - length);
        const count = readSync(file, this.#room, length, wanted, null);
        length += count;
        if (count < wanted || length >= most) return this.#room.subarray(0, length);
      }
    } finally {
      closeSync(file);
    }
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(2 * this.#room.length);
    this.#room.copy(larger);
    this.#room = larger;
  }
}
