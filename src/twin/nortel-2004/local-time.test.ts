import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { clockText, nextLocalTime, offsetAt } from './local-time.ts';
import { nextUpdate } from './sys-settings.ts';

const eastern = { offsetSeconds: -18_000, isSaving: true };

test('daylight saving as the time zone database has it for New York, from 1987 on', () => {
  const from = Date.UTC(1987, 5, 1);
  const to = Date.UTC(2030, 0, 1);
  fc.assert(
    fc.property(fc.integer({ min: from, max: to }), (at) => {
      const zoned =
        Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('America/New_York');
      assert.equal(offsetAt(eastern, at), zoned.offsetNanoseconds / 1e6);
    }),
    { numRuns: 2000 },
  );
});

test('the very hours of the changes', () => {
  const hour = 3_600_000;
  const spring = Date.UTC(2026, 2, 8, 7);
  const autumn = Date.UTC(2026, 10, 1, 6);
  assert.deepEqual(
    [spring - 1, spring, autumn - 1, autumn].map((at) => offsetAt(eastern, at) / hour),
    [-5, -4, -4, -5],
  );
  assert.equal(offsetAt({ ...eastern, isSaving: false }, spring), -5 * hour);
  assert.equal(clockText(eastern, Date.UTC(2006, 8, 18, 18, 5)), '14:05');
});

test('AUTO_UPDATE: seconds after midnight of local time, and up to an hour more', () => {
  const settings = { AUTO_UPDATE: 'YES', AUTO_UPDATE_TIME: '7200', TIMEZONE_OFFSET: '-18000' };
  const now = Date.UTC(2026, 0, 5, 12);
  const earliest = Date.UTC(2026, 0, 6, 7);
  assert.equal(
    nextUpdate(settings, now, () => 0),
    earliest,
  );
  const latest = nextUpdate(settings, now, () => 0.999_999) ?? 0;
  assert.ok(latest > earliest + 3_590_000 && latest < earliest + 3_600_000);
  assert.equal(
    nextUpdate({ ...settings, AUTO_UPDATE: 'NO' }, now, () => 0),
    undefined,
  );
  assert.equal(
    nextUpdate({}, now, () => 0),
    undefined,
  );
  const midnight = Date.UTC(2026, 0, 6, 5);
  for (const AUTO_UPDATE_TIME of ['0', 'soon', '86400', '-1'])
    assert.equal(
      nextUpdate({ ...settings, AUTO_UPDATE_TIME }, now, () => 0),
      midnight,
    );
});

test('the next local time is ahead, within about a day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 0, max: 86_399 }),
      (now, s) => {
        const at = nextLocalTime(eastern, now, s * 1000);
        assert.ok(at > now && at <= now + 26 * 3_600_000);
      },
    ),
  );
});
