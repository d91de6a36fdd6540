/**
 * The forms in which `dst_*` values may be written. Each reader returns undefined for what is not
 * one of them. Cisco SIP IP Phone Administrator Guide 4.4, Setting the Date, Time, and Daylight
 * Saving Time, steps 2 to 4.
 */

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const weekdayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

/** The week that means the last one. */
export const lastWeek = 8;

/** `01/00`, `1`, `-1`, `+1/30`: minutes. */
export function readOffset(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d{1,2})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const total = hoursAndMinutes(hours, minutes);
  return total === undefined ? undefined : total * (sign === '-' ? -1 : 1) + 0;
}

/** `02/00`, `02:00`, `2`: minutes since midnight. */
export function readTimeOfDay(text: string): number | undefined {
  const [, hours, minutes = '0'] = /^(\d{1,2})(?:[/:](\d{1,2}))?$/.exec(text) ?? [];
  return hoursAndMinutes(hours, minutes);
}

/** `April`, `apr`, `4`: 1 to 12. */
export function readMonth(text: string): number | undefined {
  return readNumber(text, 1, 12) ?? readName(text, monthNames);
}

/** `Sunday`, `sun`, `1`: 0 for Sunday to 6 for Saturday. */
export function readWeekday(text: string): number | undefined {
  const counted = readNumber(text, 1, 7) ?? readName(text, weekdayNames);
  return counted === undefined ? undefined : counted - 1;
}

/** 1 to 6, or 8 for the last. */
export function readWeek(text: string): number | undefined {
  return readNumber(text, 1, 6) ?? readNumber(text, lastWeek, lastWeek);
}

/** 1 to 31, or 0: the weekday counts instead. */
export function readDay(text: string): number | undefined {
  return readNumber(text, 0, 31);
}

export function readSwitch(text: string): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}

const readers: readonly (readonly [ending: string, read: (text: string) => unknown])[] = [
  ['_offset', readOffset],
  ['_week_of_month', readWeek],
  ['_month', readMonth],
  ['_time', readTimeOfDay],
  ['_day', readDay],
  ['_day_of_week', readWeekday],
];

/** Whether two texts of a `time_zone` or `dst_*` setting mean the same, e.g. `Sun` and `1`. */
export function settingIsSame(key: string, one: string, other: string): boolean {
  const reader = readers.find(([ending]) => key.endsWith(ending));
  const meant = reader?.[1](one.trim());
  return one.trim() === other || (meant !== undefined && meant === reader?.[1](other));
}

function hoursAndMinutes(hours: string | undefined, minutes: string): number | undefined {
  const whole = readNumber(hours ?? '', 0, 23);
  const part = readNumber(minutes, 0, 59);
  return whole === undefined || part === undefined ? undefined : whole * 60 + part;
}

function readNumber(text: string, min: number, max: number): number | undefined {
  const value = Number(text);
  return /^\d{1,2}$/.test(text) && value >= min && value <= max ? value : undefined;
}

/** Place in the list, from 1, of a name written out or by its first three letters. */
function readName(text: string, names: readonly string[]): number | undefined {
  const asked = text.toLowerCase();
  const at = names.findIndex((name) =>
    [name, name.slice(0, 3)].some((form) => form.toLowerCase() === asked),
  );
  return at < 0 ? undefined : at + 1;
}
