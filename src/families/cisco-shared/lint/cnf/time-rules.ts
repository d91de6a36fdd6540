import type { ClockNote } from '../../../../model/family-time.ts';
import { readClock } from '../../time/clock-settings.ts';
import type { DstRule } from '../../time/phone-clock.ts';
import { timeSourceNotes } from '../../time/time-source.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { keyPlace, type SipEntry, type SipFile, valuePlace } from './sip-subject.ts';

const isTime = /^(time_zone|dst_|sntp_)/;

type Words = Omit<Rule<FileClock>, 'check'>;

const reference = 'hookflash time works the values out from the name of the zone.';
const wrongTime = 'The phone may show the wrong time, also in its call lists.';

function zoneWords(code: string, severity: Words['severity'], title: string, cure: string): Words {
  return { code, severity, title, consequence: wrongTime, cure };
}

/** What the reader of clocks finds; a misspelt key is told as the other name of a parameter. */
const clockWords: readonly Words[] = [
  zoneWords('time-zone-missing', 'warning', 'No time_zone is given', `Set time_zone: ${reference}`),
  zoneWords(
    'time-zone-unknown',
    'warning',
    'The time_zone is not in table 3-9',
    'Write an abbreviation of table 3-9, in capitals.',
  ),
  zoneWords(
    'time-zone-case',
    'warning',
    'The time_zone is not in capitals',
    'Write it in capitals: phones compare the letters.',
  ),
  zoneWords(
    'time-zone-ambiguous',
    'warning',
    'The time_zone names two zones',
    'Write the abbreviation in the first column of table 3-9.',
  ),
  zoneWords(
    'time-zone-clash',
    'note',
    'Another zone has this abbreviation, too',
    'See that the phone shows the right hour.',
  ),
  zoneWords(
    'time-zone-alias',
    'note',
    'The time_zone is not an abbreviation',
    'Write the abbreviation in the first column of table 3-9.',
  ),
  zoneWords(
    'time-zone-number',
    'note',
    'The time_zone is a number',
    'Write an abbreviation of table 3-9 where the zone has one.',
  ),
  zoneWords(
    'dst-unreadable',
    'warning',
    'A dst_ value cannot be read',
    'Write a value as the reference has it.',
  ),
  zoneWords('dst-offset-default', 'note', 'dst_offset is not given', 'Set dst_offset: 01/00.'),
  zoneWords(
    'dst-week-missing',
    'note',
    'A week that not every month has',
    'Write 8 for the last week.',
  ),
  zoneWords('dst-day-missing', 'note', 'A day that not every month has', reference),
  zoneWords('dst-empty', 'warning', 'Daylight saving stops when it starts', reference),
  {
    code: 'no-time-source',
    severity: 'warning',
    title: 'The phone never gets the time',
    consequence: 'The phone shows no time and none in its call lists.',
    cure: 'Name a server in sntp_server.',
  },
];

/** What a file says of the time, and what the reader of clocks says to that. */
export type FileClock = {
  readonly file: SipFile;
  readonly settings: ReadonlyMap<string, string>;
  readonly found: readonly ClockNote[];
};

/** Undefined for a file that says nothing of the time. */
export function clockOf(file: SipFile): FileClock | undefined {
  const settings = new Map<string, string>();
  for (const [key, { value, placeholder }] of file.byKey)
    if (isTime.test(key) && !placeholder) settings.set(key, value);
  if (settings.size === 0) return undefined;
  const zoneIsLeft = file.byKey.get('time_zone')?.placeholder === true;
  // A phone's file may take the rest from the file for all.
  if (zoneIsLeft || (!file.isDefault && !settings.has('time_zone')))
    settings.set('time_zone', 'GMT');
  const dst = [...settings.keys()].some((key) => key.startsWith('dst_'));
  if (!file.isDefault && !dst) settings.set('dst_auto_adjust', '0');
  return { file, settings, found: [...readClock(settings).notes, ...timeSourceNotes(settings)] };
}

function clockRule(words: Words): Rule<FileClock> {
  return {
    ...words,
    check({ file, found }, report) {
      for (const { code, text, key = 'time_zone' } of found) {
        if (code !== words.code) continue;
        const read = file.byKey.get(key);
        report({ text, ...(read ? valuePlace(read) : placeOfTime(file)) });
      }
    },
  };
}

function placeOfTime(file: SipFile): { readonly line: number; readonly column: number } {
  const first = [...file.byKey].find(([key]) => isTime.test(key))?.[1];
  const read = file.byKey.get('time_zone') ?? first;
  return read ? keyPlace(read) : { line: 1, column: 1 };
}

type Months = { readonly start: number; readonly stop: number };

/** In force since 2007 in the United States and Canada, since 1996 in Europe. */
const monthsInForce: Readonly<Record<string, Months>> = {
  EST: { start: 3, stop: 11 },
  CST: { start: 3, stop: 11 },
  MST: { start: 3, stop: 11 },
  PST: { start: 3, stop: 11 },
  GMT: { start: 3, stop: 10 },
  WET: { start: 3, stop: 10 },
  CET: { start: 3, stop: 10 },
  MET: { start: 3, stop: 10 },
};

const outdated: Rule<FileClock> = {
  code: 'dst-outdated',
  severity: 'warning',
  title: 'Daylight saving rule that is in force nowhere in the zone',
  consequence: 'The clock is an hour wrong for weeks in spring and autumn.',
  cure: 'Set the dst_ values of the law of today; without them the phone has those of 2006.',
  check({ file, settings }, report) {
    const zone = settings.get('time_zone') ?? '';
    const months = monthsInForce[zone];
    if (!months || (!file.isDefault && !file.byKey.has('time_zone'))) return;
    const dst = readClock(settings).clock?.dst;
    if (!dst || isInForce(dst, months)) return;
    const read = timeEntry(file, 'dst_start_month') ?? timeEntry(file, 'time_zone');
    if (!read) return;
    const { start, stop } = dst;
    const text = `${zone} with daylight saving from month ${start.day.month} to ${stop.day.month}`;
    report({
      text: `${text}; the law says ${months.start} to ${months.stop}`,
      ...valuePlace(read),
    });
  },
};

function isInForce({ start, stop }: DstRule, months: Months): boolean {
  return start.day.month === months.start && stop.day.month === months.stop;
}

function timeEntry(file: SipFile, key: string): SipEntry | undefined {
  const read = file.byKey.get(key);
  return read && read.value !== '' ? read : undefined;
}

/** Cisco SIP IP Phone Administrator Guide, "Setting the Date, Time, and Daylight Saving Time". */
export const sipTimeRules: readonly Rule<FileClock>[] = [...clockWords.map(clockRule), outdated];
