import fc from 'fast-check';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { requirePeer } from '../../../../test/peers.ts';
import { clockTime } from './offset-text.ts';
import {
  changeInstant,
  phoneOffset,
  phoneSpans,
  type DstRule,
  type PhoneClock,
  type YearlyChange,
  type YearlyDay,
} from './phone-clock.ts';
import { dstRules, phoneClocks } from './testing/arbitraries.ts';

const us: DstRule = {
  offset: 60,
  start: { day: { kind: 'weekday', month: 3, weekday: 0, week: 2 }, minutes: 120 },
  stop: { day: { kind: 'weekday', month: 11, weekday: 0, week: 1 }, minutes: 120 },
};
const sydney: DstRule = {
  offset: 60,
  start: { day: { kind: 'weekday', month: 10, weekday: 0, week: 1 }, minutes: 120 },
  stop: { day: { kind: 'weekday', month: 4, weekday: 0, week: 1 }, minutes: 180 },
};

/** Offsets just before and at an instant. */
function around(clock: PhoneClock, text: string): readonly [number, number] {
  const at = Date.parse(text);
  return [phoneOffset(clock, at - 1), phoneOffset(clock, at)];
}

test('the changes are at the time that the clock shows just before them', () => {
  const newYork = { standard: -300, dst: us };
  assert.deepEqual(around(newYork, '2026-03-08T07:00:00Z'), [-300, -240]);
  assert.deepEqual(around(newYork, '2026-11-01T06:00:00Z'), [-240, -300]);
});

test('in the south daylight saving passes the new year', () => {
  const clock = { standard: 600, dst: sydney };
  assert.deepEqual(around(clock, '2026-04-04T16:00:00Z'), [660, 600]);
  assert.deepEqual(around(clock, '2026-10-03T16:00:00Z'), [600, 660]);
  assert.equal(phoneOffset(clock, Date.parse('2026-01-01T00:00:00Z')), 660);
  assert.equal(phoneOffset(clock, Date.parse('2026-07-01T00:00:00Z')), 600);
});

test('an offset may be negative', () => {
  const dst = { ...us, offset: -30 };
  assert.deepEqual(around({ standard: 0, dst }, '2026-03-08T02:00:00Z'), [0, -30]);
  assert.deepEqual(around({ standard: 0, dst }, '2026-11-01T02:30:00Z'), [-30, 0]);
});

/** What day of a year, and the date that it is. */
const days: readonly (readonly [YearlyDay, number, string])[] = [
  [{ kind: 'weekday', month: 3, weekday: 0, week: 8 }, 2026, '2026-03-29'],
  [{ kind: 'weekday', month: 5, weekday: 0, week: 8 }, 2026, '2026-05-31'],
  [{ kind: 'weekday', month: 5, weekday: 0, week: 5 }, 2026, '2026-05-31'],
  [{ kind: 'weekday', month: 6, weekday: 0, week: 5 }, 2026, '2026-06-28'],
  [{ kind: 'weekday', month: 6, weekday: 0, week: 6 }, 2026, '2026-06-28'],
  [{ kind: 'weekday', month: 2, weekday: 0, week: 1 }, 2026, '2026-02-01'],
  [{ kind: 'weekday', month: 2, weekday: 6, week: 4 }, 2026, '2026-02-28'],
  [{ kind: 'weekday', month: 2, weekday: 4, week: 8 }, 2024, '2024-02-29'],
  [{ kind: 'weekday-from', month: 3, weekday: 5, day: 23 }, 2026, '2026-03-27'],
  [{ kind: 'weekday-from', month: 3, weekday: 1, day: 23 }, 2026, '2026-03-23'],
  [{ kind: 'date', month: 12, day: 31 }, 2026, '2026-12-31'],
  [{ kind: 'date', month: 2, day: 31 }, 2026, '2026-02-28'],
];

for (const [day, year, date] of days)
  test(`${JSON.stringify(day)} in ${year}`, () => {
    const at = changeInstant({ day, minutes: 0 }, year, 0);
    assert.equal(new Date(at).toISOString().slice(0, 10), date);
  });

test('spans and single instants say the same', () => {
  const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
  fc.assert(
    fc.property(phoneClocks, instants, fc.nat(400), (clock, from, length) => {
      const to = from + (length + 1) * 24 * 3_600_000;
      const spans = phoneSpans(clock, from, to);
      assert.equal(spans[0]?.from, from);
      assert.equal(spans.at(-1)?.to, to);
      for (const [index, span] of spans.entries()) {
        assert.ok(span.from < span.to);
        assert.equal(spans[index + 1]?.from ?? to, span.to);
        assert.equal(phoneOffset(clock, span.from), span.offset);
        assert.equal(phoneOffset(clock, span.to - 1), span.offset);
      }
    }),
  );
});

test('libc reads the same rules the same way', (t) => {
  const date = requirePeer(t, 'date');
  if (date === undefined) return;
  const offsets = fc.integer({ min: -12 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
  fc.assert(
    fc.property(dstRules, offsets, fc.integer({ min: 2004, max: 2036 }), (dst, standard, year) => {
      const clock = { standard, dst };
      const instants = instantsOf(clock, year);
      const input = instants.map((at) => `@${at / 1000}\n`).join('');
      const env = { TZ: posixZone(clock), LC_ALL: 'C' };
      const { stdout } = spawnSync(date, ['-f', '-', '+%:::z'], { input, env, encoding: 'utf8' });
      const theirs = stdout.trimEnd().split('\n').map(minutesOf);
      assert.deepEqual(
        instants.map((at) => phoneOffset(clock, at)),
        theirs,
        env.TZ,
      );
    }),
    { numRuns: 60 },
  );
});

/** Every 31 hours of a year, and the minutes around its changes. */
function instantsOf({ standard, dst }: PhoneClock & { dst: DstRule }, year: number) {
  const from = Date.UTC(year, 0, 3);
  const steps = Array.from({ length: 280 }, (_, index) => from + index * 31 * 3_600_000);
  const changes = [
    changeInstant(dst.start, year, standard),
    changeInstant(dst.stop, year, standard + dst.offset),
  ];
  return [...steps, ...changes.flatMap((at) => [at - 60_000, at - 1000, at, at + 60_000])];
}

/** The clock as POSIX writes one, which counts west of Greenwich. */
function posixZone({ standard, dst }: PhoneClock & { dst: DstRule }): string {
  const west = (east: number) => `${east > 0 ? '-' : ''}${clockTime(Math.abs(east), ':')}`;
  const changes = [dst.start, dst.stop].map(posixChange).join(',');
  return `<STD>${west(standard)}<DST>${west(standard + dst.offset)},${changes}`;
}

function posixChange({ day, minutes }: YearlyChange): string {
  const time = clockTime(minutes, ':');
  if (day.kind === 'weekday')
    return `M${day.month}.${day.week === 8 ? 5 : day.week}.${day.weekday}/${time}`;
  // Counts the days of a year without 29 February.
  const first = Date.UTC(2026, 0, 0);
  return `J${(Date.UTC(2026, day.month - 1, day.day) - first) / 86_400_000}/${time}`;
}

/** `-03:30`, `+05`, `+10:45` */
function minutesOf(text: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) + 0;
}
