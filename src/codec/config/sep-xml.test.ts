import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeSep, encodeSepMinimal } from './sep-xml.ts';

const minimal = { protocol: 'SIP', model: 'IP Phone 7960', image: 'P0S3-8-12-00' };

test('the smallest file has protocol and image', () => {
  const text = encodeSepMinimal(minimal);
  assert.equal(
    text,
    '<device>\n  <deviceProtocol>SIP</deviceProtocol>\n' +
      '  <loadInformation model="IP Phone 7960">P0S3-8-12-00</loadInformation>\n</device>\n',
  );
  const { protocol, loads } = decodeSep(text);
  assert.equal(protocol, 'SIP');
  assert.deepEqual(loads, [{ model: minimal.model, image: minimal.image, line: 3, column: 3 }]);
});

test('without an image the phone stays as it is', () => {
  assert.deepEqual(decodeSep(encodeSepMinimal({ ...minimal, image: '' })).loads, []);
});

test('a default document is read too, as phones do', () => {
  const { loads } = decodeSep(
    '<Default><loadInformation7>P0S3-8-12-00</loadInformation7></Default>',
  );
  assert.deepEqual(loads, [{ number: 7, image: 'P0S3-8-12-00', line: 1, column: 10 }]);
});

test('file names and unknown protocols are refused', () => {
  for (const change of [
    { image: 'P0S3-8-12-00.loads' },
    { image: 'P0S3 8' },
    { image: '../P0S3' },
    { protocol: '' },
    { protocol: 'sip' },
  ])
    assert.throws(() => encodeSepMinimal({ ...minimal, ...change }), CodecError);
});
