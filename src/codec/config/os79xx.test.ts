import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeOs79xx, encodeOs79xx } from './os79xx.ts';

test('the name written is the name read, and nothing is odd about it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,20}$/), (image) => {
      assert.deepEqual(decodeOs79xx(encodeOs79xx(image)), { image, notes: [] });
    }),
  );
});

test('names that phones would not find are refused', () => {
  for (const image of ['', ' P0S3-8-12-00', 'P0S3-8-12-00 ', 'P0S3-8-12-00.bin', 'p0s3', 'A\nB'])
    assert.throws(() => encodeOs79xx(image), CodecError);
});
