import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { realTime } from './real-time.ts';

/** A machine whose every reading takes a little, and whose wall clock can be set. */
function machine(readingMs: () => number) {
  // Since it was switched on: small enough to tell nanoseconds apart.
  let trueMs = 0.37;
  let setBy = 0;
  const wallExact = () => trueMs + setBy;
  const bootedAt = 1_700_000_000_000;
  const pass = (ms: number) => void (trueMs += ms);
  return {
    pass,
    set: (by: number) => void (setBy += by),
    exact: () => bootedAt + wallExact(),
    readings: {
      wall() {
        pass(readingMs());
        return bootedAt + Math.floor(wallExact());
      },
      steady() {
        pass(readingMs());
        return trueMs;
      },
    },
  };
}

const reading = fc.double({ min: 0.0001, max: 0.002, noNaN: true });

test('never more than a reading away from the clock that only tells whole milliseconds', () => {
  const steps = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(reading, steps, (readingMs, waits) => {
      const { pass, exact, readings } = machine(() => readingMs);
      const now = realTime(readings);
      for (const wait of waits) {
        pass(wait);
        const told = now();
        assert(Math.abs(told - exact()) < 0.02, `${told - exact()}`);
      }
    }),
    { numRuns: 200 },
  );
});

test('it goes forward in fractions of a millisecond', () => {
  const { pass, readings } = machine(() => 0.001);
  const now = realTime(readings);
  let last = now();
  for (let each = 0; each < 5000; each++) {
    pass(0.05);
    const next = now();
    assert(next > last);
    last = next;
  }
});

test('a clock that is set is followed at once', () => {
  const jump = fc.oneof(
    fc.integer({ min: -100_000_000, max: 100_000_000 }),
    fc.double({ min: -5, max: 5, noNaN: true }),
  );
  fc.assert(
    fc.property(reading, fc.array(jump, { maxLength: 10 }), (readingMs, jumps) => {
      const { set, exact, readings } = machine(() => readingMs);
      const now = realTime(readings);
      for (const by of jumps) {
        set(by);
        assert(Math.abs(now() - exact()) <= 1.01);
      }
    }),
    { numRuns: 200 },
  );
});

test('this machine', () => {
  const now = realTime();
  for (let each = 0; each < 1000; each++) {
    const before = Date.now();
    const told = now();
    assert(told >= before && told < Date.now() + 1);
  }
});
