import { Temporal } from 'temporal-polyfill';

type Field = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');
const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: ['', ...months] },
  { name: 'weekday', from: 0, to: 7, words: weekdays },
];
/** 29 February may be eight years away. */
const daysAhead = 366 * 8 + 2;

/** What is wrong with a schedule, in words; undefined where it can be read. */
export function scheduleProblem(schedule: string): string | undefined {
  const read = readSchedule(schedule);
  return 'problem' in read ? read.problem : undefined;
}

/**
 * The first time after `after` that five fields of cron (minute, hour, day of the month, month,
 * weekday), or a date and time such as `2026-11-21T02:00`, mean in a zone. POSIX crontab, "Input
 * files": where both days are restricted one of them is enough. A time that a change of the clock
 * leaves out comes as soon as it is over, one that comes twice is taken once.
 */
export function nextRun(schedule: string, zone: string, after: number): number | undefined {
  const read = readSchedule(schedule);
  if ('problem' in read) return undefined;
  if ('once' in read) {
    const at = read.once.toZonedDateTime(zone).epochMilliseconds;
    return at > after ? at : undefined;
  }
  const start = Temporal.Instant.fromEpochMilliseconds(after)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
  for (let days = 0; days < daysAhead; days++) {
    const date = start.add({ days });
    if (!isDay(read, date)) continue;
    const at = timesOn(read, date, zone).find((each) => each > after);
    if (at !== undefined) return at;
  }
  return undefined;
}

type Fields = {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
};
type Problem = { readonly problem: string };

function readSchedule(
  schedule: string,
): Fields | Problem | { readonly once: Temporal.PlainDateTime } {
  const text = schedule.trim();
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) {
    try {
      return { once: Temporal.PlainDateTime.from(text) };
    } catch {
      return { problem: `"${schedule}" is no date and time` };
    }
  }
  const parts = text.split(/\s+/);
  if (parts.length !== fields.length)
    return { problem: `"${schedule}" has ${parts.length} fields, not the five of cron` };
  const sets = fields.map((field, at) => readField(field, parts[at] ?? ''));
  const bad = sets.find((set) => 'problem' in set);
  if (bad) return bad;
  const [minutes, hours, days, inMonths, onWeekdays] = sets as unknown as readonly Set<number>[];
  const none = new Set<number>();
  return {
    ...{ minutes: minutes ?? none, hours: hours ?? none, days: days ?? none },
    ...{
      months: inMonths ?? none,
      weekdays: new Set([...(onWeekdays ?? none)].map((day) => day % 7)),
    },
    ...{
      anyDay: parts[2]?.startsWith('*') === true,
      anyWeekday: parts[4]?.startsWith('*') === true,
    },
  };
}

function readField(field: Field, text: string): ReadonlySet<number> | Problem {
  const problem = { problem: `"${text}" is no ${field.name} from ${field.from} to ${field.to}` };
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const [low = '', high] = range.split('-');
    const from = range === '*' ? field.from : numberOf(field, low);
    const last = part.includes('/') ? field.to : from;
    const to = range === '*' ? field.to : high === undefined ? last : numberOf(field, high);
    const isGood = from >= field.from && to <= field.to && from <= to && Number(step) > 0;
    if (!isGood) return problem;
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return values;
}

/** NaN for what is none. */
function numberOf({ words = [] }: Field, text: string): number {
  const word = words.indexOf(text.toLowerCase().slice(0, 3));
  return /^\d{1,2}$/.test(text) ? Number(text) : word >= 0 && text !== '' ? word : NaN;
}

function isDay(fields: Fields, date: Temporal.PlainDate): boolean {
  if (!fields.months.has(date.month)) return false;
  const isDate = fields.days.has(date.day);
  const isWeekday = fields.weekdays.has(date.dayOfWeek % 7);
  return fields.anyDay || fields.anyWeekday ? isDate && isWeekday : isDate || isWeekday;
}

function timesOn(
  { hours, minutes }: Fields,
  date: Temporal.PlainDate,
  zone: string,
): readonly number[] {
  const times = [...hours].flatMap((hour) =>
    [...minutes].map(
      (minute) => date.toPlainDateTime({ hour, minute }).toZonedDateTime(zone).epochMilliseconds,
    ),
  );
  return times.sort((a, b) => a - b);
}
