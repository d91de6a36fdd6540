import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeSyncinfo, decodeSyncinfoDocument, encodeSyncinfo, setSync } from './syncinfo.ts';

test('one image per line', () => {
  assert.equal(
    encodeSyncinfo([{ version: '*', sync: '1' }]),
    '<SYNCINFO>\n  <IMAGE VERSION="*" SYNC="1"/>\n</SYNCINFO>\n',
  );
});

test('images written are the images read', () => {
  const image = fc.record(
    {
      version: fc.constantFrom('*', 'P0S3-8-12-00'),
      sync: fc.stringMatching(/^[\x20-\x7e]{1,32}$/),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(image), (images) => {
      assert.deepEqual(
        decodeSyncinfo(encodeSyncinfo(images)).map(({ version, sync }) => ({ version, sync })),
        images,
      );
    }),
  );
});

test('values that no phone has are refused, other documents not read', () => {
  for (const image of [
    { version: '', sync: '1' },
    { version: '*', sync: '' },
    { version: '*', sync: '0'.repeat(33) },
    { version: '*', sync: 'é' },
  ])
    assert.throws(() => encodeSyncinfo([image]), CodecError);
  const other = '<a/>';
  assert.throws(() => decodeSyncinfo(other), /^CodecError: line 1, column 1 .*<SYNCINFO>/);
  const half = '<SYNCINFO>\n <IMAGE VERSION="*"/></SYNCINFO>';
  assert.throws(() => decodeSyncinfo(half), /line 2, column 2 at offset 12: .*found VERSION/);
});

test('images without a root are read', () => {
  const text = '<IMAGE VERSION="P0S3-8-12-00" SYNC="1"/>\n<IMAGE VERSION="*" SYNC="2"/>\n';
  assert.deepEqual(decodeSyncinfo(text), [
    { version: 'P0S3-8-12-00', sync: '1', line: 1, column: 1 },
    { version: '*', sync: '2', line: 2, column: 1 },
  ]);
  const document = decodeSyncinfoDocument(text);
  assert.equal(
    setSync(document, { version: '*', sync: '3' }).text,
    text.replace('SYNC="2"', 'SYNC="3"'),
  );
  assert.throws(() => setSync(document, { version: 'x', sync: '3' }), CodecError);
  assert.throws(() => setSync(document, { version: '*', sync: '' }), CodecError);
  assert.throws(() => decodeSyncinfo('<IMAGE VERSION="*" SYNC="2"/><a/>'), CodecError);
  assert.throws(() => decodeSyncinfo(' '), CodecError);
});

test('a value is set in the letter case and quotes of the file', () => {
  const text = "<syncinfo>\r\n <image version='*' sync='a'/> <!-- all -->\r\n</syncinfo>";
  const document = decodeSyncinfoDocument(text);
  assert.equal(
    setSync(document, { version: '*', sync: "it's" }).text,
    text.replace("'a'", "'it&apos;s'"),
  );
});
