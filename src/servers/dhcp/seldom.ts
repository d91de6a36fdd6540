import type { DhcpProblem, OnProblem } from './problem.ts';

/** Problems of one code are told once in this time. */
const quietMs = 10_000;

/** Tells problems that every message may bring, and how many there were since the last time. */
export class SeldomProblems {
  readonly #onProblem: OnProblem;
  readonly #now: () => number;
  readonly #told = new Map<DhcpProblem['code'], { at: number; since: number }>();

  constructor(onProblem: OnProblem, now: () => number) {
    this.#onProblem = onProblem;
    this.#now = now;
  }

  tell(code: DhcpProblem['code'], text: string): void {
    const now = this.#now();
    const last = this.#told.get(code);
    if (last && Math.abs(now - last.at) < quietMs) {
      last.since++;
      return;
    }
    const more = last?.since ? ` (and ${last.since} like it since the last such message)` : '';
    this.#told.set(code, { at: now, since: 0 });
    this.#onProblem({ code, text: `${text}${more}` });
  }
}
