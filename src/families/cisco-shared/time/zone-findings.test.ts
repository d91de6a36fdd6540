import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cisco7900Time } from './cisco-7900-time.ts';
import { clockFindings, clockRules, javaClockFindings, javaClockRules } from './clock-findings.ts';
import { timeZoneKey } from './java-clock.ts';
import { ciscoJavaTime } from './java-zone-settings.ts';
import { zoneFindings } from './zone-findings.ts';

const us2006 = {
  time_zone: 'EST',
  dst_offset: '1',
  dst_start_month: 'April',
  dst_start_day: '',
  dst_start_day_of_week: 'Sun',
  dst_start_week_of_month: '1',
  dst_start_time: '02',
  dst_stop_month: 'Oct',
  dst_stop_day: '',
  dst_stop_day_of_week: 'Sunday',
  dst_stop_week_of_month: '8',
  dst_stop_time: '2',
  dst_auto_adjust: '1',
};

const given = (settings: Readonly<Record<string, string>>) => new Map(Object.entries(settings));

function found(settings: Readonly<Record<string, string>>, zone: string, year = 2026) {
  return zoneFindings({ settings: given(settings), time: cisco7900Time, zone, year });
}

test('the sample of the guide is wrong since 2007, with the times and the cure', () => {
  const [first, ...others] = found(us2006, 'America/New_York');
  assert.deepEqual(others, []);
  assert.equal(first?.key, 'dst_start_month');
  assert.deepEqual(first.finding, {
    code: 'dst-wrong-for-zone',
    severity: 'warning',
    text:
      'The clock is wrong for America/New_York in 2026: 840 hours in all: 60 minutes behind ' +
      'from 2026-03-08 03:00 to 2026-04-05 03:00; 60 minutes behind from 2026-10-25 02:00 to ' +
      '2026-11-01 01:00',
    consequence: 'The phone shows the wrong time, also in its call lists',
    cure: 'Set dst_start_month: March, dst_start_week_of_month: 2, dst_stop_month: November, dst_stop_week_of_month: 1',
  });
});

test('with the cure there is nothing to find', () => {
  const cured = {
    ...us2006,
    dst_start_month: 'March',
    dst_start_week_of_month: '2',
    dst_stop_month: 'November',
    dst_stop_week_of_month: '1',
  };
  assert.deepEqual(found(cured, 'America/New_York'), []);
});

test('another zone’s offset is shown at time_zone', () => {
  const settings = { time_zone: 'CET', dst_auto_adjust: '0' };
  const [first] = found(settings, 'Asia/Tokyo');
  assert.equal(first?.key, 'time_zone');
  assert.equal(first.finding.cure, 'Set time_zone: JST');
  assert.match(first.finding.text, /8760 hours in all: 480 minutes behind/);
});

test('a file without a line for the zone still gets the finding', () => {
  const settings = { time_zone: 'JST', dst_offset: '1' };
  const [first] = found(settings, 'Asia/Tokyo');
  assert.equal(first?.finding.cure, 'Set dst_auto_adjust: 0');
  assert.equal(first.key, 'time_zone');
});

test('what no settings can mend is a note', () => {
  const { settings } = cisco7900Time.zoneSettings('Pacific/Chatham', 2026);
  const [first] = found(settings, 'Pacific/Chatham');
  assert.equal(first?.finding.code, 'zone-beyond-phone');
  assert.equal(
    first.finding.text,
    'No settings are right for Pacific/Chatham all through 2026: Table 3-9 has no zone with ' +
      'GMT+12:45 or GMT+13:45',
  );
  assert.match(first.finding.consequence ?? '', /4200 hours in all: 45 minutes behind/);
});

test('what will be wrong next year is a note in the year before', () => {
  const { settings } = cisco7900Time.zoneSettings('America/Santiago', 2026);
  assert.deepEqual(found(settings, 'America/Santiago', 2027), []);
  const [first] = found(settings, 'America/Santiago', 2028);
  assert.equal(first?.finding.code, 'dst-renewal-due');
  assert.match(first.finding.text, /in 2028, but not from 2029-04-01 00:00 on/);
});

test('a clock that cannot be read has no finding of its zone', () => {
  assert.deepEqual(found({ time_zone: 'est' }, 'America/New_York'), []);
  const { wrong, notes } = cisco7900Time.compare(given({}), 'Asia/Tokyo', 2026);
  assert.deepEqual(wrong, [
    { from: Date.UTC(2025, 11, 31, 15), to: Date.UTC(2026, 11, 31, 15), minutes: undefined },
  ]);
  assert.ok(notes.some(({ code }) => code === 'time-zone-missing'));
});

test('Java phones have the same findings', () => {
  const settings = given({ [timeZoneKey]: 'Mexico Standard/Daylight Time' });
  const time = ciscoJavaTime;
  const [first] = zoneFindings({ settings, time, zone: 'America/Mexico_City', year: 2026 });
  assert.equal(first?.finding.code, 'dst-wrong-for-zone');
  assert.equal(first.finding.cure, `Set ${timeZoneKey}: Canada Central Standard Time`);
  assert.equal(first.key, timeZoneKey);
});

test('what is doubtful about settings themselves', () => {
  const settings = given({ time_zone: 'BST', dst_offset: '01:00', sntp_mode: 'unicast' });
  assert.deepEqual(
    clockFindings(settings).map(({ finding, key }) => [finding.code, finding.severity, key]),
    [
      ['time-zone-clash', 'note', 'time_zone'],
      ['dst-unreadable', 'warning', 'dst_offset'],
      ['no-time-source', 'warning', 'sntp_server'],
    ],
  );
  const java = given({ [timeZoneKey]: 'America/Sao_Paulo' });
  const [unknown] = javaClockFindings(java, 2017);
  assert.equal(unknown?.finding.code, 'java-zone-unknown');
  assert.match(unknown.finding.text, /is an IANA name/);
});

test('codes are told once', () => {
  const codes = [...clockRules, ...javaClockRules].map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
});
