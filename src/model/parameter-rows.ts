import type { Parameter, ParameterPlace, ValueType } from './parameter.ts';
import type { Confidence } from './plan.ts';

/** What rows of one group have in common. */
export type GroupFacts = {
  readonly source: string;
  readonly place: ParameterPlace;
  readonly stored: boolean;
  readonly confidence?: Confidence;
};

/** A row without what its group says already. */
export type ParameterRow = Omit<Parameter, keyof GroupFacts> & Partial<GroupFacts>;

/** The rows of a group; what a row says itself counts more than what its group says. */
export function parameterRows(
  group: GroupFacts,
  rows: readonly ParameterRow[],
): readonly Parameter[] {
  return rows.map((row) => ({ ...group, ...row }));
}

/** Rows of elements that lie in one other element: `line` and `port` make `line/port`. */
export function rowsInside(path: string, rows: readonly ParameterRow[]): readonly ParameterRow[] {
  return rows.map((row) => ({ ...row, name: `${path}/${row.name}` }));
}

/** Values and their meanings, e.g. `choice({ 0: 'off', 1: 'on' })`. */
export function choice(
  values: Readonly<Record<string, string>>,
  letters: 'exact' | 'any case' = 'exact',
): ValueType {
  const listed = Object.entries(values);
  return { kind: 'choice', values: listed, ...(letters === 'any case' && { anyCase: true }) };
}

/** A whole number; without `max` there is no upper limit. */
export function integer(min: number, max?: number): ValueType {
  return { kind: 'integer', min, ...(max !== undefined && { max }) };
}

/** Any text of at most this many characters. */
export function text(most?: number): ValueType {
  return { kind: 'text', ...(most !== undefined && { most }) };
}

/** Text without blanks inside. */
export function word(most?: number): ValueType {
  return { kind: 'text', blanks: false, ...(most !== undefined && { most }) };
}
