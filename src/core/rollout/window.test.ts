import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import fc from 'fast-check';
import { closesAt, isInWindow, isZone, opensAt, windowMs } from './window.ts';

const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const berlin = 'Europe/Berlin';
const clock = (text: string) => {
  const [from = '', to = ''] = text.split('-');
  const minutes = (each: string) => Number(each.slice(0, 2)) * 60 + Number(each.slice(3));
  return { from: minutes(from), to: minutes(to) };
};

describe('a window opens and closes', () => {
  const rows: readonly (readonly [
    title: string,
    window: string,
    now: string,
    opens: string,
    closes: string,
  ])[] = [
    ['at night', '00:00-04:00', '2026-06-01T12:00', '2026-06-02T00:00', '2026-06-02T04:00'],
    ['now', '00:00-04:00', '2026-06-01T03:59', '2026-06-01T03:59', '2026-06-01T04:00'],
    ['not at its end', '00:00-04:00', '2026-06-01T04:00', '2026-06-02T00:00', '2026-06-02T04:00'],
    ['over midnight', '22:00-02:00', '2026-06-01T12:00', '2026-06-01T22:00', '2026-06-02T02:00'],
    ['after midnight', '22:00-02:00', '2026-06-01T01:00', '2026-06-01T01:00', '2026-06-01T02:00'],
    ['until midnight', '20:00-00:00', '2026-06-01T12:00', '2026-06-01T20:00', '2026-06-02T00:00'],
    // The clock goes from 02:00 to 03:00 on 29 March, from 03:00 to 02:00 on 25 October.
    ['in spring', '00:00-04:00', '2026-03-28T12:00', '2026-03-29T00:00', '2026-03-29T04:00'],
    ['in autumn', '00:00-04:00', '2026-10-24T12:00', '2026-10-25T00:00', '2026-10-25T04:00'],
    ['that spring cuts', '00:00-02:30', '2026-03-28T12:00', '2026-03-29T00:00', '2026-03-29T03:00'],
    [
      'that spring skips',
      '02:00-03:00',
      '2026-03-28T12:00',
      '2026-03-30T02:00',
      '2026-03-30T03:00',
    ],
    [
      'that begins in a gap',
      '02:30-05:00',
      '2026-03-29T00:00',
      '2026-03-29T03:00',
      '2026-03-29T05:00',
    ],
  ];
  for (const [title, window, now, opens, closes] of rows)
    test(title, () => {
      const instant = at(`${now}[${berlin}]`);
      const opened = opensAt(clock(window), berlin, instant)!;
      assert.equal(opened, at(`${opens}[${berlin}]`));
      assert.equal(closesAt(clock(window), berlin, opened), at(`${closes}[${berlin}]`));
    });

  test('twice, where the clock passes it twice', () => {
    const window = clock('01:00-02:30');
    const first = at('2026-10-25T01:00+02:00[Europe/Berlin]');
    assert.equal(opensAt(window, berlin, first - 1), first);
    assert.equal(closesAt(window, berlin, first), at('2026-10-25T02:30+02:00[Europe/Berlin]'));
    const again = at('2026-10-25T02:00+01:00[Europe/Berlin]');
    assert.equal(opensAt(window, berlin, at('2026-10-25T02:30+02:00[Europe/Berlin]')), again);
    assert.equal(closesAt(window, berlin, again), at('2026-10-25T02:30+01:00[Europe/Berlin]'));
  });
});

test('what opens is open until it closes, and what is closed until it opens', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
  const year = { min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) };
  const property = fc.property(
    fc.constantFrom(...zones),
    fc.tuple(fc.nat(1439), fc.nat(1439)).filter(([a, b]) => a !== b),
    fc.integer(year),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    (zone, [from, to], now, part) => {
      const window = { from, to };
      const opens = opensAt(window, zone, now)!;
      const closes = closesAt(window, zone, opens)!;
      assert.ok(isInWindow(window, zone, opens));
      assert.ok(!isInWindow(window, zone, closes));
      const inside = opens + Math.floor((closes - opens) * part);
      assert.ok(isInWindow(window, zone, inside), new Date(inside).toISOString());
      const before = now + Math.floor((opens - now) * part);
      if (before < opens) assert.ok(!isInWindow(window, zone, before));
    },
  );
  fc.assert(property, { numRuns: 150 });
});

test('how long it is, and what is a zone', () => {
  assert.equal(windowMs(clock('22:00-02:00')), 4 * 3_600_000);
  assert.equal(windowMs(clock('01:00-01:30')), 1_800_000);
  assert.deepEqual(['Europe/Berlin', 'UTC', 'Mars/Base'].map(isZone), [true, true, false]);
});
