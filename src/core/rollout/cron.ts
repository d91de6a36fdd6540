import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';

/** What is wrong with a schedule, in words; undefined where it can be read. */
export function scheduleProblem(schedule: string): string | undefined {
  const read = readSchedule(schedule, 'UTC');
  return 'problem' in read ? read.problem : undefined;
}

/**
 * The first time after `after` that five fields of cron (minute, hour, day of the month, month,
 * weekday), or a date and time such as `2026-11-21T02:00`, mean in a zone. POSIX crontab, "Input
 * files": where both days are restricted one of them is enough. A time that a change of the clock
 * leaves out comes as soon as it is over, one that comes twice is taken once.
 */
export function nextRun(schedule: string, zone: string, after: number): number | undefined {
  const read = readSchedule(schedule, zone);
  if ('problem' in read) return undefined;
  if ('cron' in read) return read.cron.nextRun(new Date(after))?.getTime();
  const at = read.once.toZonedDateTime(zone).epochMilliseconds;
  return at > after ? at : undefined;
}

type Schedule =
  | { readonly problem: string }
  | { readonly once: Temporal.PlainDateTime }
  | { readonly cron: Cron };

function readSchedule(schedule: string, zone: string): Schedule {
  const text = schedule.trim();
  try {
    if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text))
      return { once: Temporal.PlainDateTime.from(text) };
  } catch {
    return { problem: `"${schedule}" is no date and time` };
  }
  const count = text.split(/\s+/).length;
  if (count !== 5) return { problem: `"${schedule}" has ${count} fields, not the five of cron` };
  try {
    return { cron: new Cron(text, { timezone: zone, mode: '5-part' }) };
  } catch (error) {
    return { problem: `"${schedule}" is no schedule: ${messageOf(error)}` };
  }
}

/** The library's words, without its own name before them. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, '');
}
