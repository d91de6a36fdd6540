import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeDialplan, encodeDialplan } from './dialplan-xml.ts';

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
