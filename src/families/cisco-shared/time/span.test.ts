import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRanks, differences, totalError, totalTime, type Span } from './span.ts';

const span = (from: number, to: number, offset: number): Span => ({ from, to, offset });

test('stretches with the same error are one', () => {
  const shown = [span(0, 5, 60), span(5, 10, 120)];
  const right = [span(0, 3, 60), span(3, 5, 0), span(5, 8, 60), span(8, 10, 120)];
  assert.deepEqual(differences(shown, right), [{ from: 3, to: 8, minutes: 60 }]);
});

test('differences are where the offsets differ, and nowhere else', () => {
  const lists = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom(-60, 0, 30, 60)))
    .map((cuts): readonly Span[] => {
      const starts = [...new Set([0, ...cuts.map(([at]) => at)])].toSorted((a, b) => a - b);
      return starts.map((from, index) =>
        span(from, starts[index + 1] ?? 100, cuts[index]?.[1] ?? 0),
      );
    });
  const offsetAt = (spans: readonly Span[], at: number) =>
    spans.find(({ from, to }) => from <= at && at < to)?.offset ?? NaN;
  fc.assert(
    fc.property(lists, lists, (shown, right) => {
      const found = differences(shown, right);
      for (let at = 0; at < 100; at++) {
        const minutes = offsetAt(shown, at) - offsetAt(right, at);
        const stretch = found.find(({ from, to }) => from <= at && at < to);
        assert.equal(stretch?.minutes ?? 0, minutes);
      }
    }),
  );
});

test('totals', () => {
  const wrong = [
    { from: 0, to: 10, minutes: -60 },
    { from: 20, to: 25, minutes: 30 },
  ];
  assert.equal(totalTime(wrong), 15);
  assert.equal(totalError(wrong), 750);
});

test('ranks go by the first number that differs', () => {
  assert.ok(compareRanks([1, 2, 3], [1, 3, 0]) < 0);
  assert.ok(compareRanks([2], [1, 9]) > 0);
  assert.equal(compareRanks([1, 2], [1, 2]), 0);
});
