import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeOs79xx, encodeOs79xx, setOs79xxImage } from './os79xx.ts';

test('the name written is the name read, and nothing is odd about it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,20}$/), (image) => {
      const read = decodeOs79xx(encodeOs79xx(image));
      assert.equal(read.image, image);
      assert.deepEqual(read.notes, []);
    }),
  );
});

test('names that phones would not find are refused', () => {
  for (const image of ['', ' P0S3-8-12-00', 'P0S3-8-12-00 ', 'P0S3-8-12-00.bin', 'p0s3', 'A\nB'])
    assert.throws(() => encodeOs79xx(image), CodecError);
});

test('the first line is changed and no other', () => {
  const set = (text: string) => setOs79xxImage(decodeOs79xx(text), 'P0S3-8-12-00');
  assert.equal(set('\uFEFFP0S3-07-5-00 \r\n# old\r\n'), '\uFEFFP0S3-8-12-00\r\n# old\r\n');
  assert.equal(set('P0S3-07-5-00'), 'P0S3-8-12-00');
  assert.equal(set(''), 'P0S3-8-12-00\n');
  assert.throws(() => setOs79xxImage(decodeOs79xx(''), 'P0S3-8-12-00.bin'), CodecError);
});
