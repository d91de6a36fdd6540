import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeSysConfig, encodeSysConfig, sysConfigValues, writeSysConfig } from './sys-config.ts';

test('a value is the rest of its line, without the blanks around it', () => {
  const text = 'BANNER  The Warehouse \nVMAIL 5000#\nDEF_USER1\nBANNER Hall\n';
  const document = decodeSysConfig(text);
  assert.equal(encodeSysConfig(document), text);
  assert.deepEqual(
    [...sysConfigValues(document)],
    [
      ['BANNER', 'Hall'],
      ['VMAIL', '5000#'],
      ['DEF_USER1', ''],
    ],
  );
  assert.equal(sysConfigValues(decodeSysConfig(text, '11xx')).get('VMAIL'), '5000');
});

test('a section is no setting of this file', () => {
  const { notes } = decodeSysConfig('[FW]\n');
  assert.deepEqual(
    notes.map(({ code, line, column }) => [code, line, column]),
    [['not-a-setting', 1, 1]],
  );
});

test('what is written is what is read', () => {
  const value = fc.stringMatching(/^([!-~]([ -~]{0,30}[!-~])?)?$/);
  const values = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_0-9]{0,12}$/), value);
  fc.assert(
    fc.property(values, (wanted) => {
      const pairs = Object.entries(wanted);
      const text = writeSysConfig(pairs, 'made by a test');
      assert.deepEqual([...sysConfigValues(decodeSysConfig(text))], pairs);
    }),
  );
  for (const [key, bad] of [
    ['A', 'b\r'],
    ['A', 'b '],
    ['', 'b'],
  ] as const)
    assert.throws(() => writeSysConfig([[key, bad]]), CodecError);
  const twice = [
    ['A', 'b'],
    ['a', 'c'],
  ] as const;
  assert.throws(() => writeSysConfig(twice), CodecError);
});
