import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import { nextRun, scheduleProblem } from './cron.ts';

const zone = 'Europe/Berlin';
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;

describe('a schedule comes next', () => {
  const rows: readonly (readonly [schedule: string, after: string, next: string | undefined])[] = [
    ['0 2 * * *', '2026-06-01T02:00', '2026-06-02T02:00'],
    ['0 2 * * *', '2026-06-01T01:59', '2026-06-01T02:00'],
    ['*/15 22-23 * * *', '2026-06-01T22:16', '2026-06-01T22:30'],
    ['30 1 * * sat,sun', '2026-06-01T00:00', '2026-06-06T01:30'],
    ['0 0 * * 7', '2026-06-01T00:00', '2026-06-07T00:00'],
    ['0 3 1 * *', '2026-06-01T03:00', '2026-07-01T03:00'],
    ['0 3 13 * fri', '2026-06-01T03:00', '2026-06-05T03:00'],
    ['0 0 29 2 *', '2026-06-01T00:00', '2028-02-29T00:00'],
    ['0 0 30 feb *', '2026-06-01T00:00', undefined],
    // 02:30 is not there on 29 March, and twice there on 25 October.
    ['30 2 * * *', '2026-03-29T00:00', '2026-03-29T03:00'],
    ['2026-06-01T02:00', '2026-05-01T00:00', '2026-06-01T02:00'],
    ['2026-06-01T02:00', '2026-06-01T02:00', undefined],
  ];
  for (const [schedule, after, next] of rows)
    test(`${schedule} after ${after}`, () =>
      assert.equal(nextRun(schedule, zone, at(after)), next === undefined ? undefined : at(next)));

  test('once in a night whose hour comes twice', () => {
    const first = nextRun('30 2 * * *', zone, at('2026-10-25T00:00'))!;
    const second = nextRun('30 2 * * *', zone, first);
    assert.equal(second, at('2026-10-26T02:30'));
  });
});

test('what is no schedule is told by its field', () => {
  assert.equal(scheduleProblem('0 2 * * *'), undefined);
  assert.match(scheduleProblem('0 2 * *') ?? '', /has 4 fields, not the five of cron/);
  assert.match(scheduleProblem('0 25 * * *') ?? '', /Invalid value for hour: 25/);
  assert.match(scheduleProblem('0 2 * foo *') ?? '', /entry 4 \(foo\)/);
  assert.match(scheduleProblem('*/0 2 * * *') ?? '', /illegal stepping: 0/);
  assert.match(scheduleProblem('2026-02-30T02:00') ?? '', /no date and time/);
});
