import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { addRingLine, decodeRingList, encodeRingList, setRingLine } from './ring-list.ts';

const plain = { noNullPrototype: true };

test('rings written are the rings read', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => {
    return text === text.trim() && !/[\x00-\x1f\x7f-\x9f\u2028\u2029]/.test(text);
  });
  const ring = fc.record({ name, file: fc.stringMatching(/^[A-Za-z0-9._-]+$/) }, plain);
  fc.assert(
    fc.property(fc.array(ring), (rings) => {
      const { rings: read, notes } = decodeRingList(encodeRingList(rings));
      assert.deepEqual(
        read.map(({ name, file }) => ({ name, file })),
        rings,
      );
      assert.deepEqual(notes, []);
    }),
  );
});

test('names with tabs and files with blanks are refused', () => {
  for (const ring of [
    { name: '', file: 'a.raw' },
    { name: ' a', file: 'a.raw' },
    { name: 'a\tb', file: 'a.raw' },
    { name: 'a\nb', file: 'a.raw' },
    { name: 'a', file: '' },
    { name: 'a', file: 'a .raw' },
    { name: 'a', file: '../a.raw' },
  ])
    assert.throws(() => encodeRingList([ring]), CodecError);
});

test('a line is changed, taken away or added, and no other', () => {
  const text = 'Jamaica\t\tJamaica.raw \r\n\r\nOh no\tOhno.raw';
  const document = decodeRingList(text);
  const ring = { name: 'Piano', file: 'Piano1.raw' };
  const line = document.rings[1]!.line;
  assert.equal(
    setRingLine(document, line, ring),
    text.replace('Oh no\tOhno.raw', 'Piano\tPiano1.raw'),
  );
  assert.equal(setRingLine(document, line, undefined), text.replace('Oh no\tOhno.raw', ''));
  assert.equal(addRingLine(document, ring), `${text}\r\nPiano\tPiano1.raw\r\n`);
  assert.equal(addRingLine(decodeRingList(''), ring), 'Piano\tPiano1.raw\n');
});
