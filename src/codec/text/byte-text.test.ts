import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeByteText, encodeByteText } from './byte-text.ts';

test('UTF-8 is read as such, other bytes a character each', () => {
  const read = (...bytes: readonly number[]) => decodeByteText(Uint8Array.from(bytes));
  assert.deepEqual(read(), { text: '', encoding: 'utf-8' });
  assert.deepEqual(read(0xef, 0xbb, 0xbf, 0xc3, 0xbc), { text: '\uFEFFü', encoding: 'utf-8' });
  assert.deepEqual(read(0x61, 0xfc), { text: 'aü', encoding: 'latin1' });
  assert.deepEqual(read(0xed, 0xa0, 0x80), { text: 'í\u00a0\u0080', encoding: 'latin1' });
});

test('UTF-16 is refused with a reason', () => {
  for (const begin of [
    [0xff, 0xfe],
    [0xfe, 0xff],
  ])
    assert.throws(
      () => decodeByteText(Uint8Array.from([...begin, 0x61, 0])),
      /^CodecError: line 1, column 1 at offset 0: expected a text in UTF-8, found one in UTF-16$/,
    );
});

test('any bytes come back', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: 'binary' }).map((text) => Uint8Array.from(Buffer.from(text, 'utf8'))),
  );
  fc.assert(
    fc.property(bytes, (written) => {
      if (/^(fffe|feff)/.test(Buffer.from(written).toString('hex'))) return;
      assert.equal(Buffer.compare(encodeByteText(decodeByteText(written)), written), 0);
    }),
    { numRuns: 1000 },
  );
});

test('a text with characters that the encoding lacks is refused', () => {
  assert.throws(() => encodeByteText({ text: 'a“', encoding: 'latin1' }), CodecError);
  assert.throws(() => encodeByteText({ text: 'a\uD800', encoding: 'utf-8' }), CodecError);
});
