/**
 * In the mean, and at once. A receiver with the system's usual buffer of 208 KiB has room for about
 * 200 answers: what has waited for a transaction or the processor must not come all together.
 */
const perMillisecond = 80;
const atOnce = 80;

/** How many answers may leave: a bucket that fills with time, also with the time that a timer is late. */
export class AnswerPace {
  readonly #now: () => number;
  #left = atOnce;
  #at: number;

  /** `now`: milliseconds of a clock that is never set. */
  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  allowed(): number {
    const now = this.#now();
    this.#left = Math.min(atOnce, this.#left + (now - this.#at) * perMillisecond);
    this.#at = now;
    return Math.floor(this.#left);
  }

  /** So many of those that were allowed have left. */
  sent(count: number): void {
    this.#left -= count;
  }
}
