import type { PhoneFamily } from '../model/family.ts';

/** A file as data: what format it is in, and what it says. */
export type Decoded = { readonly format: string } & Readonly<Record<string, unknown>>;

/** By the first family that knows the name. Throws a CodecError that names the place. */
export function decodeFile(
  families: readonly PhoneFamily[],
  name: string,
  bytes: Uint8Array,
): Decoded {
  const formats = families.flatMap((family) => family.formats);
  const known = formats.find((format) => format.matches(name, bytes));
  if (!known) return { format: 'unknown', size: bytes.length };
  return { format: known.format, ...known.decode(name, bytes) };
}
