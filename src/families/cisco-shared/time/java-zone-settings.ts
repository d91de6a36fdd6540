import type {
  ClockComparison,
  ClockNote,
  FamilyTime,
  ZoneSettings,
} from '../../../model/family-time.ts';
import type { Refusal } from '../../../model/plan.ts';
import { faceText, readDateTemplate } from './clock-face.ts';
import { yearIn } from './iana-zone.ts';
import {
  assumedLawYear,
  javaClock,
  javaNameIn,
  javaZoneFits,
  javaZoneNotes,
  timeZoneKey,
  type JavaZoneFit,
} from './java-clock.ts';
import { javaZoneNamed, type JavaZone } from './java-zone-table.ts';
import { phoneOffset } from './phone-clock.ts';
import { compareRanks, totalError, totalTime } from './span.ts';
import { wrongIn } from './zone-settings.ts';

/**
 * The clock of the Java phones, for firmware that knows the laws of a year: `timeZone` and
 * `dateTemplate`, by their paths in the file.
 */
export function javaTimeAsOf(lawYear: number): FamilyTime {
  return {
    zoneSettings: (zone, year) => javaZoneSettings(zone, year, lawYear),
    compare: (settings, zone, year) => compareJavaZone(javaNameIn(settings), zone, year, lawYear),
    display(settings, at) {
      const named = javaZoneNamed(javaNameIn(settings));
      const face = readDateTemplate(settings.get(dateTemplateKey) ?? '');
      if (!named || !face) return undefined;
      return faceText(face, at, phoneOffset(javaClock(named, lawYear), at));
    },
  };
}

/** The clock of the Java phones with their last firmware. */
export const ciscoJavaTime: FamilyTime = javaTimeAsOf(assumedLawYear);

const dateTemplateKey = 'devicePool/dateTimeSetting/dateTemplate';

function compareJavaZone(
  name: string,
  zone: string,
  year: number,
  lawYear: number,
): ClockComparison {
  const javaZone = javaZoneNamed(name);
  const notes = javaZoneNotes(name, lawYear);
  if (javaZone) return { wrong: wrongIn(javaClock(javaZone, lawYear), zone, year), notes };
  return { wrong: [{ ...yearIn(zone, year), minutes: undefined }], notes };
}

/**
 * The names for a zone, best first: least wrong in the year; of equals those whose offset is
 * undisputed, that fit whatever laws the firmware knows, that are about this very zone. Throws a
 * RangeError for no IANA zone.
 */
export function javaNamesFor(zone: string, year: number, lawYear: number): readonly JavaZoneFit[] {
  const fits = javaZoneFits(zone, year, lawYear).map((fit) => ({
    fit,
    error: [totalTime(fit.wrong), totalError(fit.wrong)],
  }));
  const least = fits.map(({ error }) => error).toSorted(compareRanks)[0] ?? [];
  const doubts = (fit: JavaZoneFit) => [
    fit.sure ? 0 : 1,
    wrongByOtherLaws(fit, zone, year),
    fit.javaZone.zone === zone ? 0 : 1,
    fit.javaZone.doubt === undefined ? 0 : 1,
  ];
  const isBest = (error: readonly number[]) => compareRanks(error, least) === 0;
  return fits
    .map(({ fit, error }) => ({ fit, rank: [...error, ...(isBest(error) ? doubts(fit) : [])] }))
    .toSorted((a, b) => compareRanks(a.rank, b.rank))
    .map(({ fit }) => fit);
}

/** Years between which the laws of the zones changed that the phones know. */
const lawYears = [2006, 2009, 2015, 2021, 2024];

/** With how many ages of firmware a name is wrong. */
function wrongByOtherLaws({ javaZone }: JavaZoneFit, zone: string, year: number): number {
  const isWrong = (lawYear: number) => wrongIn(javaClock(javaZone, lawYear), zone, year).length > 0;
  return lawYears.filter(isWrong).length;
}

function javaZoneSettings(zone: string, year: number, lawYear: number): ZoneSettings {
  const [best, ...others] = javaNamesFor(zone, year, lawYear);
  if (!best) throw new Error('the table of zones is not empty');
  const { javaZone, wrong } = best;
  const renewBy = javaRenewal(best, zone, year, lawYear);
  return {
    zone,
    year,
    settings: { [timeZoneKey]: javaZone.name },
    wrong,
    why: wrong.length > 0 ? [noName(zone, year, lawYear)] : [],
    ...(renewBy === undefined ? {} : { renewBy }),
    notes: [...javaZoneNotes(javaZone.name, lawYear), ...equals(best, others)],
  };
}

/** First instant after the year at which the name is wrong and another is less so. */
function javaRenewal(
  { javaZone }: JavaZoneFit,
  zone: string,
  year: number,
  lawYear: number,
): number | undefined {
  for (let later = year + 1; later <= year + 10; later++) {
    const wrong = wrongIn(javaClock(javaZone, lawYear), zone, later);
    const [best] = javaNamesFor(zone, later, lawYear);
    if (wrong[0] && best && totalTime(wrong) > totalTime(best.wrong)) return wrong[0].from;
  }
  return undefined;
}

function noName(zone: string, year: number, lawYear: number): Refusal {
  const text = `No zone name of these phones has the time of ${zone} all through ${year}, by the laws of ${lawYear}`;
  return { code: 'no-java-zone', text };
}

/** Names that are as good, so that nobody wonders which to take. */
function equals(best: JavaZoneFit, others: readonly JavaZoneFit[]): readonly ClockNote[] {
  const same = others.filter((other) => totalError(other.wrong) === totalError(best.wrong));
  if (same.length === 0) return [];
  const text = `As good in this year: ${same.map(({ javaZone }) => nameText(javaZone)).join(', ')}`;
  return [{ code: 'java-zone-ambiguous', text, key: timeZoneKey }];
}

function nameText({ name, otherOffset }: JavaZone): string {
  return otherOffset === undefined ? name : `${name} (offset disputed)`;
}
