import type { Phone } from '../model/phone.ts';
import { formatMac } from '../wire/mac.ts';
import type { IsSecret } from './secrets.ts';

/** What a column of an inventory in rows holds. */
export type InventoryColumn =
  | { readonly kind: 'mac' | 'model' | 'image' | 'running' }
  | { readonly kind: 'label' | 'setting'; readonly name: string };

export type InventoryTable = {
  /** Header, then a row a phone. */
  readonly rows: readonly (readonly string[])[];
  /** Secret settings that are not in it. */
  readonly leftOut: readonly string[];
};

const fixed = ['mac', 'model', 'image', 'running'] as const;

/** Phones as rows. Secret settings only with `secrets`. */
export function inventoryTable(
  phones: readonly Phone[],
  { secrets, isSecret }: { readonly secrets: boolean; readonly isSecret: IsSecret },
): InventoryTable {
  const labels = namesIn(phones.map((phone) => phone.labels));
  const settings = namesIn(phones.map((phone) => phone.settings));
  const leftOut = settings.filter((name) => !secrets && isSecret(name));
  const columns: readonly InventoryColumn[] = [
    ...fixed.map((kind) => ({ kind })),
    ...labels.map((name) => ({ kind: 'label', name }) as const),
    ...settings
      .filter((name) => !leftOut.includes(name))
      .map((name) => ({ kind: 'setting', name }) as const),
  ];
  const rows = phones.map((phone) => columns.map((column) => cellOf(phone, column)));
  return { rows: [columns.map(columnTitle), ...rows], leftOut };
}

function namesIn(values: readonly Readonly<Record<string, string>>[]): readonly string[] {
  return [...new Set(values.flatMap((each) => Object.keys(each)))].sort(byNumbers);
}

/** `line2_name` before `line10_name`, in the same order everywhere. */
function byNumbers(a: string, b: string): number {
  const padded = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
  const [left, right] = [`${padded(a)}\0${a}`, `${padded(b)}\0${b}`];
  return left < right ? -1 : 1;
}

function cellOf(phone: Phone, column: InventoryColumn): string {
  switch (column.kind) {
    case 'mac':
      return formatMac(phone.mac);
    case 'model':
      return phone.model;
    case 'image':
    case 'running':
      return phone[column.kind] ?? '';
    case 'label':
      return encodeCell(ownValue(phone.labels, column.name));
    case 'setting':
      return encodeCell(ownValue(phone.settings, column.name));
  }
}

function ownValue(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** `label:site`, `line1_name`; `setting:` stands before a name that would be read otherwise. */
export function columnTitle(column: InventoryColumn): string {
  if (column.kind === 'label') return `label:${column.name}`;
  if (column.kind !== 'setting') return column.kind;
  const read = columnOf(column.name);
  const isClear = read?.kind === 'setting' && read.name === column.name;
  return isClear ? column.name : `setting:${column.name}`;
}

/** What a title means; undefined for an empty one. Letter case is forgiven in what is fixed. */
export function columnOf(title: string): InventoryColumn | undefined {
  const word = title.trim();
  const kind = fixed.find((each) => each === word.toLowerCase());
  if (kind) return { kind };
  const [, prefix, name] = /^(label|setting):(.*)$/is.exec(title.trimStart()) ?? [];
  if (prefix?.toLowerCase() === 'label') return { kind: 'label', name: (name ?? '').trim() };
  if (prefix !== undefined) return { kind: 'setting', name: name ?? '' };
  return word === '' ? undefined : { kind: 'setting', name: word };
}

/**
 * What a cell says: nothing, `(none)` takes away, `(empty)` is the empty value, and any other text is
 * itself; one more `(` stands before a value that looks like these.
 */
export type CellMeaning =
  { readonly kind: 'nothing' | 'none' } | { readonly kind: 'value'; readonly value: string };

export function decodeCell(cell: string): CellMeaning {
  if (cell === '') return { kind: 'nothing' };
  if (cell === '(none)') return { kind: 'none' };
  if (cell === '(empty)') return { kind: 'value', value: '' };
  return { kind: 'value', value: /^\(\(+(none|empty)\)$/.test(cell) ? cell.slice(1) : cell };
}

function encodeCell(value: string | undefined): string {
  if (value === undefined) return '';
  if (value === '') return '(empty)';
  return /^\(+(none|empty)\)$/.test(value) ? `(${value}` : value;
}
