import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  readDay,
  readMonth,
  readOffset,
  readSwitch,
  readTimeOfDay,
  readWeek,
  readWeekday,
  settingIsSame,
} from './dst-values.ts';

type Case = readonly [text: string, value: unknown];

function check(name: string, read: (text: string) => unknown, cases: readonly Case[]): void {
  for (const [text, value] of cases)
    test(`${name} "${text}"`, () => assert.equal(read(text), value));
}

check('offset', readOffset, [
  ['01/00', 60],
  ['1', 60],
  ['+1', 60],
  ['-1', -60],
  ['+1/30', 90],
  ['-00/30', -30],
  ['00/00', 0],
  ['-0', 0],
  ['01:00', undefined],
  ['1/60', undefined],
  ['24', undefined],
  ['one', undefined],
  ['–1', undefined],
  ['', undefined],
]);
check('time', readTimeOfDay, [
  ['02/00', 120],
  ['02:00', 120],
  ['2', 120],
  ['02', 120],
  ['14:30', 870],
  ['0', 0],
  ['24:00', undefined],
  ['-1', undefined],
  ['2am', undefined],
]);
check('month', readMonth, [
  ['April', 4],
  ['OCTOBER', 10],
  ['nov', 11],
  ['Mar', 3],
  ['1', 1],
  ['12', 12],
  ['0', undefined],
  ['13', undefined],
  ['Ap', undefined],
  ['Avril', undefined],
]);
check('weekday', readWeekday, [
  ['Sunday', 0],
  ['sun', 0],
  ['1', 0],
  ['SATURDAY', 6],
  ['7', 6],
  ['0', undefined],
  ['8', undefined],
  ['Sonntag', undefined],
]);
check('week', readWeek, [
  ['1', 1],
  ['6', 6],
  ['8', 8],
  ['7', undefined],
  ['0', undefined],
  ['last', undefined],
]);
check('day', readDay, [
  ['0', 0],
  ['31', 31],
  ['32', undefined],
  ['-1', undefined],
]);
check('switch', readSwitch, [
  ['1', true],
  ['0', false],
  ['yes', undefined],
]);

test('values that mean the same are the same', () => {
  const same = [
    ['dst_start_day_of_week', 'Sun', 'Sunday'],
    ['dst_start_week_of_month', '2', '2'],
    ['dst_stop_month', '11', 'November'],
    ['dst_stop_time', '2', '02/00'],
    ['dst_offset', '+1', '01/00'],
    ['dst_start_day', '00', '0'],
    ['time_zone', ' EST ', 'EST'],
  ] as const;
  for (const [key, one, other] of same) assert.ok(settingIsSame(key, one, other), key);
  assert.ok(!settingIsSame('dst_start_month', 'April', 'March'));
  assert.ok(!settingIsSame('dst_start_month', 'x', 'y'));
  assert.ok(!settingIsSame('dst_start_day_of_week', '3', 'Sunday'));
});
