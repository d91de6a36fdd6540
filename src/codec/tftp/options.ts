import type { TftpOption } from './packet.ts';

type OptionRow = {
  readonly min: number;
  readonly max: number;
  /** What a server may answer: the same value, that or a lower one, or a value of its own. */
  readonly answer: 'same' | 'lower' | 'own';
  readonly source: string;
};

/** Every option that has a meaning here. One row is all that an option needs. */
export const optionRows = {
  /** Bytes in a block. */
  blksize: { min: 8, max: 65464, answer: 'lower', source: 'RFC 2348 section 2' },
  /** Seconds between retransmissions. */
  timeout: { min: 1, max: 255, answer: 'same', source: 'RFC 2349 section 2' },
  /** Bytes in the file; a reader asks with 0. */
  tsize: { min: 0, max: Number.MAX_SAFE_INTEGER, answer: 'own', source: 'RFC 2349 section 3' },
  /** Blocks in a window. */
  windowsize: { min: 1, max: 65535, answer: 'lower', source: 'RFC 7440 section 3' },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof optionRows;
export type OptionValues = { readonly [Name in OptionName]?: number | undefined };

const decimal = /^[0-9]{1,15}$/;

/** The row that an option's name, in any case, stands for. */
export function optionName(written: string): OptionName | undefined {
  const name = written.toLowerCase();
  return Object.hasOwn(optionRows, name) ? (name as OptionName) : undefined;
}

/**
 * What a client asks for, as far as a server may grant it. Left out, as RFC 2347 allows: unknown
 * options, values that are no number or out of range, and repetitions. A value above the range is
 * lowered where the option lets the server answer less.
 */
export function readOptions(options: readonly TftpOption[]): OptionValues {
  const values: Partial<Record<OptionName, number>> = {};
  for (const option of options) {
    const name = optionName(option.name);
    if (name === undefined || name in values) continue;
    const value = grantable(optionRows[name], option.value);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** The options to acknowledge: those of the request that have a value, named as the client did. */
export function acknowledgeOptions(
  requested: readonly TftpOption[],
  values: OptionValues,
): readonly TftpOption[] {
  const left = new Map(Object.entries(values));
  return requested.flatMap((option) => {
    const name = option.name.toLowerCase();
    const value = left.get(name);
    left.delete(name);
    return value === undefined ? [] : [{ name: option.name, value: `${value}` }];
  });
}

function grantable(row: OptionRow, text: string): number | undefined {
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  if (value < row.min) return undefined;
  if (value <= row.max) return value;
  return row.answer === 'lower' ? row.max : undefined;
}
