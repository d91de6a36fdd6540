/** What one server counts, by name; all begin at 0. */
export class Counters<Name extends string> {
  readonly #counts: Record<Name, number>;

  constructor(names: readonly Name[]) {
    this.#counts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  }

  add(name: Name, by = 1): void {
    this.#counts[name] += by;
  }

  get counts(): Readonly<Record<Name, number>> {
    return { ...this.#counts };
  }
}
