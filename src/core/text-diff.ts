/** A line of two texts: in both, or taken away from the old one, or added in the new one. */
export type DiffLine = {
  readonly kind: 'same' | 'gone' | 'new';
  /** Of the old text from 1; of a new line the number of the line that it comes before. */
  readonly oldLine: number;
  readonly newLine: number;
};

/** Longer texts are compared by their common beginning and end alone. */
const mostCells = 4_000_000;

/** How the lines of one text become those of another; the shortest way for texts of usual length. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const [oldEnd, newEnd] = [before.length - tail, after.length - tail];
  const lines: DiffLine[] = [];
  const take = (kind: DiffLine['kind'], oldAt: number, newAt: number) =>
    void lines.push({ kind, oldLine: oldAt + 1, newLine: newAt + 1 });
  for (let at = 0; at < head; at++) take('same', at, at);
  let [oldAt, newAt] = [head, head];
  for (const kind of middle(before.slice(head, oldEnd), after.slice(head, newEnd))) {
    take(kind, oldAt, newAt);
    if (kind !== 'new') oldAt++;
    if (kind !== 'gone') newAt++;
  }
  for (let at = 0; at < tail; at++) take('same', oldEnd + at, newEnd + at);
  return lines;
}

/** By the longest common subsequence; what goes away before what comes. */
function middle(before: readonly string[], after: readonly string[]): readonly DiffLine['kind'][] {
  const all = (kind: DiffLine['kind'], lines: readonly string[]) => lines.map(() => kind);
  const width = after.length + 1;
  if (before.length * width > mostCells) return [...all('gone', before), ...all('new', after)];
  // Length of what is common to the rests of both from here on.
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kinds: DiffLine['kind'][] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    const same = before[row] === after[column];
    const gone = !same && at(row + 1, column) >= at(row, column + 1);
    kinds.push(same ? 'same' : gone ? 'gone' : 'new');
    if (same || gone) row++;
    if (same || !gone) column++;
  }
  return [...kinds, ...all('gone', before.slice(row)), ...all('new', after.slice(column))];
}

/** Lines around a change that are shown with it. */
const context = 3;
const marks = { same: ' ', gone: '-', new: '+' } as const;

/** What a text is compared with another by, and what is shown of it: line for line. */
export type DiffText = { readonly text: string; readonly shown: string };

/**
 * The changed places in the unified format, without the two lines that name the files; '' where the
 * texts are the same. POSIX diff, "Diff -u or -U Output Format".
 */
export function unifiedDiff(before: DiffText, after: DiffText): string {
  const lines = diffLines(linesOf(before.text), linesOf(after.text));
  const [old, now] = [linesOf(before.shown), linesOf(after.shown)];
  const textOf = ({ kind, oldLine, newLine }: DiffLine) =>
    marks[kind] + ((kind === 'new' ? now[newLine - 1] : old[oldLine - 1]) ?? '');
  return hunksOf(lines)
    .flatMap((hunk) => [heading(hunk), ...hunk.map(textOf)])
    .join('\n');
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function hunksOf(lines: readonly DiffLine[]): readonly (readonly DiffLine[])[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries())
    if (kind !== 'same') for (let at = index - context; at <= index + context; at++) near.add(at);
  const hunks: DiffLine[][] = [];
  for (const [index, line] of lines.entries()) {
    if (!near.has(index)) continue;
    if (near.has(index - 1) && index > 0) hunks.at(-1)?.push(line);
    else hunks.push([line]);
  }
  return hunks;
}

/** `@@ -3,7 +3,8 @@`; a side without lines gives the number of the line before. */
function heading(hunk: readonly DiffLine[]): string {
  const side = (other: DiffLine['kind'], first: number | undefined) => {
    const count = hunk.filter(({ kind }) => kind !== other).length;
    const start = (first ?? 1) - (count === 0 ? 1 : 0);
    return count === 1 ? `${start}` : `${start},${count}`;
  };
  return `@@ -${side('new', hunk[0]?.oldLine)} +${side('gone', hunk[0]?.newLine)} @@`;
}
