import type { CodecNote } from '../codec/codec-note.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Finding, FindingPlace } from '../model/finding.ts';
import { CodecError } from '../wire/codec-error.ts';

/** A file as data: what format it is in, what it says, and what is wrong with it. */
export type Decoded = Readonly<Record<string, unknown>> & {
  /** `unknown` where no family reads it. */
  readonly format: string;
  readonly findings: readonly Finding[];
};

/** By the first family that knows the file. What cannot be read becomes a finding. */
export function decodeFile(
  families: readonly PhoneFamily[],
  name: string,
  bytes: Uint8Array,
): Decoded {
  const formats = families.flatMap((family) => family.formats);
  const known = formats.find((format) => format.matches(name, bytes));
  if (!known) return { format: 'unknown', size: bytes.length, findings: [unknownFormat(name)] };
  const { format } = known;
  try {
    const { notes = [], ...data } = known.decode(name, bytes);
    return { format, ...data, findings: notes.map((note) => noteFinding(name, note)) };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { format, findings: [unreadable(name, error)] };
  }
}

function unknownFormat(file: string): Finding {
  const text = 'no family of phones reads a file of this name or with this content';
  return { code: 'unknown-format', severity: 'error', text, place: { file } };
}

function noteFinding(file: string, { code, text, line, column }: CodecNote): Finding {
  return { code, severity: 'warning', text, place: { file, line, column } };
}

/** A file that is not what it should be, and where. */
export function unreadable(file: string, { message, fault }: CodecError): Finding {
  const code = 'unreadable-file';
  const [, line, column] = /^line (\d+), column (\d+)$/.exec(fault.field) ?? [];
  if (line === undefined) return { code, severity: 'error', text: message, place: { file } };
  const place: FindingPlace = { file, line: Number(line), column: Number(column) };
  const text = `expected ${fault.claimed}, found ${fault.actual}`;
  return { code, severity: 'error', text, place };
}
