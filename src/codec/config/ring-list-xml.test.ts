import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { addRing, decodeXmlRingList, encodeXmlRingList, removeRing } from './ring-list-xml.ts';
import { decodeXmlDocument } from './xml-document.ts';

const ring = { name: 'Piano', file: 'rings/Piano1.raw' };

test('one element a ring', () => {
  assert.equal(
    encodeXmlRingList([ring]),
    '<CiscoIPPhoneRingList>\n  <Ring>\n    <DisplayName>Piano</DisplayName>\n' +
      '    <FileName>rings/Piano1.raw</FileName>\n  </Ring>\n</CiscoIPPhoneRingList>\n',
  );
});

test('rings written are the rings read', () => {
  const name = fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 25 })
    .filter((text) => text === text.trim());
  const file = fc.stringMatching(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)?$/);
  const rings = fc.array(fc.record({ name, file }, { noNullPrototype: true }), { maxLength: 50 });
  fc.assert(
    fc.property(rings, (written) => {
      const { rings: read, notes } = decodeXmlRingList(encodeXmlRingList(written));
      assert.deepEqual(
        read.map(({ name: said, file: path }) => ({ name: said, file: path })),
        written,
      );
      assert.deepEqual(notes, []);
    }),
  );
});

test('what is odd is noted where it stands', () => {
  const { rings, notes } = decodeXmlRingList(
    '<CiscoIPPhoneRingList>\n<Ring><DisplayName>A name that is far too long</DisplayName>' +
      '<FileName>a.raw</FileName></Ring>\n<Ring><DisplayName>B</DisplayName></Ring>\n' +
      '<Ring><DisplayName>C</DisplayName><FileName>c.raw</FileName>rings/</Ring>\n' +
      '</CiscoIPPhoneRingList>',
  );
  assert.deepEqual(
    rings.map(({ file }) => file),
    ['a.raw', 'c.raw'],
  );
  assert.deepEqual(
    notes.map(({ code, line, column }) => [code, line, column]),
    [
      ['long-name', 2, 1],
      ['no-ring', 3, 1],
      ['text-beside-elements', 4, 61],
    ],
  );
  const many = `<CiscoIPPhoneRingList>${'<Ring><DisplayName>x</DisplayName><FileName>y</FileName></Ring>'.repeat(51)}</CiscoIPPhoneRingList>`;
  assert.deepEqual(
    decodeXmlRingList(many).notes.map(({ code }) => code),
    ['too-many-rings'],
  );
});

test('other documents are not read, what phones do not take is not written', () => {
  assert.throws(() => decodeXmlRingList('<a/>'), /line 1, column 1 .*<CiscoIPPhoneRingList>/);
  for (const wrong of [
    { ...ring, name: '' },
    { ...ring, name: 'x'.repeat(26) },
    { ...ring, name: 'a\nb' },
    { ...ring, file: '/a.raw' },
    { ...ring, file: 'a b.raw' },
  ])
    assert.throws(() => encodeXmlRingList([wrong]), CodecError);
  assert.throws(() => encodeXmlRingList(Array.from({ length: 51 }, () => ring)), CodecError);
});

test('rings are added and taken away', () => {
  const text = encodeXmlRingList([ring, { name: 'Oh no', file: 'Ohno.raw' }]);
  const document = decodeXmlDocument(text);
  assert.equal(removeRing(document, 1).text, encodeXmlRingList([ring]));
  assert.equal(addRing(removeRing(document, 1), { name: 'Oh no', file: 'Ohno.raw' }).text, text);
  assert.throws(() => removeRing(document, 2), CodecError);
});
