const mostKept = 100;

/** What was told already: an unreachable network would be told with every packet. */
export class ToldOnce {
  readonly #told = new Set<string>();

  /** Whether it is new. From time to time all is forgotten, and told again. */
  isNew(text: string): boolean {
    if (this.#told.has(text)) return false;
    if (this.#told.size >= mostKept) this.#told.clear();
    this.#told.add(text);
    return true;
  }
}
