import type { DhcpOptionKind, DhcpValue } from './dhcp-value.ts';
import { optionKinds } from './option-kinds.ts';
import { optionRows } from './option-rows.ts';
import type { OptionKind } from './scalar-kinds.ts';
import { wrong } from './scalar-kinds.ts';

/** One option: a row of the table. */
export type DhcpOptionRow = {
  readonly code: number;
  readonly name: string;
  readonly kind: DhcpOptionKind;
  /** Title or number of the document, and section. */
  readonly source: string;
};

/** All options with a known meaning, by code. */
export const dhcpOptions: readonly DhcpOptionRow[] = optionRows.map(
  ([code, name, kind, source]) => ({ code, name, kind, source }),
);

const byCode = new Map(dhcpOptions.map((row) => [row.code, row]));
const byName = new Map(dhcpOptions.map((row) => [row.name, row]));

/** `option 150 (tftp-server-address)`, `option 200`: what errors and reports call it. */
export function optionTitle(code: number): string {
  const name = byCode.get(code)?.name;
  return name === undefined ? `option ${code}` : `option ${code} (${name})`;
}

/** By its number or its name; undefined for what is neither. */
export function optionCodeOf(text: string): number | undefined {
  const named = byName.get(text.trim().toLowerCase());
  if (named) return named.code;
  const code = /^\d{1,3}$/.test(text.trim()) ? Number(text) : NaN;
  return code >= 1 && code <= 254 ? code : undefined;
}

/** `hex` for options that are not in the table. */
export function optionKindOf(code: number): DhcpOptionKind {
  return byCode.get(code)?.kind ?? 'hex';
}

/** What the option says. Throws CodecError, with the offset within the option. */
export function decodeOption(code: number, bytes: Uint8Array): DhcpValue {
  return codecOf(code).decode(bytes, optionTitle(code));
}

/**
 * The octets of what an operator wrote, in the form of the option's kind: numbers, addresses and names
 * with blanks or commas between them, `yes`, octets as `0a:0b` or as text in double quotes. Throws
 * CodecError that says what would be right.
 */
export function encodeOption(code: number, text: string): Uint8Array {
  if (code === 0 || code === 52 || code === 255)
    wrong(optionTitle(code), 0, 'an option that has a value', `${code}, which the codec sets`);
  return codecOf(code).encode(text, optionTitle(code));
}

/** What `encodeOption` reads as these octets. Throws CodecError. */
export function formatOption(code: number, bytes: Uint8Array): string {
  const codec = codecOf(code);
  return codec.format(codec.decode(bytes, optionTitle(code)));
}

function codecOf(code: number): OptionKind<DhcpValue> {
  return optionKinds[optionKindOf(code)];
}
