import type { ImportNote, ReadFile } from '../../../model/import.ts';
import type { CodecError } from '../../../wire/codec-error.ts';

/** A file that cannot be read; what stands in it is lost. */
export function unreadable(path: string, { message, fault }: CodecError): ReadFile {
  const [, line, column] = /line (\d+), column (\d+)/.exec(message) ?? [];
  const place = line === undefined ? {} : { line: Number(line), column: Number(column) };
  const note = { ...place, text: `${fault.claimed} was expected, not ${fault.actual}`, lost: true };
  return { path, became: 'left-out', text: 'it cannot be read', notes: [note] };
}

export function readFile(
  path: string,
  became: ReadFile['became'],
  text: string,
  notes: readonly ImportNote[] = [],
): ReadFile {
  return { path, became, text, notes };
}
