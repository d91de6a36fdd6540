import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeLoads, encodeLoads } from './loads.ts';

const input = { loader: 'P003-8-12-00', application: 'P0S3-8-12-00', laVersion: 'PAS30830' };

test('the body of an 8.12 release has 54 bytes, as the real one', () => {
  const text = encodeLoads(input);
  assert.equal(text, 'P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30830\n');
  assert.equal(text.length, 54);
});

test('names written are the names read', () => {
  const name = fc.stringMatching(/^P00[0-9A-Z-]{1,16}$/);
  const version = fc.stringMatching(/^[A-Z0-9]{8}$/);
  fc.assert(
    fc.property(name, name, version, (loader, application, laVersion) => {
      const read = decodeLoads(encodeLoads({ loader, application, laVersion }));
      assert.deepEqual(read.files, [`${loader}.sbn`, `${application}.sb2`]);
      assert.equal(read.laVersion, laVersion);
      assert.deepEqual(read.notes, []);
    }),
  );
});

test('names of files and short versions are refused', () => {
  for (const change of [
    { loader: 'P003-8-12-00.sbn' },
    { application: 'P0S3 8' },
    { laVersion: 'PAS3083' },
  ])
    assert.throws(() => encodeLoads({ ...input, ...change }), CodecError);
});
