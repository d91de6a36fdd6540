import type { FamilyTime, WrongTime, ZoneSettings } from '../../../model/family-time.ts';
import type { Finding } from '../../../model/finding.ts';
import type { RuleInfo } from '../../../model/lint.ts';
import { effectiveValue, type ClockSettings } from './clock-settings.ts';
import { settingIsSame } from './dst-values.ts';
import { zoneTimeText } from './iana-zone.ts';
import { totalTime } from './span.ts';
import { wrongText } from './wrong-text.ts';

/** What `zoneFindings` can find. */
export const zoneRules = [
  {
    code: 'dst-wrong-for-zone',
    severity: 'warning',
    title: 'The clock is wrong for the zone that the phone is in',
  },
  {
    code: 'zone-beyond-phone',
    severity: 'note',
    title: 'No settings make the clock right for the zone all year',
  },
  {
    code: 'dst-renewal-due',
    severity: 'note',
    title: 'The clock will be wrong for the zone next year',
  },
] as const satisfies readonly RuleInfo[];

/** A finding and the setting that it is best shown at. */
export type SettingFinding = { readonly finding: Finding; readonly key: string };

/** A phone's settings, what its family makes of the time, and the zone that the phone is in. */
export type ZoneQuestion = {
  readonly settings: ClockSettings;
  readonly time: FamilyTime;
  readonly zone: string;
  readonly year: number;
};

/**
 * What is wrong with settings for the zone that a phone is in. Nothing for a clock that cannot be
 * read: the notes of its comparison say why. Throws a RangeError for what is no IANA zone.
 */
export function zoneFindings(question: ZoneQuestion): readonly SettingFinding[] {
  const { settings, time, zone, year } = question;
  const { wrong } = time.compare(settings, zone, year);
  if (wrong.some(({ minutes }) => minutes === undefined)) return [];
  if (wrong.length === 0) return renewalDue(question);
  const better = time.zoneSettings(zone, year);
  const isBest = totalTime(wrong) <= totalTime(better.wrong);
  return [isBest ? beyondPhone(question, wrong, better) : wrongForZone(question, wrong, better)];
}

function wrongForZone(
  { settings, zone, year }: ZoneQuestion,
  wrong: readonly WrongTime[],
  better: ZoneSettings,
): SettingFinding {
  const rest = better.wrong.length > 0 ? `; then wrong ${wrongText(better.wrong, zone)}` : '';
  const finding = {
    code: zoneRules[0].code,
    severity: zoneRules[0].severity,
    text: `The clock is wrong for ${zone} in ${year}: ${wrongText(wrong, zone)}`,
    consequence: 'The phone shows the wrong time, also in its call lists',
    cure: `${cure(settings, better)}${rest}`,
  };
  return { finding, key: keyOf(settings, better) };
}

function beyondPhone(
  { settings, zone, year }: ZoneQuestion,
  wrong: readonly WrongTime[],
  better: ZoneSettings,
): SettingFinding {
  const why = better.why.map(({ text }) => text).join('; ');
  const finding = {
    code: zoneRules[1].code,
    severity: zoneRules[1].severity,
    text: `No settings are right for ${zone} all through ${year}: ${why}`,
    consequence: `The clock is wrong ${wrongText(wrong, zone)}`,
    cure: 'None; these settings are as near as can be',
  };
  return { finding, key: keyOf(settings, better) };
}

function renewalDue({ settings, time, zone, year }: ZoneQuestion): readonly SettingFinding[] {
  const { wrong } = time.compare(settings, zone, year + 1);
  const [first] = wrong;
  if (!first) return [];
  const next = time.zoneSettings(zone, year + 1);
  if (totalTime(wrong) <= totalTime(next.wrong)) return [];
  const from = zoneTimeText(zone, first.from);
  const finding = {
    code: zoneRules[2].code,
    severity: zoneRules[2].severity,
    text: `The clock is right for ${zone} in ${year}, but not from ${from} on`,
    consequence: 'From then on the phone shows the wrong time',
    cure: `Before that: ${cure(settings, next)}`,
  };
  return [{ finding, key: keyOf(settings, next) }];
}

function keyOf(settings: ClockSettings, better: ZoneSettings): string {
  const [first = 'time_zone'] = Object.keys(better.settings);
  const differing = changes(settings, better).map(([key]) => key);
  return differing.find((key) => settings.has(key)) ?? first;
}

function cure(settings: ClockSettings, better: ZoneSettings): string {
  const lines = changes(settings, better).map(([key, value]) => `${key}: ${value}`);
  return `Set ${lines.join(', ')}`;
}

function changes(settings: ClockSettings, { settings: better }: ZoneSettings) {
  const isSame = (key: string, value: string) =>
    settingIsSame(key, effectiveValue(settings, key), value);
  return Object.entries(better).filter(([key, value]) => !isSame(key, value));
}
