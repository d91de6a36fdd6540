import { createHash } from 'node:crypto';

/** Strong entity tags: equal for equal contents. RFC 9110 section 8.8.3. */
export class EntityTags {
  /** Contents never change, and are handed over as the same bytes again while they are cached. */
  readonly #tags = new WeakMap<Uint8Array, string>();

  of(bytes: Uint8Array): string {
    const known = this.#tags.get(bytes);
    if (known !== undefined) return known;
    const digest = createHash('sha256').update(bytes).digest('base64url');
    const tag = `"${digest}"`;
    this.#tags.set(bytes, tag);
    return tag;
  }
}
