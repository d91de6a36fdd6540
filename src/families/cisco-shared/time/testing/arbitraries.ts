import fc from 'fast-check';
import type { DstRule, PhoneClock, YearlyChange, YearlyDay } from '../phone-clock.ts';
import { zoneTable } from '../zone-table.ts';

// Equal to what is written in code, prototype and all.
const plain = { noNullPrototype: true } as const;

const weekdayOf = (month: fc.Arbitrary<number>): fc.Arbitrary<YearlyDay> =>
  fc.record(
    {
      kind: fc.constant('weekday' as const),
      month,
      weekday: fc.integer({ min: 0, max: 6 }),
      week: fc.constantFrom(1, 2, 3, 4, 8),
    },
    plain,
  );

const dateOf = (month: fc.Arbitrary<number>): fc.Arbitrary<YearlyDay> =>
  fc.record(
    {
      kind: fc.constant('date' as const),
      month,
      day: fc.integer({ min: 1, max: 28 }),
    },
    plain,
  );

const changeIn = (month: fc.Arbitrary<number>): fc.Arbitrary<YearlyChange> =>
  fc.record(
    {
      day: fc.oneof(weekdayOf(month), dateOf(month)),
      minutes: fc.integer({ min: 0, max: 24 * 60 - 1 }),
    },
    plain,
  );

/** Rules whose two changes are months apart, in either order. */
export const dstRules: fc.Arbitrary<DstRule> = fc
  .record({
    offset: fc.integer({ min: -120, max: 120 }).filter((minutes) => minutes !== 0),
    start: changeIn(fc.integer({ min: 2, max: 5 })),
    stop: changeIn(fc.integer({ min: 7, max: 11 })),
    isSouthern: fc.boolean(),
  })
  .map(({ offset, start, stop, isSouthern }) =>
    isSouthern ? { offset, start: stop, stop: start } : { offset, start, stop },
  );

/** Every clock that settings can say. */
export const phoneClocks: fc.Arbitrary<PhoneClock> = fc
  .record({
    standard: fc.constantFrom(...zoneTable.map(({ offset }) => offset)),
    dst: fc.option(dstRules, { nil: undefined }),
  })
  .map(({ standard, dst }) => (dst ? { standard, dst } : { standard }));
