import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { readClock } from '../src/families/cisco-shared/time/clock-settings.ts';
import { cisco7900Time } from '../src/families/cisco-shared/time/cisco-7900-time.ts';
import { yearIn } from '../src/families/cisco-shared/time/iana-zone.ts';
import { phoneOffset } from '../src/families/cisco-shared/time/phone-clock.ts';
import { wrongHours } from '../src/families/cisco-shared/time/span.ts';
import { zoneFindings } from '../src/families/cisco-shared/time/zone-findings.ts';
import type { WrongTime, ZoneSettings } from '../src/model/family-time.ts';
import { requirePeer } from './peers.ts';

const years = [2026, 2027];
const hour = 3_600_000;
const step = hour / 4;

/** Zones whose time a phone can be told all through both years. */
const sayable = [
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Santiago',
  'Europe/Berlin',
  'Europe/London',
  'Africa/Johannesburg',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** And why the others cannot be told. */
const beyond: Readonly<Record<string, string>> = {
  'Asia/Kathmandu': 'offset-not-in-table',
  'Pacific/Chatham': 'offset-not-in-table',
  'Pacific/Tongatapu': 'offset-not-in-table',
};

/** Right or wrong by what the time zone database of the day says of Ramadan. */
const moving = ['Africa/Casablanca'];

const zones = [...sayable, ...Object.keys(beyond), ...moving];

describe('the phone shows the time of the zone every hour of the year', () => {
  for (const zone of zones)
    for (const year of years)
      test(`${zone} in ${year}`, (t) => {
        const found = cisco7900Time.zoneSettings(zone, year);
        const { checked, wrong } = checkYear(found);
        const hours = `${checked / 4} hours checked, ${wrong / 4} wrong`;
        t.diagnostic(`${hours}, ${wrongHours(found.wrong).toFixed(2)} reported`);
        if (sayable.includes(zone)) assert.equal(wrong, 0);
        const why = beyond[zone];
        if (why !== undefined) assert.ok(found.why.some(({ code }) => code === why));
        checkFindings(found);
      });
});

test('the zones that cannot be said say so by a finding with the times', () => {
  for (const zone of Object.keys(beyond)) {
    const { settings } = cisco7900Time.zoneSettings(zone, 2026);
    const given = new Map(Object.entries(settings));
    const [found] = zoneFindings({ settings: given, time: cisco7900Time, zone, year: 2026 });
    assert.equal(found?.finding.code, 'zone-beyond-phone');
    assert.match(found.finding.consequence ?? '', /in all: \d+ minutes? behind from 2026-/);
  }
});

describe('libc agrees with the phone hour by hour', () => {
  const compared: string[] = [];
  for (const zone of zones)
    test(zone, (t) => {
      const date = requirePeer(t, 'date');
      if (date === undefined) return;
      const hours = years.flatMap((year) => hoursOf(zone, year));
      const theirs = libcOffsets(date, zone, hours);
      if (theirs === undefined) return t.skip('SKIPPED: no time zone database is installed');
      const ours = hours.map(intlOffset(zone));
      const wrong = years.flatMap((year) => cisco7900Time.zoneSettings(zone, year).wrong);
      const shown = years.flatMap((year) => shownOffsets(zone, year));
      // Node brings a database of its own, which may be newer or older than the system's.
      const agreed = [...hours.entries()].filter(([index]) => theirs[index] === ours[index]);
      for (const [index, at] of agreed)
        assert.equal(shown[index] !== theirs[index], isWithin(wrong, at), `${zone} at ${at}`);
      if (agreed.length === hours.length) compared.push(zone);
      const differing = hours.length - agreed.length;
      const rest = differing > 0 ? `, ${differing} left out where the databases differ` : '';
      t.diagnostic(`${agreed.length} hours compared${rest}`);
    });
  test('in ten zones at least', (t) => {
    if (compared.length === 0) return t.skip('SKIPPED: no zone could be compared');
    assert.ok(compared.length >= 10, compared.join(', '));
  });
});

/** Checks every quarter of an hour, as hours and as what was reported. */
function checkYear({ zone, year, settings, wrong: reported }: ZoneSettings) {
  const { clock } = readClock(new Map(Object.entries(settings)));
  assert.ok(clock);
  const right = intlOffset(zone);
  const { from, to } = yearIn(zone, year);
  let wrong = 0;
  for (let at = from; at < to; at += step) {
    const isWrong: boolean = phoneOffset(clock, at) !== right(at);
    if (isWrong) wrong++;
    if (isWrong !== isWithin(reported, at))
      assert.fail(`${zone} ${new Date(at).toISOString()}: wrong ${isWrong}`);
  }
  for (const each of reported)
    for (const [at, isWrong] of edgesOf(each))
      if (at >= from && at < to) assert.equal(phoneOffset(clock, at) !== right(at), isWrong);
  return { checked: (to - from) / step, wrong };
}

/** The instants around the ends of a stretch, and whether it is wrong there. */
function edgesOf({ from, to }: WrongTime): readonly (readonly [at: number, isWrong: boolean])[] {
  return [
    [from - 1, false],
    [from, true],
    [to - 1, true],
    [to, false],
  ];
}

function checkFindings({ zone, year, settings, wrong }: ZoneSettings): void {
  const given = new Map(Object.entries(settings));
  const found = zoneFindings({ settings: given, time: cisco7900Time, zone, year });
  const codes = found.map(({ finding }) => finding.code);
  if (wrong.length > 0) assert.deepEqual(codes, ['zone-beyond-phone']);
  else
    assert.deepEqual(
      codes.filter((code) => code !== 'dst-renewal-due'),
      [],
    );
}

function shownOffsets(zone: string, year: number): readonly number[] {
  const { settings } = cisco7900Time.zoneSettings(zone, year);
  const { clock } = readClock(new Map(Object.entries(settings)));
  assert.ok(clock);
  return hoursOf(zone, year).map((at) => phoneOffset(clock, at));
}

function hoursOf(zone: string, year: number): readonly number[] {
  const { from, to } = yearIn(zone, year);
  return Array.from({ length: Math.ceil((to - from) / hour) }, (_, index) => from + index * hour);
}

function isWithin(wrong: readonly WrongTime[], at: number): boolean {
  return wrong.some(({ from, to }) => from <= at && at < to);
}

/** Offsets as `Intl` has them, which is another way than the one that the product goes. */
function intlOffset(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value;
    return minutesOf((name ?? '').replace('GMT', '').replace(':', ''));
  };
}

function libcOffsets(date: string, zone: string, hours: readonly number[]) {
  const input = hours.map((at) => `@${at / 1000}\n`).join('');
  const { stdout } = spawnSync(date, ['-f', '-', '+%z'], {
    input,
    encoding: 'utf8',
    env: { TZ: zone, LC_ALL: 'C' },
    maxBuffer: 16 * 1024 * 1024,
  });
  const offsets = stdout.trimEnd().split('\n').map(minutesOf);
  // Without its database libc takes any zone for Greenwich.
  const isUnknown = offsets.length !== hours.length || new Set(offsets).has(NaN);
  const isGreenwich = offsets.every((offset) => offset === 0) && zone !== 'Africa/Casablanca';
  return isUnknown || isGreenwich ? undefined : offsets;
}

/** `+0530`; nothing for Greenwich. */
function minutesOf(text: string): number {
  if (text === '') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) + 0;
}
