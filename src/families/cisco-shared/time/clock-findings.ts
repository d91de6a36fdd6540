import type { ClockNote } from '../../../model/family-time.ts';
import type { RuleInfo } from '../../../model/lint.ts';
import { readClock, type ClockSettings } from './clock-settings.ts';
import { javaNameIn, javaZoneNotes } from './java-clock.ts';
import { timeSourceNotes } from './time-source.ts';
import type { SettingFinding } from './zone-findings.ts';

/** What `clockFindings` can find: all that is doubtful about the settings themselves. */
export const clockRules: readonly RuleInfo[] = [
  { code: 'time-zone-missing', severity: 'warning', title: 'No time_zone is given' },
  { code: 'time-zone-unknown', severity: 'warning', title: 'The time_zone is not in table 3-9' },
  { code: 'time-zone-case', severity: 'warning', title: 'The time_zone is not in capitals' },
  { code: 'time-zone-ambiguous', severity: 'warning', title: 'The time_zone names two zones' },
  { code: 'time-zone-clash', severity: 'note', title: 'Another zone has this abbreviation, too' },
  { code: 'time-zone-alias', severity: 'note', title: 'The time_zone is not an abbreviation' },
  { code: 'time-zone-number', severity: 'note', title: 'The time_zone is a number' },
  { code: 'dst-unreadable', severity: 'warning', title: 'A dst_ value cannot be read' },
  { code: 'dst-misspelt', severity: 'warning', title: 'dst_stop_autoadjust for dst_auto_adjust' },
  { code: 'dst-offset-default', severity: 'note', title: 'dst_offset is not given' },
  { code: 'dst-week-missing', severity: 'note', title: 'A week that not every month has' },
  { code: 'dst-day-missing', severity: 'note', title: 'A day that not every month has' },
  { code: 'dst-empty', severity: 'warning', title: 'Daylight saving stops when it starts' },
  { code: 'no-time-source', severity: 'warning', title: 'The phone never gets the time' },
];

/** What `javaClockFindings` can find. */
export const javaClockRules: readonly RuleInfo[] = [
  { code: 'java-zone-missing', severity: 'warning', title: 'No timeZone is given' },
  { code: 'java-zone-unknown', severity: 'warning', title: 'The timeZone is none of the phones' },
  { code: 'java-zone-doubt', severity: 'note', title: 'The timeZone may mean another place' },
  { code: 'java-offset-disputed', severity: 'note', title: 'Documents disagree on the offset' },
  { code: 'java-law-changed', severity: 'note', title: 'The law has changed since the firmware' },
];

/** What is doubtful about the time settings of a 7940 or 7960, wherever it is. */
export function clockFindings(settings: ClockSettings): readonly SettingFinding[] {
  return asFindings([...readClock(settings).notes, ...timeSourceNotes(settings)], clockRules);
}

/** What is doubtful about a Java phone's `timeZone`, for firmware that knows the laws of a year. */
export function javaClockFindings(
  settings: ClockSettings,
  lawYear: number,
): readonly SettingFinding[] {
  return asFindings(javaZoneNotes(javaNameIn(settings), lawYear), javaClockRules);
}

/** Notes that have a rule; the others are assumptions of every such clock. */
function asFindings(
  notes: readonly ClockNote[],
  rules: readonly RuleInfo[],
): readonly SettingFinding[] {
  return notes.flatMap(({ code, text, key = 'time_zone' }) => {
    const rule = rules.find((each) => each.code === code);
    return rule ? [{ finding: { code, severity: rule.severity, text }, key }] : [];
  });
}
