import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
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

test('what is written is what is read', () => {
  const model = fc.string({ unit: 'grapheme', maxLength: 20 });
  const printable = model.filter((text) => !/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/.test(text));
  const image = fc.stringMatching(/^([A-Z0-9][A-Za-z0-9._-]{0,20}S)?$/);
  const protocol = fc.constantFrom('SIP', 'SCCP', 'MGCP');
  fc.assert(
    fc.property(protocol, printable, image, (protocolName, modelText, imageText) => {
      const written = { protocol: protocolName, model: modelText, image: imageText };
      const { protocol: read, loads } = decodeSep(encodeSepMinimal(written));
      assert.equal(read, protocolName);
      assert.deepEqual(
        loads.map(({ model: said, image: name }) => [said, name]),
        imageText === '' ? [] : [[modelText, imageText]],
      );
    }),
  );
});
