import type { Expected } from './upgrade-matrix-expected.ts';
import { fromGroups, isIn, kindOf, table3 } from './upgrade-matrix-table.ts';

/** Two images, the plans between them and how a virtual phone ended. */
export type Pair = {
  readonly from: string;
  readonly to: string;
  readonly direct: Expected;
  readonly cautious: Expected;
  readonly end: { readonly state: string; readonly display: string };
};

const intro = `# The upgrade matrix, counted

Written by \`test/upgrade-matrix.test.ts\` (\`UPDATE=1\` writes it anew): every ordered pair of the image
from manufacturing, the images of the upgrade matrix's Table 2 and releases of 8.x. For each pair the
plan is compared with Table 3, and a virtual phone is carried through it, or, where there is no way,
shown a folder that names the image in every file. Deviations are explained in
[quirks](quirks.md#deviations-from-table-3).
`;

/** docs/upgrade-matrix.md. */
export function matrixPage(pairs: readonly Pair[]): string {
  return [
    intro,
    `${pairs.length} pairs; ${count(pairs, isPossible)} have a way, ${count(pairs, (pair) => !isPossible(pair))} have none.`,
    '',
    '## By row of Table 3',
    '',
    ...table(['from', 'to', 'pairs', 'Table 3', 'plan', 'deviations'], rowsOf(pairs)),
    '',
    '## What cautious plans change',
    '',
    ...table(['rule', 'pairs', 'example'], changes(pairs)),
    '',
    '## Where there is no way',
    '',
    'How a virtual phone ends that is shown the image all the same; it always keeps what it had.',
    '',
    ...table(['from', 'pairs', 'state', 'display'], ends(pairs)),
    '',
  ].join('\n');
}

function isPossible({ direct }: Pair): boolean {
  return direct.hops !== undefined;
}

function count(pairs: readonly Pair[], is: (pair: Pair) => boolean): number {
  return pairs.filter(is).length;
}

function groupOf(image: string): string {
  return fromGroups.find((group) => isIn(group, kindOf(image)))?.label ?? '';
}

function rowsOf(pairs: readonly Pair[]): readonly (readonly string[])[] {
  const rows = table3.map(({ from, to, procedure }) => {
    const own = pairs.filter((pair) => isIn(from, kindOf(pair.from)) && isIn(to, kindOf(pair.to)));
    return [from.label, to.label, String(own.length), procedure, plans(own), deviations(own)];
  });
  const without = fromGroups.flatMap((from) => {
    const own = pairs.filter(
      (pair) => pair.direct.table === 'none' && isIn(from, kindOf(pair.from)),
    );
    if (own.length === 0) return [];
    return [
      [from.label, 'anything else', String(own.length), 'no row', plans(own), deviations(own)],
    ];
  });
  return [...rows, ...without];
}

/** `B 104, B B 12, none 3`: the procedures of the hops of direct plans. */
function plans(pairs: readonly Pair[]): string {
  return tally(pairs.map(({ direct }) => direct.hops?.map(letterOf).join(' then ') ?? 'none'));
}

function letterOf(hop: string): string {
  return hop.slice(hop.lastIndexOf(' ') + 1);
}

function deviations(pairs: readonly Pair[]): string {
  return tally(pairs.flatMap(({ direct }) => direct.deviations.map((name) => `\`${name}\``)));
}

function changes(pairs: readonly Pair[]): readonly (readonly string[])[] {
  const names = pairs.flatMap(({ direct, cautious }) =>
    cautious.deviations.filter((name) => !direct.deviations.includes(name)),
  );
  return [...new Set(names)].sort().map((name) => {
    const own = pairs.filter(
      ({ direct, cautious }) =>
        cautious.deviations.includes(name) && !direct.deviations.includes(name),
    );
    const [{ from, cautious } = { from: '', cautious: undefined }] = own;
    return [`\`${name}\``, String(own.length), `${from}: ${cautious?.hops?.join(', ') ?? ''}`];
  });
}

function ends(pairs: readonly Pair[]): readonly (readonly string[])[] {
  const own = pairs.filter((pair) => !isPossible(pair));
  const groups = Map.groupBy(own, ({ from, end }) =>
    JSON.stringify([groupOf(from), end.state, end.display]),
  );
  return [...groups].map(([key, of]) => {
    const [from = '', state = '', display = ''] = JSON.parse(key) as string[];
    return [from, String(of.length), state, display];
  });
}

function tally(words: readonly string[]): string {
  const groups = Map.groupBy(words, (word) => word);
  return [...groups].map(([word, { length }]) => `${word} (${length})`).join(', ');
}

/** As the formatter aligns it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
