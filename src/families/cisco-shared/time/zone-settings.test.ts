import fc from 'fast-check';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readClock } from './clock-settings.ts';
import { allZones, yearIn } from './iana-zone.ts';
import { phoneOffset } from './phone-clock.ts';
import { totalTime, wrongHours } from './span.ts';
import { leastWrong, wrongIn, zoneSettings } from './zone-settings.ts';

function codes(zone: string, year: number) {
  const { why, notes } = zoneSettings(zone, year);
  return [why.map(({ code }) => code), notes.map(({ code }) => code)];
}

test('a relative rule where the law has one', () => {
  const { settings, wrong, renewBy } = zoneSettings('America/New_York', 2026);
  assert.deepEqual(settings, {
    time_zone: 'EST',
    dst_auto_adjust: '1',
    dst_offset: '01/00',
    dst_start_month: 'March',
    dst_start_day: '0',
    dst_start_day_of_week: 'Sunday',
    dst_start_week_of_month: '2',
    dst_start_time: '02/00',
    dst_stop_month: 'November',
    dst_stop_day: '0',
    dst_stop_day_of_week: 'Sunday',
    dst_stop_week_of_month: '1',
    dst_stop_time: '02/00',
  });
  assert.deepEqual(wrong, []);
  assert.equal(renewBy, undefined);
});

describe('Europe changes at 01:00 Greenwich time', () => {
  const times: Readonly<Record<string, readonly [string, string, string]>> = {
    'Atlantic/Azores': ['WAT', '00/00', '01/00'],
    'Europe/Lisbon': ['GMT', '01/00', '02/00'],
    'Europe/Dublin': ['GMT', '01/00', '02/00'],
    'Europe/Berlin': ['CET', '02/00', '03/00'],
    'Europe/Helsinki': ['EET', '03/00', '04/00'],
  };
  for (const [zone, [time_zone, start, stop]] of Object.entries(times))
    test(zone, () => {
      const { settings } = zoneSettings(zone, 2026);
      assert.equal(settings.time_zone, time_zone);
      assert.deepEqual([settings.dst_start_month, settings.dst_stop_month], ['March', 'October']);
      assert.deepEqual(
        [settings.dst_start_week_of_month, settings.dst_stop_week_of_month],
        ['8', '8'],
      );
      assert.deepEqual([settings.dst_start_time, settings.dst_stop_time], [start, stop]);
    });
});

test('a zone without daylight saving turns it off, as the phone has it on by default', () => {
  assert.deepEqual(zoneSettings('Asia/Tokyo', 2026).settings, {
    time_zone: 'JST',
    dst_auto_adjust: '0',
  });
});

test('in the south it starts after it stops', () => {
  const { settings } = zoneSettings('Australia/Sydney', 2026);
  assert.deepEqual([settings.dst_start_month, settings.dst_stop_month], ['October', 'April']);
});

test('an offset that only summer has in the table: the winter is the daylight saving', () => {
  const { settings, wrong } = zoneSettings('Australia/Lord_Howe', 2026);
  assert.deepEqual([settings.time_zone, settings.dst_offset], ['EADT', '-00/30']);
  assert.deepEqual([settings.dst_start_month, settings.dst_stop_month], ['April', 'October']);
  assert.deepEqual(wrong, []);
  assert.deepEqual(codes('Australia/Lord_Howe', 2026)[1], ['dst-wall-clock', 'dst-offset-unusual']);
});

test('of the rules that fit the year the one that stays right longest', () => {
  // The Friday before the last Sunday, which is the fourth more often than the last.
  const { settings, renewBy } = zoneSettings('Asia/Jerusalem', 2026);
  assert.equal(settings.dst_start_week_of_month, '4');
  assert.equal(renewBy, Date.UTC(2030, 2, 22));
});

test('a change that comes once is an absolute rule with a date of renewal', () => {
  // Jordan kept its summer time from 2022 on.
  const { settings, wrong, renewBy } = zoneSettings('Asia/Amman', 2022);
  assert.equal(settings.dst_auto_adjust, '1');
  assert.deepEqual(wrong, []);
  assert.equal(renewBy, yearIn('Asia/Amman', 2023).from);
});

