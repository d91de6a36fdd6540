import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClock } from './clock-settings.ts';
import { phoneClocks } from './testing/arbitraries.ts';
import { writeClock } from './write-clock.ts';

function read(settings: Readonly<Record<string, string>>) {
  const { clock, notes } = readClock(new Map(Object.entries(settings)));
  return { clock, codes: notes.map(({ code }) => code), keys: notes.map(({ key }) => key) };
}

const us2006 = {
  offset: 60,
  start: { day: { kind: 'weekday', month: 4, weekday: 0, week: 1 }, minutes: 120 },
  stop: { day: { kind: 'weekday', month: 10, weekday: 0, week: 8 }, minutes: 120 },
};

test('without dst_ values it is the rule of the United States until 2006', () => {
  const { clock, codes } = read({ time_zone: 'EST' });
  assert.deepEqual(clock, { standard: -300, dst: us2006 });
  assert.deepEqual(codes, ['dst-offset-default']);
});

test('null values stand for their defaults', () => {
  const { clock } = read({
    time_zone: 'EST',
    dst_offset: '1',
    dst_start_month: 'UNPROVISIONED',
    dst_start_day: '',
    dst_stop_week_of_month: ' ',
  });
  assert.deepEqual(clock, { standard: -300, dst: us2006 });
});

test('the sample of an absolute rule', () => {
  const { clock, codes } = read({
    time_zone: 'PST',
    dst_offset: '01/00',
    dst_start_month: 'April',
    dst_start_day: '1',
    dst_start_time: '02/00',
    dst_stop_month: 'October',
    dst_stop_day: '1',
    dst_stop_time: '02/00',
    dst_stop_autoadjust: '1',
  });
  assert.deepEqual(clock, {
    standard: -480,
    dst: {
      offset: 60,
      start: { day: { kind: 'date', month: 4, day: 1 }, minutes: 120 },
      stop: { day: { kind: 'date', month: 10, day: 1 }, minutes: 120 },
    },
  });
  assert.deepEqual(codes, ['dst-misspelt']);
});

test('a relative start and an absolute stop, as in files of the field', () => {
  const { clock } = read({
    time_zone: 'CST',
    dst_offset: '1',
    dst_start_month: '4',
    dst_start_day: '0',
    dst_start_day_of_week: '1',
    dst_stop_month: 'Nov',
    dst_stop_day: '1',
    dst_stop_day_of_week: 'Sunday',
    dst_stop_week_of_month: '',
    dst_stop_time: '2',
  });
  assert.deepEqual(clock?.dst?.start, us2006.start);
  assert.deepEqual(clock.dst.stop, { day: { kind: 'date', month: 11, day: 1 }, minutes: 120 });
});

test('no daylight saving by the switch or by an offset of nothing', () => {
  assert.deepEqual(read({ time_zone: 'CET', dst_auto_adjust: '0' }).clock, { standard: 60 });
  assert.deepEqual(read({ time_zone: 'CET', dst_offset: '0' }).clock, { standard: 60 });
  const unread = read({ time_zone: 'CET', dst_auto_adjust: '0', dst_start_month: 'Avril' });
  assert.deepEqual(unread, { clock: { standard: 60 }, codes: [], keys: [] });
});

/** A value that cannot be read, with the others right. */
const unreadable: Readonly<Record<string, string>> = {
  dst_auto_adjust: 'yes',
  dst_offset: '01:00',
  dst_start_month: 'Avril',
  dst_start_time: '2am',
  dst_start_day: '32',
  dst_start_day_of_week: 'Sonntag',
  dst_start_week_of_month: '7',
  dst_stop_month: '13',
  dst_stop_time: '25',
  dst_stop_day: 'x',
  dst_stop_day_of_week: '9',
  dst_stop_week_of_month: 'last',
};

for (const [key, value] of Object.entries(unreadable))
  test(`${key}: "${value}" makes the clock unknown`, () => {
    const { clock, codes, keys } = read({ time_zone: 'EST', dst_offset: '1', [key]: value });
    assert.equal(clock, undefined);
    assert.deepEqual(codes, ['dst-unreadable']);
    assert.deepEqual(keys, [key]);
  });

test('an unknown zone makes the clock unknown', () => {
  assert.equal(read({ time_zone: 'est', dst_auto_adjust: '0' }).clock, undefined);
  assert.deepEqual(read({ dst_auto_adjust: '0' }).codes, ['time-zone-missing']);
});

test('days that not every month has are told', () => {
  const base = { time_zone: 'EST', dst_offset: '1' };
  assert.deepEqual(read({ ...base, dst_start_week_of_month: '5' }).codes, ['dst-week-missing']);
  assert.deepEqual(read({ ...base, dst_start_day: '31' }).codes, ['dst-day-missing']);
  assert.deepEqual(read({ ...base, dst_start_month: '2', dst_start_day: '29' }).codes, [
    'dst-day-missing',
  ]);
  const same = { dst_start_month: '3', dst_stop_month: '3', dst_stop_week_of_month: '1' };
  assert.deepEqual(read({ ...base, ...same }).codes, ['dst-empty']);
});

test('what is written is read', () => {
  fc.assert(
    fc.property(phoneClocks, (clock) => {
      const { clock: found, codes } = read(writeClock(clock));
      assert.deepEqual(found, clock);
      assert.deepEqual(
        codes.filter((code) => code !== 'time-zone-clash'),
        [],
      );
    }),
  );
});

test('any text gives a clock or says why not', () => {
  const keys = ['time_zone', ...Object.keys(unreadable)];
  const value = fc.oneof(fc.string(), fc.constantFrom('1', '0', '8', 'EST', 'April', '02/00'));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), value), (settings) => {
      const { clock, codes } = read(settings);
      assert.ok(clock !== undefined || codes.length > 0);
    }),
  );
});
