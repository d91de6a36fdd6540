/**
 * The known word that a misspelt one was meant to be, in any letter case: the fewest letters to put
 * in, take out, change or swap. Undefined where more than one letter in four is wrong.
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const allowed = Math.min(3, Math.floor(wanted.length / 4));
  const near = known
    .filter(({ length }) => Math.abs(length - wanted.length) <= allowed)
    .map((candidate) => ({ candidate, wrong: lettersWrong(wanted, candidate.toLowerCase()) }))
    .filter(({ wrong }) => wrong <= allowed);
  return near.toSorted((a, b) => a.wrong - b.wrong)[0]?.candidate;
}

/** Row by row through the table of prefixes; each row is a letter of the first word. */
function lettersWrong(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next.push(
        Math.min(
          (last[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (last[at - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[at - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}
