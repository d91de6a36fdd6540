import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { valueProblem } from '../../../model/parameter-value.ts';
import type { Parameter, ValueType } from '../../../model/parameter.ts';
import {
  readMonth,
  readOffset,
  readTimeOfDay,
  readWeek,
  readWeekday,
} from '../../cisco-shared/time/dst-values.ts';
import { readTimeZone } from '../../cisco-shared/time/time-zone-value.ts';
import { dayOfWeek, dstOffset, month, timeOfDay, timeZone, weekOfMonth } from './time-values.ts';

const row = { name: 'x', place: 'common', stored: true, help: '', source: '' } as const;
const takes = (type: ValueType, value: string) =>
  valueProblem({ ...row, type } satisfies Parameter, value) === undefined;

const readers: readonly (readonly [
  title: string,
  type: ValueType,
  read: (text: string) => number | undefined,
])[] = [
  ['dst_offset', dstOffset, readOffset],
  ['dst_start_time', timeOfDay, readTimeOfDay],
  ['dst_start_month', month, readMonth],
  ['dst_start_day_of_week', dayOfWeek, readWeekday],
];

const words = fc.oneof(
  fc.stringMatching(/^[+-]?[0-9]{1,3}([/:.][0-9]{1,2})?$/),
  fc.stringMatching(/^(Apr|april|OCT|October|Sept|Sun|sunday|MON|Thurs|June|Sat|Juni)$/),
  fc.string({ minLength: 1, maxLength: 6 }),
);

for (const [title, type, read] of readers)
  test(`${title} takes exactly the values that the phone's clock is computed from`, () => {
    fc.assert(
      fc.property(words, (value) => {
        assert.equal(takes(type, value), read(value) !== undefined, value);
      }),
    );
  });

test('a number has two digits at most', () => {
  for (const value of ['1', '01', '10', '12']) assert.ok(takes(month, value), value);
  for (const value of ['010', '012', '001', '13', '0']) assert.ok(!takes(month, value), value);
});

test('dst_start_week_of_month has no week that is not one', () => {
  assert.ok(weekOfMonth.kind === 'choice');
  assert.deepEqual(
    weekOfMonth.values.map(([value]) => readWeek(value)),
    [1, 2, 3, 4, 5, 6, 8],
  );
});

test('time_zone takes table 3-9 in capitals, its further names and hours', () => {
  const right = ['IDL', 'CET', 'BST', 'ZP4', 'NZST', 'MEST', 'GST', '8', '-5', '+5:30', '-3.30'];
  for (const value of right) assert.ok(takes(timeZone, value), value);
  const wrong = ['cet', 'Europe/Berlin', '15', '5:75', '--5', 'GMT+1', ' CET'];
  for (const value of wrong) assert.ok(!takes(timeZone, value), value);
});

test('time_zone takes every value whose meaning is known', () => {
  const zones = fc.stringMatching(/^([A-Z]{2,5}|[+-]?[0-9]{1,2}(:[0-5][0-9])?)$/);
  fc.assert(
    fc.property(zones, (value) => {
      if (readTimeZone(value).offset !== undefined) assert.ok(takes(timeZone, value), value);
    }),
  );
});
