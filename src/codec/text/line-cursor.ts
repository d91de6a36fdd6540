import { byteOrderMark } from './place.ts';

/**
 * Finds the lines of a text in one pass over it. Lines end as in `splitLines`; a byte order mark is
 * no part of the first one.
 */
export class LineCursor {
  readonly #text: string;
  #line = 1;
  #start: number;
  #next: number;
  #feed = -1;
  #return = -1;

  constructor(text: string) {
    this.#text = text;
    this.#start = text.startsWith(byteOrderMark) ? 1 : 0;
    this.#next = this.#nextStart(0);
  }

  /** Counts from 1. */
  get line(): number {
    return this.#line;
  }

  /** Goes to the line of this offset and returns the column, from 1. Offsets may never go back. */
  columnAt(offset: number): number {
    while (offset >= this.#next) {
      this.#start = this.#next;
      this.#next = this.#nextStart(this.#start);
      this.#line++;
    }
    return offset - this.#start + 1;
  }

  #nextStart(from: number): number {
    if (this.#feed < from) this.#feed = this.#find('\n', from);
    if (this.#return < from) this.#return = this.#find('\r', from);
    if (this.#return + 1 < this.#feed) return this.#return + 1;
    return this.#feed + 1;
  }

  #find(end: string, from: number): number {
    const at = this.#text.indexOf(end, from);
    return at < 0 ? Infinity : at;
  }
}
