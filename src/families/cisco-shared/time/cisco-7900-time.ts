import type { ClockComparison, FamilyTime } from '../../../model/family-time.ts';
import { faceText, readDateTemplate, readTimeFormat } from './clock-face.ts';
import { readClock, type ClockSettings } from './clock-settings.ts';
import { yearIn } from './iana-zone.ts';
import { phoneOffset } from './phone-clock.ts';
import { wrongIn, zoneSettings } from './zone-settings.ts';

/** The clock of the 7940 and 7960 with SIP: `time_zone`, `dst_*` and the format of the display. */
export const cisco7900Time: FamilyTime = { zoneSettings, compare, display };

function compare(settings: ClockSettings, zone: string, year: number): ClockComparison {
  const { clock, notes } = readClock(settings);
  if (clock) return { wrong: wrongIn(clock, zone, year), notes };
  return { wrong: [{ ...yearIn(zone, year), minutes: undefined }], notes };
}

function display(settings: ClockSettings, at: number): string | undefined {
  const { clock } = readClock(settings);
  const date = readDateTemplate(settings.get('date_format') || 'M/D/Y');
  if (!clock || !date) return undefined;
  const hours = readTimeFormat(settings.get('time_format_24hr') ?? '');
  return faceText({ ...date, hours }, at, phoneOffset(clock, at));
}
