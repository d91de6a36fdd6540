import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineCursor } from './line-cursor.ts';
import { decodeLines, encodeLines } from './lines.ts';
import { placesIn } from './place.ts';
import { spliceText } from './splice.ts';

const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\r', '\n', '\r\n', '\uFEFF') });

test('the lines of a text are the text', () => {
  fc.assert(fc.property(texts, (text) => assert.equal(encodeLines(decodeLines(text)), text)));
});

test('a cursor over the text knows the same places as an index of it', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 8 }), (text, picks) => {
      const first = text.startsWith('\uFEFF') ? 1 : 0;
      const placeAt = placesIn(text);
      const cursor = new LineCursor(text);
      const offsets = picks.map((pick) => first + (pick % (text.length + 1 - first)));
      for (const offset of offsets.toSorted((a, b) => a - b)) {
        const column = cursor.columnAt(offset);
        assert.deepEqual({ line: cursor.line, column }, placeAt(offset));
      }
    }),
    { numRuns: 1000 },
  );
});

test('changes of one text do not move each other', () => {
  const at = (offset: number, length: number, text: string) => ({ offset, length, text });
  assert.equal(spliceText('abcdef', [at(4, 1, 'X'), at(0, 0, '<'), at(1, 2, '')]), '<adXf');
  assert.equal(spliceText('ab', [at(1, 0, '1'), at(1, 0, '2'), at(2, 0, '!')]), 'a12b!');
  assert.throws(() => spliceText('abc', [at(0, 2, ''), at(1, 1, '')]), RangeError);
});