test('offsets that the table lacks are made of daylight saving all year, and said', () => {
  const { settings, wrong } = zoneSettings('Asia/Kathmandu', 2026);
  assert.deepEqual([settings.time_zone, settings.dst_offset], ['IST', '00/15']);
  assert.equal(totalTime(wrong), 16 * 60_000);
  assert.deepEqual(codes('Asia/Kathmandu', 2026), [
    ['offset-not-in-table'],
    ['dst-wall-clock', 'dst-offset-unusual', 'dst-all-year'],
  ]);
});

test('two offsets that the table lacks: half of the year is right', () => {
  const { settings, wrong } = zoneSettings('Pacific/Chatham', 2026);
  assert.deepEqual([settings.time_zone, settings.dst_offset], ['NZST', '01/45']);
  assert.deepEqual(
    wrong.map(({ minutes }) => minutes),
    [-45],
  );
  assert.equal(wrongHours(wrong), 4200);
});

test('Ramadan: right with this year’s dates, while there is one in the year', () => {
  const { settings, wrong, renewBy } = zoneSettings('Africa/Casablanca', 2024);
  assert.deepEqual([settings.time_zone, settings.dst_stop_month], ['GMT', 'March']);
  assert.deepEqual(wrong, []);
  assert.ok(renewBy !== undefined && renewBy < yearIn('Africa/Casablanca', 2026).from);
});

test('more changes than two cannot be said', () => {
  // Egypt stopped daylight saving for Ramadan.
  const [why] = codes('Africa/Cairo', 2014);
  assert.deepEqual(why, ['too-many-changes']);
});

test('three offsets in a year cannot be said', () => {
  // From Central to Eastern time while daylight saving came and went.
  assert.deepEqual(codes('America/Indiana/Winamac', 2007)[0], ['too-many-offsets']);
});

test('clocks that only go back are an hour off at the new year', () => {
  // Metlakatla went from Pacific to Alaskan time.
  const { wrong, settings } = zoneSettings('America/Metlakatla', 2015);
  assert.equal(wrongHours(wrong), 1);
  assert.equal(settings.time_zone, 'YST');
  assert.deepEqual(codes('America/Metlakatla', 2015)[0], ['change-without-return']);
});

test('what is no zone is a RangeError', () => {
  assert.throws(() => zoneSettings('Europe/Atlantis', 2026), RangeError);
});

test('any zone, any instant: wrong if and only if reported', () => {
  const zones = fc.constantFrom(...allZones());
  const years = fc.integer({ min: 2015, max: 2035 });
  const parts = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
  fc.assert(
    fc.property(zones, years, parts, (zone, year, instants) => {
      const { settings, wrong, why } = zoneSettings(zone, year);
      const { clock } = readClock(new Map(Object.entries(settings)));
      assert.ok(clock);
      assert.equal(wrong.length > 0, why.length > 0);
      const { from, to } = yearIn(zone, year);
      const format = new Intl.DateTimeFormat('sv', {
        timeZone: zone,
        dateStyle: 'short',
        timeStyle: 'medium',
      });
      for (const part of instants) {
        const at: number = Math.min(Math.floor(from + part * (to - from)), to - 1);
        const shown: string = new Date(at + phoneOffset(clock, at) * 60_000)
          .toISOString()
          .slice(0, 19);
        const isWrong = shown.replace('T', ' ') !== format.format(at);
        const isReported = wrong.some((each) => each.from <= at && at < each.to);
        assert.equal(isWrong, isReported, `${zone} ${new Date(at).toISOString()}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('nothing that is computed is worse than what can be', () => {
  const zones = fc.constantFrom(...allZones());
  fc.assert(
    fc.property(zones, fc.integer({ min: 2020, max: 2030 }), (zone, year) => {
      const { settings, renewBy } = zoneSettings(zone, year);
      const { clock } = readClock(new Map(Object.entries(settings)));
      assert.ok(clock);
      const end = renewBy ?? Infinity;
      for (let later = year; later <= year + 10 && yearIn(zone, later).to <= end; later++)
        assert.equal(totalTime(wrongIn(clock, zone, later)), leastWrong(zone, later));
    }),
    { numRuns: 60 },
  );
});
