import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteOrderMark, faultAt, placesIn, quoted, splitLines } from './place.ts';

const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\r', '\n', '\r\n', byteOrderMark) });

test('lines end with LF, CRLF or CR, and the last one with nothing', () => {
  assert.deepEqual(splitLines(`${byteOrderMark}a\r\nb\rc\n\nd`), [
    { text: 'a', end: '\r\n', line: 1 },
    { text: 'b', end: '\r', line: 2 },
    { text: 'c', end: '\n', line: 3 },
    { text: '', end: '\n', line: 4 },
    { text: 'd', end: '', line: 5 },
  ]);
  assert.deepEqual(splitLines(''), []);
  assert.deepEqual(splitLines('\n'), [{ text: '', end: '\n', line: 1 }]);
});

test('lines put together are the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
      const joined = splitLines(text).map((line) => line.text + line.end);
      assert.equal(mark + joined.join(''), text);
    }),
  );
});

test('places count lines and columns from 1 and no byte order mark', () => {
  const placeAt = placesIn(`${byteOrderMark}ab\r\nc`);
  assert.deepEqual(
    [0, 1, 2, 3, 5, 6].map((offset) => Object.values(placeAt(offset))),
    [
      [1, 1],
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
    ],
  );
});

test('a fault at a place has the offset that the place came from', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (text, seed) => {
      const first = text.startsWith(byteOrderMark) ? 1 : 0;
      const offset = first + (seed % (text.length + 1 - first));
      const { fault } = faultAt(text, placesIn(text)(offset), 'this', 'that');
      assert.equal(fault.offset, offset);
    }),
  );
});

test('long texts are cut in messages', () => {
  assert.equal(quoted('a"b'), '"a\\"b"');
  assert.equal(quoted('x'.repeat(100)).length, 62);
});
