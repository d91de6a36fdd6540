import { createHash } from 'node:crypto';
import { latin1 } from '../../wire/reader.ts';
import type { LanguageFile } from './decisions.ts';

const stamp =
  /(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2})?))?|(?<year>20\d{2})(?<month>\d{2})(?<day>\d{2})/;

/** Bytes of a first line that are looked at. */
const longestHead = 200;

/** What the phone keeps of a language file: its name, what it says of its time, and its content's digest. */
export function languageFile(file: string, bytes: Uint8Array): LanguageFile {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const writtenAt = timeIn(latin1(bytes.subarray(0, longestHead)).split(/\r?\n/, 1)[0] ?? '');
  return { file, digest, ...(writtenAt !== undefined && { writtenAt }) };
}

/** `2006-09-18`, `2006-09-18 12:30:00` or `20060918` in the first line, as GMT. */
function timeIn(line: string): number | undefined {
  const { date, time, year, month, day } = stamp.exec(line)?.groups ?? {};
  const whole = date ?? (year === undefined ? undefined : `${year}-${month}-${day}`);
  if (whole === undefined) return undefined;
  const at = Date.parse(`${whole}T${time ?? '00:00'}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** `Francais` for `francais.lng`, as DEF_LANG names it. */
export function languageName(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
}
