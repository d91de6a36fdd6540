import type { CsvRecord } from '../codec/text/csv.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import { CodecError } from '../wire/codec-error.ts';
import { parseMac, type Mac } from '../wire/mac.ts';
import type { IsSecret } from './secrets.ts';
import { phoneChanges, type PhoneChange } from './inventory-changes.ts';
import { decodeCell, type CellMeaning, type InventoryColumn } from './inventory-table.ts';
import { draftProblems, modelMeant, phoneFrom, type PhoneDraft } from './inventory.ts';

/** What is wrong with a cell; the column counts from 1. */
export type CellProblem = {
  readonly column?: number;
  /** Its title. */
  readonly name?: string;
  readonly text: string;
};

/** What a line makes of the inventory. */
export type LineOutcome =
  | { readonly result: 'added' | 'unchanged' }
  | { readonly result: 'changed'; readonly changes: readonly PhoneChange[] }
  | { readonly result: 'refused'; readonly problems: readonly CellProblem[] };

export type Column = {
  /** Its place among the cells, from 0. */
  readonly at: number;
  readonly title: string;
  readonly meaning: InventoryColumn;
};

export type LineOptions = {
  readonly families: readonly PhoneFamily[];
  readonly columns: readonly Column[];
  readonly isSecret: IsSecret;
  /** A setting's name as the tables of the model's family write it. */
  readonly settingName: (model: string, name: string) => string;
  /** Takes settings that no table knows, and values that are none of the allowed ones. */
  readonly force: boolean;
};

export type ReadLine = {
  readonly outcome: LineOutcome;
  /** As it should be stored. */
  readonly phone?: Phone;
  /** What was mended. */
  readonly notes: readonly Finding[];
};

/** The MAC of a line, or what is wrong with it. */
export function macOfLine({ cells }: CsvRecord, columns: readonly Column[]): Mac | CellProblem {
  const column = columns.find(({ meaning }) => meaning.kind === 'mac');
  const cell = (cells[column?.at ?? 0] ?? '').trim();
  const place = column ? { column: column.at + 1, name: column.title } : {};
  if (cell === '') return { ...place, text: 'there is no MAC address' };
  try {
    return parseMac(cell);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const text = `"${cell}" is not a MAC address: it has 12 hexadecimal digits`;
    return { ...place, text: isNumber(cell) ? `${text}; ${spreadsheetHint}` : text };
  }
}

const spreadsheetHint =
  'a spreadsheet has made a number of it: write it with colons, e.g. 00:11:22:33:44:55';

/** `1122334455`, `1,12E+09` */
function isNumber(cell: string): boolean {
  return /^\d+([.,]\d+)?(E\+?\d+)?$/i.test(cell);
}

/** Makes a phone of a line and of what was known of it. */
export function readLine(
  mac: Mac,
  record: CsvRecord,
  before: Phone | undefined,
  options: LineOptions,
): ReadLine {
  const draft = draftOf(mac, record, before, options);
  const problems = problemsOf(draft, before, options);
  if (problems.length > 0) return { outcome: { result: 'refused', problems }, notes: [] };
  const { phone, findings: notes } = phoneFrom(options.families, draft);
  if (!before) return { outcome: { result: 'added' }, phone, notes };
  const changes = phoneChanges(before, phone, options.isSecret);
  if (changes.length === 0) return { outcome: { result: 'unchanged' }, notes: [] };
  return { outcome: { result: 'changed', changes }, phone, notes };
}

function draftOf(
  mac: Mac,
  record: CsvRecord,
  before: Phone | undefined,
  { families, columns, settingName }: LineOptions,
): PhoneDraft {
  const said = (column: Column) => decodeCell(record.cells[column.at] ?? '');
  const fixed = (kind: 'model' | 'image' | 'running') => {
    const column = columns.find(({ meaning }) => meaning.kind === kind);
    return changed(before?.[kind], column ? said(column) : { kind: 'nothing' })?.trim();
  };
  const wanted = fixed('model') ?? '';
  const model = modelMeant(families, wanted) ?? wanted;
  const [image, running] = [fixed('image'), fixed('running')];
  const named = (kind: 'label' | 'setting', nameOf: (name: string) => string) =>
    columns.flatMap((column) => {
      const { meaning } = column;
      return meaning.kind === kind ? [[nameOf(meaning.name), said(column)] as const] : [];
    });
  return {
    mac,
    model,
    labels: changedAll(
      before?.labels,
      named('label', (name) => name),
    ),
    settings: changedAll(
      before?.settings,
      named('setting', (name) => keptName(before, name) ?? settingName(model, name)),
    ),
    ...(image !== undefined && { image }),
    ...(running !== undefined && { running }),
  };
}

/** A phone that was forced to have a name keeps it. */
function keptName(before: Phone | undefined, name: string): string | undefined {
  return before && Object.hasOwn(before.settings, name) ? name : undefined;
}

function changed(before: string | undefined, said: CellMeaning): string | undefined {
  if (said.kind === 'value') return said.value;
  return said.kind === 'none' ? undefined : before;
}

function changedAll(
  before: Readonly<Record<string, string>> = {},
  said: readonly (readonly [name: string, cell: CellMeaning])[],
): Readonly<Record<string, string>> {
  const values = new Map(Object.entries(before));
  for (const [name, cell] of said) {
    const value = changed(values.get(name), cell);
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** Only what is not as it was is looked at, unless the model is another one. */
function problemsOf(
  draft: PhoneDraft,
  before: Phone | undefined,
  { families, columns, force }: LineOptions,
): readonly CellProblem[] {
  const { settings = {} } = draft;
  const all = draft.model !== before?.model;
  const names = Object.keys(settings).filter(
    (name) => all || settings[name] !== before.settings[name],
  );
  return draftProblems(families, draft, names)
    .filter(({ forgivable }) => !(force && forgivable))
    .map(({ field, text }) => ({
      ...placeOf(field, columns),
      text: problemText(draft, field, text),
    }));
}

function problemText({ model }: PhoneDraft, field: string, text: string): string {
  return field === 'model' && model === '' ? 'a new phone needs its model' : text;
}

function placeOf(field: string, columns: readonly Column[]): Partial<CellProblem> {
  const column = columns.find(({ meaning }) => {
    if (meaning.kind === 'label') return field === `label:${meaning.name}`;
    const name = meaning.kind === 'setting' ? meaning.name : meaning.kind;
    return name.toLowerCase() === field.toLowerCase();
  });
  return column ? { column: column.at + 1, name: column.title } : { name: field };
}
