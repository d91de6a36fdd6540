import type { Rule } from '../../shared/lint/rule.ts';
import { entryOf, type NortelText, type ReadEntry, valuePlace } from './subject.ts';

function setting(file: NortelText, key: string): ReadEntry | undefined {
  const read = entryOf(file, '', key);
  return read?.value === '' || read?.placeholder ? undefined : read;
}

function isOn(file: NortelText, ...keys: readonly string[]): boolean {
  return keys.some((key) => /^YES$/i.test(setting(file, key)?.value ?? ''));
}

/** Undefined for what is no whole number. */
function numberOf(read: ReadEntry | undefined): number | undefined {
  return read && /^[+-]?\d{1,9}$/.test(read.value) ? Number(read.value) : undefined;
}

const bannerLength = 24;

const banner: Rule<NortelText> = {
  code: 'banner-length',
  severity: 'warning',
  title: `BANNER of more than ${bannerLength} characters`,
  consequence: 'The phone cuts it off.',
  cure: `Write at most ${bannerLength} characters.`,
  check(file, report) {
    const read = setting(file, 'BANNER');
    if (read && read.entry.value.length > bannerLength)
      report({ text: `BANNER has ${read.entry.value.length} characters`, ...valuePlace(read) });
  },
};

const quality: Rule<NortelText> = {
  code: 'audio-quality-unknown',
  severity: 'warning',
  title: 'DEF_AUDIO_QUALITY that phones do not know',
  consequence: 'The phone takes High: G.711 with 20 ms.',
  cure: 'Write High, Medium or Low.',
  check(file, report) {
    const read = setting(file, 'DEF_AUDIO_QUALITY');
    if (read && !/^(high|medium|low)$/i.test(read.value))
      report({ text: `DEF_AUDIO_QUALITY is "${read.value}"`, ...valuePlace(read) });
  },
};

const zoneOffset: Rule<NortelText> = {
  code: 'zone-offset-odd',
  severity: 'warning',
  title: 'TIMEZONE_OFFSET that no place has',
  consequence: 'The phone shows a wrong time.',
  cure: 'Write seconds from GMT: -18000 for New York, 3600 for Berlin in winter.',
  check(file, report) {
    const read = setting(file, 'TIMEZONE_OFFSET');
    const offset = numberOf(read);
    if (!read || (offset !== undefined && isZone(offset))) return;
    const text = `TIMEZONE_OFFSET is "${read.value}"${hintFor(offset)}`;
    report({ text, ...valuePlace(read) });
  },
};

/** Zones are whole quarters of an hour, from 12 hours behind to 14 before. */
function isZone(offset: number): boolean {
  return offset % 900 === 0 && offset >= -43_200 && offset <= 50_400;
}

function hintFor(offset: number | undefined): string {
  if (offset === undefined || offset === 0) return '; it is a number of seconds';
  if (Math.abs(offset) <= 14) return `, which is ${offset * 3600} if it is hours`;
  if (Math.abs(offset) <= 840) return `, which is ${offset * 60} if it is minutes`;
  return '';
}

const northAmerica: Rule<NortelText> = {
  code: 'dst-north-american',
  severity: 'warning',
  title: 'Daylight saving by the rules of North America in another zone',
  consequence: 'For some weeks of the year, or half of it, the phone shows a wrong time.',
  cure: 'Write DST_ENABLED NO, and change TIMEZONE_OFFSET twice a year where that is needed.',
  check(file, report) {
    const read = setting(file, 'TIMEZONE_OFFSET');
    const offset = numberOf(read);
    if (!isOn(file, 'DST_ENABLED', 'DST_ENABLE') || !read) return;
    if (offset === undefined || !isZone(offset)) return;
    // From Alaska to Newfoundland; Hawaii has no daylight saving.
    if (offset >= -32_400 && offset <= -12_600) return;
    const text = `DST_ENABLED is YES, and ${offset} seconds from GMT is not in North America`;
    report({ text, ...valuePlace(read) });
  },
};

const lastSecond = 86_399;

const updateTime: Rule<NortelText> = {
  code: 'auto-update-time',
  severity: 'error',
  title: 'AUTO_UPDATE_TIME that is no time of a day',
  consequence: 'The phone asks at another time than is meant, or never.',
  cure: 'Write seconds after midnight, from 0 to 86399: 10800 is three in the morning.',
  check(file, report) {
    const read = setting(file, 'AUTO_UPDATE_TIME');
    const time = numberOf(read);
    if (!read || (time !== undefined && time >= 0 && time <= lastSecond)) return;
    report({ text: `AUTO_UPDATE_TIME is "${read.value}"`, ...valuePlace(read) });
  },
};

const updateMidnight: Rule<NortelText> = {
  code: 'auto-update-midnight',
  severity: 'note',
  title: 'AUTO_UPDATE with a time of 0, or with none',
  consequence: 'All phones ask between midnight and one in the morning.',
  cure: 'Write AUTO_UPDATE_TIME as is meant.',
  check(file, report) {
    const update = setting(file, 'AUTO_UPDATE');
    const time = setting(file, 'AUTO_UPDATE_TIME');
    if (!update || !isOn(file, 'AUTO_UPDATE')) return;
    if (time && numberOf(time) !== 0) return;
    const text = `AUTO_UPDATE is on, and AUTO_UPDATE_TIME is ${time ? '0' : 'not there'}`;
    report({ text, ...valuePlace(time ?? update) });
  },
};

/** `2004sysConfig.dat`: NN42020-202, section 4; NN43170-600 for meanings. */
export const settingsRules: readonly Rule<NortelText>[] = [
  banner,
  quality,
  zoneOffset,
  northAmerica,
  updateTime,
  updateMidnight,
];
