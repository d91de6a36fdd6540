import type { ClockNote } from '../../../model/family-time.ts';
import { gmt } from './offset-text.ts';
import { meaningOf, zoneAbbreviated, zonesNamed, type ZoneRow } from './zone-table.ts';

/** What the phone makes of `time_zone`; no offset if that is not known. */
export type ZoneReading = { readonly offset?: number; readonly notes: readonly ClockNote[] };

/** Reads `time_zone` in every form that is documented or met. */
export function readTimeZone(value: string): ZoneReading {
  if (value === '')
    return unknown('time-zone-missing', 'time_zone is required; what the phone takes is unknown');
  return (
    firstColumn(value) ??
    lastColumn(value) ??
    hoursFromGmt(value) ??
    otherCase(value) ??
    unknown('time-zone-unknown', `"${value}" is not in table 3-9; what the phone takes is unknown`)
  );
}

/** The abbreviations that name two zones: what each clash is, for the row that is taken. */
export function clashNote(zone: ZoneRow): ClockNote | undefined {
  const { abbreviation } = zone;
  const other = zonesNamed(abbreviation).find((each) => each !== zone);
  if (!other) return undefined;
  return note(
    'time-zone-clash',
    `${abbreviation} is ${meaningOf(zone, abbreviation)} here (${gmt(zone.offset)}), not ` +
      `${meaningOf(other, abbreviation)} (${gmt(other.offset)}, ${other.abbreviation})`,
  );
}

function firstColumn(value: string): ZoneReading | undefined {
  const zone = zoneAbbreviated(value);
  if (!zone) return undefined;
  const clash = clashNote(zone);
  return { offset: zone.offset, notes: clash ? [clash] : [] };
}

function lastColumn(value: string): ZoneReading | undefined {
  const [zone, other] = zonesNamed(value);
  if (!zone) return undefined;
  if (other)
    return unknown(
      'time-zone-ambiguous',
      `${value} names two zones: ${[zone, other].map((each) => `${meaningOf(each, value)} (${gmt(each.offset)}, ${each.abbreviation})`).join(' and ')}; which one the phone takes is unknown`,
    );
  const text = `${value} is another name for ${zone.abbreviation} (${gmt(zone.offset)}); only ${zone.abbreviation} is sure to be taken`;
  return { offset: zone.offset, notes: [note('time-zone-alias', text)] };
}

/** Not documented, but in files that phones are served: `8`, `-5`. */
function hoursFromGmt(value: string): ZoneReading | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-]?)(\d{1,2})(?:[:/.]([0-5]\d))?$/.exec(value) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) + 0;
  if (hours === undefined || offset < -12 * 60 || offset > 14 * 60) return undefined;
  const text = `A number is taken as hours from GMT (${gmt(offset)}); table 3-9 has abbreviations only`;
  return { offset, notes: [note('time-zone-number', text)] };
}

function otherCase(value: string): ZoneReading | undefined {
  const upper = value.toUpperCase();
  if (upper === value || (!zoneAbbreviated(upper) && zonesNamed(upper).length === 0))
    return undefined;
  const text = `"${value}" must be ${upper}, in capitals; what the phone takes is unknown`;
  return unknown('time-zone-case', text);
}

function unknown(code: string, text: string): ZoneReading {
  return { notes: [note(code, text)] };
}

function note(code: string, text: string): ClockNote {
  return { code, text, key: 'time_zone' };
}
