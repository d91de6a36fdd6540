import type { ClockNote } from '../../../model/family-time.ts';
import {
  lastWeek,
  readDay,
  readMonth,
  readOffset,
  readSwitch,
  readTimeOfDay,
  readWeek,
  readWeekday,
} from './dst-values.ts';
import type { DstRule, PhoneClock, YearlyChange, YearlyDay } from './phone-clock.ts';
import { readTimeZone } from './time-zone-value.ts';

/** Values of `time_zone` and `dst_*` by key, as a file has them, without quotes. */
export type ClockSettings = ReadonlyMap<string, string>;

/** The clock that settings make; no clock if a value that matters cannot be read. */
export type ClockReading = { readonly clock?: PhoneClock; readonly notes: readonly ClockNote[] };

/**
 * What a phone does without a value: the United States' rule as it was until 2006. Cisco SIP IP
 * Phone Administrator Guide 4.4, Setting the Date, Time, and Daylight Saving Time, steps 2 and 4.
 * It has no default of `dst_offset`: an hour is assumed.
 */
const dstDefaults: Readonly<Record<string, string>> = {
  dst_auto_adjust: '1',
  dst_offset: '01/00',
  dst_start_month: 'April',
  dst_start_day: '0',
  dst_start_day_of_week: 'Sunday',
  dst_start_week_of_month: '1',
  dst_start_time: '02/00',
  dst_stop_month: 'October',
  dst_stop_day: '0',
  dst_stop_day_of_week: 'Sunday',
  dst_stop_week_of_month: '8',
  dst_stop_time: '02/00',
};

/** Reads a phone's clock from its settings. Absent and null values stand for their defaults. */
export function readClock(settings: ClockSettings): ClockReading {
  const zone = readTimeZone(given(settings, 'time_zone') ?? '');
  const dst = readDst(settings);
  const notes = [...zone.notes, ...dst.notes];
  if (zone.offset === undefined || dst.unreadable) return { notes };
  return { clock: { standard: zone.offset, ...(dst.rule ? { dst: dst.rule } : {}) }, notes };
}

/** A value as the phone takes it: its default where it is absent or null, empty without one. */
export function effectiveValue(settings: ClockSettings, key: string): string {
  return given(settings, key) ?? dstDefaults[key] ?? '';
}

type DstReading = {
  readonly rule?: DstRule;
  readonly unreadable?: true;
  readonly notes: readonly ClockNote[];
};

function readDst(settings: ClockSettings): DstReading {
  const notes: ClockNote[] = [];
  const read: Read = (key, reader) => {
    const text = effectiveValue(settings, key);
    const value = reader(text);
    if (value === undefined) notes.push(unreadable(key, text));
    return value;
  };
  const switched = given(settings, 'dst_auto_adjust') ?? misspelt(settings, notes) ?? '1';
  const adjusts = readSwitch(switched);
  if (adjusts === undefined) notes.push(unreadable('dst_auto_adjust', switched));
  if (adjusts === false) return { notes };
  const offset = read('dst_offset', readOffset);
  if (offset === 0) return { notes };
  const start = readChange('dst_start', read);
  const stop = readChange('dst_stop', read);
  if (adjusts === undefined || offset === undefined || !start || !stop)
    return { unreadable: true, notes };
  const rule = { offset, start, stop };
  return { rule, notes: [...notes, ...doubts(rule), ...leftToDefault(settings)] };
}

type Read = <T>(key: string, reader: (text: string) => T | undefined) => T | undefined;

function readChange(side: 'dst_start' | 'dst_stop', read: Read): YearlyChange | undefined {
  const month = read(`${side}_month`, readMonth);
  const minutes = read(`${side}_time`, readTimeOfDay);
  const date = read(`${side}_day`, readDay);
  if (date === undefined || date > 0)
    return month && minutes !== undefined && date
      ? { day: { kind: 'date', month, day: date }, minutes }
      : undefined;
  const weekday = read(`${side}_day_of_week`, readWeekday);
  const week = read(`${side}_week_of_month`, readWeek);
  if (!month || minutes === undefined || weekday === undefined || !week) return undefined;
  return { day: { kind: 'weekday', month, weekday, week }, minutes };
}

/** A value that stands for itself: neither absent nor null. */
function given(settings: ClockSettings, key: string): string | undefined {
  const text = settings.get(key)?.trim() ?? '';
  return text === '' || text === 'UNPROVISIONED' ? undefined : text;
}

/** The guide's samples write it so, its tables never. */
function misspelt(settings: ClockSettings, notes: ClockNote[]): string | undefined {
  const key = 'dst_stop_autoadjust';
  const text = given(settings, key);
  if (text === undefined) return undefined;
  const meant = `${key} is dst_auto_adjust misspelt; that the phone takes it is not certain`;
  notes.push({ code: 'dst-misspelt', text: meant, key });
  return text;
}

function unreadable(key: string, text: string): ClockNote {
  const words = `${key}: "${text}" cannot be read; what the phone takes is unknown`;
  return { code: 'dst-unreadable', text: words, key };
}

function leftToDefault(settings: ClockSettings): readonly ClockNote[] {
  if (given(settings, 'dst_offset') !== undefined) return [];
  const text = 'Without dst_offset the phone is taken to add one hour; the guide has no default';
  return [{ code: 'dst-offset-default', text, key: 'dst_offset' }];
}

function doubts({ start, stop }: DstRule): readonly ClockNote[] {
  const same = JSON.stringify(start) === JSON.stringify(stop);
  const text = 'Daylight saving starts and stops at the same time; what the phone does is unknown';
  return [
    ...missingDay('dst_start', start.day),
    ...missingDay('dst_stop', stop.day),
    ...(same ? [{ code: 'dst-empty', text, key: 'dst_stop_month' }] : []),
  ];
}

function missingDay(side: string, day: YearlyDay): readonly ClockNote[] {
  if (day.kind === 'weekday' && day.week > 4 && day.week !== lastWeek) {
    const text = `Not every month has a week ${day.week}; the last is assumed, which is 8`;
    return [{ code: 'dst-week-missing', text, key: `${side}_week_of_month` }];
  }
  // 2026 has no 29 February, so that this finds what is not in every year.
  const days = new Date(Date.UTC(2026, day.month, 0)).getUTCDate();
  if (day.kind !== 'date' || day.day <= days) return [];
  const text = `Month ${day.month} has no day ${day.day} in every year; its last is assumed`;
  return [{ code: 'dst-day-missing', text, key: `${side}_day` }];
}
