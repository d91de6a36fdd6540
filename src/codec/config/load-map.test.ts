import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { encodeLines } from '../text/lines.ts';
import { decodeLoadMap, encodeLoadMap } from './load-map.ts';

test('device type, image, protocol and comment', () => {
  const { loads, notes } = decodeLoadMap(
    '115       SIP41.8-5-4S     11             // IP Phone 7941 SIP\r\n' +
      '// others\r\n\r\n30018\tSCCP41.8-5-4S\r\n7 SIP41.8-5-4S // \n?\n x 11\n 8 // y\n',
  );
  assert.deepEqual(loads, [
    {
      ...{ number: 115, image: 'SIP41.8-5-4S', protocol: 11, comment: 'IP Phone 7941 SIP' },
      ...{ line: 1, column: 1 },
    },
    { number: 30018, image: 'SCCP41.8-5-4S', line: 4, column: 1 },
    { number: 7, image: 'SIP41.8-5-4S', comment: '', line: 5, column: 1 },
  ]);
  assert.deepEqual(
    notes.map(({ code, line, column }) => [code, line, column]),
    [
      ['no-load', 6, 1],
      ['no-load', 7, 2],
      ['no-load', 8, 2],
    ],
  );
});

test('loads written are the loads read, and any text comes back', () => {
  const load = fc.record(
    {
      number: fc.nat(999_999_999),
      image: fc.stringMatching(/^[A-Z0-9][A-Za-z0-9._-]{0,20}S$/),
      protocol: fc.nat(99),
      comment: fc.stringMatching(/^[!-~]( ?[!-~]){0,9}$/),
    },
    { requiredKeys: ['number', 'image'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(load), fc.string(), (written, text) => {
      const { loads, notes } = decodeLoadMap(encodeLoadMap(written));
      assert.deepEqual(
        loads.map(({ line: _, column: __, ...rest }) => rest),
        written,
      );
      assert.deepEqual(notes, []);
      assert.equal(encodeLines(decodeLoadMap(text)), text);
    }),
  );
});

test('what a line cannot hold is refused', () => {
  const load = { number: 115, image: 'SIP41.8-5-4S' };
  for (const change of [
    { number: -1 },
    { image: 'a b' },
    { image: 'SIP41.loads' },
    { protocol: 1.5 },
    { comment: 'a\nb' },
    { comment: ' a' },
  ])
    assert.throws(() => encodeLoadMap([{ ...load, ...change }]), CodecError);
});
