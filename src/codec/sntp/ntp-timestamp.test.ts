import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isUnknown, ntpTimestampOf, unixMsOf, unknownTimestamp } from './ntp-timestamp.ts';

/** RFC 5905 figure 4: dates with their era and their offset in it. */
const dates: readonly (readonly [string, number])[] = [
  ['1900-01-01T00:00:00.500Z', 0],
  ['1970-01-01T00:00:00.500Z', 2_208_988_800],
  ['1972-01-01T00:00:00.500Z', 2_272_060_800],
  ['1999-12-31T00:00:00.500Z', 3_155_587_200],
  ['2036-02-07T06:28:15.500Z', 4_294_967_295],
  ['2036-02-07T06:28:16.500Z', 0],
  ['2036-02-08T00:00:00.500Z', 63_104],
];

test('the dates of RFC 5905, across the end of era 0', () => {
  for (const [date, seconds] of dates) {
    const unixMs = Date.parse(date);
    const timestamp = ntpTimestampOf(unixMs);
    assert.deepEqual(timestamp, { seconds, fraction: 2 ** 31 }, date);
    assert.equal(unixMsOf(timestamp, unixMs), unixMs, date);
  }
});

test('an era begins with a moment, not with "unknown"', () => {
  const begin = Date.parse('2036-02-07T06:28:16Z');
  assert.deepEqual(ntpTimestampOf(begin), { seconds: 0, fraction: 1 });
  assert(isUnknown(unknownTimestamp));
  assert(!isUnknown(ntpTimestampOf(begin)));
});

test('a moment is found again from any clock that is right within 68 years', () => {
  const from = Date.parse('1900-01-02T00:00:00Z');
  const to = Date.parse('2250-01-01T00:00:00Z');
  const moment = fc.double({ min: from, max: to, noNaN: true });
  const error = fc.integer({ min: -68 * 365 * 86_400, max: 68 * 365 * 86_400 });
  fc.assert(
    fc.property(moment, error, (unixMs, errorSeconds) => {
      const found = unixMsOf(ntpTimestampOf(unixMs), unixMs + errorSeconds * 1000);
      assert(Math.abs(found - unixMs) < 0.002, `${found} for ${unixMs}`);
    }),
    { numRuns: 5000 },
  );
});

test('later moments have later timestamps, also within a millisecond', () => {
  const start = Date.parse('2026-03-01T12:00:00Z');
  fc.assert(
    fc.property(fc.nat(86_400_000_000), fc.integer({ min: 1, max: 1000 }), (us, laterUs) => {
      const [one, other] = [us, us + laterUs].map((each) => ntpTimestampOf(start + each / 1000));
      assert(one && other);
      const units = (other.seconds - one.seconds) * 2 ** 32 + (other.fraction - one.fraction);
      assert(units > 0);
      assert(Math.abs(units / 2 ** 32 - laterUs / 1e6) < 1e-6);
    }),
  );
});
