import { CodecError } from '../../wire/codec-error.ts';

/** Reads a short text from left to right; its errors name the character, counted from 0. */
export class TextCursor {
  readonly #text: string;
  readonly #field: string;
  #offset = 0;

  constructor(text: string, field: string) {
    this.#text = text;
    this.#field = field;
  }

  get offset(): number {
    return this.#offset;
  }

  at(text: string): boolean {
    return this.#text.startsWith(text, this.#offset);
  }

  /** Whether it was there; then it is behind. */
  take(text: string): boolean {
    if (!this.at(text)) return false;
    this.#offset += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail(JSON.stringify(text));
  }

  /** The pattern must be sticky. */
  match(pattern: RegExp, claimed: string): string {
    pattern.lastIndex = this.#offset;
    const [found] = pattern.exec(this.#text) ?? this.fail(claimed);
    this.#offset += found.length;
    return found;
  }

  /** Decimal; zeros in front are digits that count for nothing. */
  number(what: string, digits: number, most: number): number {
    const start = this.#offset;
    const claimed = `${what} from 0 to ${most} in at most ${digits} digits`;
    const found = this.match(/\d+/y, claimed);
    if (found.length > digits || Number(found) > most) this.fail(claimed, start);
    return Number(found);
  }

  end(): void {
    if (this.#offset < this.#text.length) this.fail('its end');
  }

  fail(claimed: string, offset = this.#offset): never {
    const rest = this.#text.slice(offset, offset + 20);
    const actual = rest === '' ? 'the end' : JSON.stringify(rest);
    throw new CodecError({ field: this.#field, offset, claimed, actual });
  }
}
