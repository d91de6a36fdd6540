import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRange, type RangeAnswer } from './byte-range.ts';

const cases: readonly (readonly [header: string, length: number, answer: RangeAnswer])[] = [
  ['bytes=0-99', 1000, { start: 0, end: 100 }],
  ['bytes=500-', 1000, { start: 500, end: 1000 }],
  ['bytes=-300', 1000, { start: 700, end: 1000 }],
  ['bytes=-3000', 1000, { start: 0, end: 1000 }],
  ['bytes=999-5000', 1000, { start: 999, end: 1000 }],
  ['Bytes= 1-2 ', 1000, { start: 1, end: 3 }],
  ['bytes=0-99999999999999999999999999', 5, { start: 0, end: 5 }],
  ['bytes=1000-', 1000, 'unsatisfiable'],
  ['bytes=99999999999999999999999999-', 5, 'unsatisfiable'],
  ['bytes=-0', 1000, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'ignored'],
  ['bytes=5-4', 1000, 'ignored'],
  ['bytes=-', 1000, 'ignored'],
  ['bytes=0-1,5-6', 1000, 'ignored'],
  ['lines=0-1', 1000, 'ignored'],
  ['bytes=a-b', 1000, 'ignored'],
  ['', 1000, 'ignored'],
];

for (const [header, length, answer] of cases)
  test(`${JSON.stringify(header)} of ${length} bytes`, () => {
    assert.deepEqual(readRange(header, length), answer);
  });

test('a range lies within the file and is the one that was asked for', () => {
  const size = fc.nat(5000);
  fc.assert(
    fc.property(size, size, size, (length, first, more) => {
      const bytes = Uint8Array.from({ length }, (_, index) => index);
      const asked = readRange(`bytes=${first}-${first + more}`, length);
      if (first >= length) return assert.equal(asked, 'unsatisfiable');
      assert.ok(typeof asked === 'object');
      const expected = bytes.filter((_, index) => index >= first && index <= first + more);
      assert.deepEqual(bytes.subarray(asked.start, asked.end), expected);
    }),
  );
});

test('any text gives an answer', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(100), (text, length) => {
      const answer = readRange(`bytes=${text}`, length);
      if (typeof answer === 'object')
        assert.ok(0 <= answer.start && answer.start < answer.end && answer.end <= length);
    }),
  );
});
