import type { CsvFile, CsvRecord } from '../codec/text/csv.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import {
  type CellProblem,
  type Column,
  type LineOptions,
  type LineOutcome,
  macOfLine,
  readLine,
} from './inventory-line.ts';
import { columnOf, columnTitle, type InventoryColumn } from './inventory-table.ts';
import { draftProblems } from './inventory.ts';
import { secretsOf } from './secrets.ts';
import { settingName } from './setting-name.ts';

export type LineResult = LineOutcome & {
  readonly line: number;
  readonly mac?: Mac;
  /** What was mended. */
  readonly notes: readonly Finding[];
};

export type InventoryImport = {
  /** One for each line with a phone; where the header is refused, that alone. */
  readonly lines: readonly LineResult[];
  /** Those of the lines that are added or changed, as they should be stored. */
  readonly phones: readonly Phone[];
};

export type InventoryImportOptions = {
  readonly families: readonly PhoneFamily[];
  readonly known: ReadonlyMap<Mac, Phone>;
  /** Takes settings that no table knows, and values that are none of the allowed ones. */
  readonly force: boolean;
};

/**
 * What a file makes of the inventory. An empty cell says nothing. Only what changes is checked, so
 * that a phone that was forced to have a setting does not stand in the way.
 */
export function importInventory(file: CsvFile, options: InventoryImportOptions): InventoryImport {
  const { columns, problems } = columnsOf(file, options);
  if (problems.length > 0)
    return {
      lines: [{ line: file.header.line, result: 'refused', problems, notes: [] }],
      phones: [],
    };
  const seen = new Map<Mac, number>();
  const width = file.header.cells.length;
  const isSecret = secretsOf(options.families).has;
  const names = settingNames(options.families);
  const lineOptions = { ...options, columns, isSecret, settingName: names };
  const read = file.records.map((record) => {
    const { mac, problem } = ownMac(record, columns, width, seen);
    const line = { line: record.line, ...(mac && { mac }) };
    if (problem || !mac) return { result: refusal(line, problem) };
    const before = options.known.get(mac);
    const { outcome, phone, notes } = readLine(mac, record, before, lineOptions);
    return { result: { ...line, ...outcome, notes }, phone };
  });
  return {
    lines: read.map(({ result }) => result),
    phones: read.flatMap(({ phone }) => phone ?? []),
  };
}

/** Remembers what it found: a file has few names and many lines. */
function settingNames(families: readonly PhoneFamily[]): LineOptions['settingName'] {
  const found = new Map<string, string>();
  return (model, name) => {
    const key = `${model}/${name}`;
    const family = families.find(({ models }) => models.some((each) => each.name === model));
    const known = found.get(key) ?? settingName(family?.parameters ?? [], name);
    found.set(key, known);
    return known;
  };
}

function refusal(
  line: { readonly line: number; readonly mac?: Mac },
  problem: CellProblem | undefined,
): LineResult {
  return { ...line, result: 'refused', problems: problem ? [problem] : [], notes: [] };
}

/** The MAC that a line is about, or why it is about none. */
function ownMac(
  record: CsvRecord,
  columns: readonly Column[],
  width: number,
  seen: Map<Mac, number>,
): { readonly mac?: Mac; readonly problem?: CellProblem } {
  const extra = record.cells.findIndex((cell, at) => cell !== '' && at >= width);
  if (extra >= 0) return { problem: { column: extra + 1, text: 'the header ends before it' } };
  const mac = macOfLine(record, columns);
  if (typeof mac !== 'string') return { problem: mac };
  const first = seen.get(mac);
  if (first === undefined) {
    seen.set(mac, record.line);
    return { mac };
  }
  return { mac, problem: { text: `${formatMac(mac)} stands on line ${first} too` } };
}

function columnsOf(
  { header, records }: CsvFile,
  options: InventoryImportOptions,
): { readonly columns: LineOptions['columns']; readonly problems: readonly CellProblem[] } {
  const columns: Column[] = [];
  const problems: CellProblem[] = [];
  for (const [at, title] of header.cells.entries()) {
    const meaning = columnOf(title);
    if (meaning) {
      const text = columnProblem(meaning, columns, options);
      if (text !== undefined) problems.push({ column: at + 1, name: title, text });
      columns.push({ at, title, meaning });
    } else if (records.some(({ cells }) => (cells[at] ?? '') !== ''))
      problems.push({ column: at + 1, text: 'it has no title' });
  }
  if (!columns.some(({ meaning }) => meaning.kind === 'mac'))
    problems.push({ text: 'there is no column "mac"' });
  return { columns, problems };
}

function columnProblem(
  meaning: InventoryColumn,
  before: readonly Column[],
  options: InventoryImportOptions,
): string | undefined {
  const first = before.find((column) => columnTitle(column.meaning) === columnTitle(meaning));
  if (first) return `column ${first.at + 1} has this title too`;
  if (meaning.kind !== 'setting' || options.force || isForced(meaning.name, options))
    return undefined;
  return unknownToAll(meaning.name, options.families);
}

function isForced(name: string, { known }: InventoryImportOptions): boolean {
  return [...known.values()].some(({ settings }) => Object.hasOwn(settings, name));
}

/** Whether it is a setting of none of the families, in the words of the first. */
function unknownToAll(name: string, families: readonly PhoneFamily[]): string | undefined {
  const mac = '000000000000' as Mac;
  const problems = families.map(({ models }) => {
    const draft = { mac, model: models[0]?.name ?? '', settings: { [name]: '' } };
    return draftProblems(families, draft)[0]?.text;
  });
  return problems.includes(undefined) ? undefined : problems[0];
}
