import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  addTemplate,
  decodeDialplan,
  encodeDialplan,
  removeTemplate,
  setTemplate,
} from './dialplan-xml.ts';
import { decodeXmlDocument } from './xml-document.ts';

test('one template per line', () => {
  const text = encodeDialplan([{ match: '\\*..', timeout: 0, attributes: { USER: 'Phone' } }]);
  const line = '  <TEMPLATE MATCH="\\*.." TIMEOUT="0" USER="Phone"/>\n';
  assert.equal(text, `<DIALTEMPLATE>\n${line}</DIALTEMPLATE>\n`);
});

test('templates written are the templates read', () => {
  const template = fc.record(
    {
      match: fc.string({
        unit: fc.constantFrom('0', '9', '.', '*', '#', ',', '\\', '&', '"'),
        maxLength: 20,
      }),
      timeout: fc.nat(60),
      attributes: fc.stringMatching(/^[0-9.%]{1,8}$/).map((REWRITE) => ({ REWRITE })),
    },
    { requiredKeys: ['match', 'timeout'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(template, { maxLength: 20 }), (templates) => {
      const { templates: read, notes } = decodeDialplan(encodeDialplan(templates));
      assert.deepEqual(
        read.map(({ match, timeout, attributes }) =>
          attributes ? { match, timeout, attributes } : { match, timeout },
        ),
        templates,
      );
      assert.deepEqual(notes, []);
    }),
  );
});

test('what phones do not take is refused', () => {
  const many = Array.from({ length: 200 }, () => ({ match: '9,011.......', timeout: 3 }));
  for (const templates of [
    [{ match: '1'.repeat(197), timeout: 0 }],
    [{ match: '*', timeout: -1 }],
    [{ match: '*', timeout: 0.5 }],
    [{ match: '\0', timeout: 1 }],
    many,
  ])
    assert.throws(() => encodeDialplan(templates), CodecError);
});

test('templates are changed, added and taken away in their place', () => {
  const text =
    '<DIALTEMPLATE>\r\n  <!-- local -->\r\n' +
    '  <TEMPLATE MATCH="0"   Timeout="1" User="Phone"/>\r\n  <TEMPLATE MATCH="*"/>\r\n' +
    '</DIALTEMPLATE>';
  const document = decodeXmlDocument(text);
  const wanted = { match: '0', timeout: 3, attributes: { REWRITE: '9.' } };
  assert.equal(
    setTemplate(document, 0, wanted).text,
    text.replace('Timeout="1" User="Phone"', 'Timeout="3" REWRITE="9."'),
  );
  assert.equal(removeTemplate(document, 1).text, text.replace('  <TEMPLATE MATCH="*"/>\r\n', ''));
  assert.equal(
    addTemplate(document, { match: '9,.', timeout: 5 }).text,
    text.replace('"*"/>', '"*"/>\r\n  <TEMPLATE MATCH="9,." TIMEOUT="5"/>'),
  );
  assert.throws(() => removeTemplate(document, 2), CodecError);
});
