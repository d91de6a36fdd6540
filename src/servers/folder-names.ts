import { readdir, stat } from 'node:fs/promises';
import { isSettled, versionOf } from './file-version.ts';

type Listing = { readonly version: string; readonly byFoldedName: ReadonlyMap<string, string[]> };

/** Finds names in folders whatever their case. Remembers the listing of each folder looked at. */
export class FolderNames {
  readonly #now: () => number;
  readonly #listings = new Map<string, Listing>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The ways in which a name is written in the folder, sorted; none where there is no folder. */
  async spellings(folder: string, name: string): Promise<readonly string[]> {
    try {
      const { byFoldedName } = await this.#list(folder);
      return byFoldedName.get(fold(name)) ?? [];
    } catch {
      this.#listings.delete(folder);
      return [];
    }
  }

  async #list(folder: string): Promise<Listing> {
    const status = await stat(folder, { bigint: true });
    const version = versionOf(status);
    const known = this.#listings.get(folder);
    if (known?.version === version) return known;
    const names = (await readdir(folder)).sort();
    const listing = { version, byFoldedName: Map.groupBy(names, fold) };
    if (isSettled(status, this.#now())) this.#listings.set(folder, listing);
    return listing;
  }
}

function fold(name: string): string {
  return name.toLowerCase();
}
