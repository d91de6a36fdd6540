import type { ClockNote, WrongTime } from '../../../model/family-time.ts';
import { isZone } from './iana-zone.ts';
import { lawChangedAfter, lawIn } from './java-law.ts';
import { javaZoneNamed, javaZoneTable, type JavaZone } from './java-zone-table.ts';
import { gmt } from './offset-text.ts';
import type { PhoneClock } from './phone-clock.ts';
import { wrongIn } from './zone-settings.ts';

/** Where the name stands in a phone's file. */
export const timeZoneKey = 'devicePool/dateTimeSetting/timeZone';

/**
 * The year whose laws the firmware knows, where nothing else is known: that of the last loads,
 * 9.4(2)SR3. An assumption; no document says which load has which laws.
 */
export const assumedLawYear = 2017;

/** The zone's name in settings by path; empty for none. */
export function javaNameIn(settings: ReadonlyMap<string, string>): string {
  return settings.get(timeZoneKey)?.trim() ?? '';
}

/** The clock that a name makes, by laws as of a year. */
export function javaClock({ offset, otherOffset, law }: JavaZone, lawYear: number): PhoneClock {
  return withLaw(otherOffset ?? offset, law, lawYear);
}

/** What is doubtful about a `timeZone`. */
export function javaZoneNotes(name: string, lawYear: number): readonly ClockNote[] {
  const zone = javaZoneNamed(name);
  if (!zone) return [unknownName(name)];
  return [...offsetNotes(zone), ...lawNotes(zone, lawYear), ...ownDoubt(zone)];
}

/** A name that fits a zone. */
export type JavaZoneFit = {
  readonly javaZone: JavaZone;
  /** When it is wrong in the year, by the clock that is most likely. */
  readonly wrong: readonly WrongTime[];
  /** It makes the same clock however its offset is read. */
  readonly sure: boolean;
};

/** All names with what they make of a zone's year, in the order of the table. */
export function javaZoneFits(zone: string, year: number, lawYear: number): readonly JavaZoneFit[] {
  return javaZoneTable.map((javaZone) => ({
    javaZone,
    wrong: wrongIn(javaClock(javaZone, lawYear), zone, year),
    sure: javaZone.otherOffset === undefined,
  }));
}

function withLaw(standard: number, law: JavaZone['law'], lawYear: number): PhoneClock {
  const dst = lawIn(law, lawYear, standard);
  return dst ? { standard, dst } : { standard };
}

function unknownName(name: string): ClockNote {
  if (name === '')
    return note('java-zone-missing', 'No timeZone is given; what the phone takes is unknown');
  const cure = isZone(name)
    ? 'it is an IANA name, which timeZone does not take'
    : `nearest names: ${likeNames(name).join(', ') || 'none'}`;
  return note('java-zone-unknown', `"${name}" is no zone of these phones; ${cure}`);
}

function likeNames(name: string): readonly string[] {
  const asked = stem(name);
  const isLike = (known: string) =>
    asked !== '' && (known.includes(asked) || asked.includes(known));
  return javaZoneTable.filter((zone) => isLike(stem(zone.name))).map((zone) => zone.name);
}

/** A name without what is the same in all of them. */
function stem(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/\b(standard|daylight|time)\b|[/.]/g, '')
    .trim();
}

function offsetNotes({ name, offset, otherOffset, zone }: JavaZone): readonly ClockNote[] {
  if (otherOffset === undefined) return [];
  const text = `${name} is documented with ${gmt(offset)}, but ${zone} is at ${gmt(otherOffset)}; if the clock is off by the difference, the document is right`;
  return [note('java-offset-disputed', text)];
}

function lawNotes({ name, law }: JavaZone, lawYear: number): readonly ClockNote[] {
  if (law === 'none') return [];
  const assumed = `${name} has the daylight saving that the firmware knows; taken as the law of ${lawYear}`;
  const changed = `The law for ${name} has changed after ${lawYear}`;
  return [
    note('java-law-assumed', assumed),
    ...(lawChangedAfter(law, lawYear) ? [note('java-law-changed', changed)] : []),
  ];
}

function ownDoubt({ name, doubt }: JavaZone): readonly ClockNote[] {
  return doubt === undefined ? [] : [note('java-zone-doubt', `${name}: ${doubt}`)];
}

function note(code: string, text: string): ClockNote {
  return { code, text, key: timeZoneKey };
}
