type Entry = { readonly version: string; readonly bytes: Uint8Array };

/** Contents by key, each of one version; drops the least recently used ones beyond a size. */
export class ByteCache {
  readonly #maxBytes: number;
  /** Oldest use first: Map keeps the order of insertion. */
  readonly #entries = new Map<string, Entry>();
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string, version: string): Uint8Array | undefined {
    const entry = this.#entries.get(key);
    if (entry?.version !== version) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.bytes;
  }

  set(key: string, version: string, bytes: Uint8Array): void {
    this.#delete(key);
    if (bytes.length > this.#maxBytes) return;
    this.#entries.set(key, { version, bytes });
    this.#size += bytes.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#maxBytes) return;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  #delete(key: string): void {
    this.#size -= this.#entries.get(key)?.bytes.length ?? 0;
    this.#entries.delete(key);
  }
}
