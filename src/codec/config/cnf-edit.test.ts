import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { removeCnfKey, setCnfValue } from './cnf-edit.ts';
import { cnfValues, decodeCnf, encodeCnf } from './cnf.ts';

const text =
  '# head\r\n  sync : 1 ; old\r\n\r\nproxy1_address: “pbx” ; curly\r\nSYNC: "2"\r\nuser_info:';

function set(key: string, value: string): string {
  return encodeCnf(setCnfValue(decodeCnf(text), key, value));
}

test('a value is set where it stands and nothing else moves', () => {
  assert.equal(set('sync', '3'), text.replace('"2"', '"3"'));
  assert.equal(set('sync', '2'), text);
  assert.equal(set('user_info', 'phone'), `${text}phone`);
  assert.equal(set('user_info', ''), text);
  assert.equal(set('user_info', 'a phone'), `${text}"a phone"`);
  assert.equal(set('proxy1_address', 'sip'), text.replace('“pbx”', '"sip"'));
});

test('a new key comes last, with the line ends of the file', () => {
  assert.equal(set('line1_name', '1001'), `${text}\r\nline1_name: "1001"\r\n`);
  assert.equal(encodeCnf(setCnfValue(decodeCnf(''), 'sync', '1')), 'sync: "1"\n');
});

test('every line of a key goes', () => {
  const rest = text.replace('  sync : 1 ; old\r\n', '').replace('SYNC: "2"\r\n', '');
  assert.equal(encodeCnf(removeCnfKey(decodeCnf(text), 'Sync')), rest);
  assert.equal(encodeCnf(removeCnfKey(decodeCnf(text), 'other')), text);
});

test('what the syntax cannot hold is refused', () => {
  for (const [key, value] of [
    ['sync', 'a"b'],
    ['sync', 'a\nb'],
    ['a b', 'x'],
  ] as const)
    assert.throws(() => set(key, value), CodecError);
});

test('the value set is the value read, and the others stay', () => {
  const unit = fc.constantFrom('a', ':', ' ', '"', '“', ';', '#', '\r', '\n', 'b: 1\n');
  const key = fc.constantFrom('a', 'b', 'sync');
  const value = fc.stringMatching(/^[ -!#-~é“]{0,9}$/);
  fc.assert(
    fc.property(fc.string({ unit }), key, value, (before, name, wanted) => {
      const document = decodeCnf(before);
      const after = cnfValues(decodeCnf(encodeCnf(setCnfValue(document, name, wanted))));
      const expected = new Map(cnfValues(document));
      const isNull = /^\s*(unprovisioned)?\s*$/i.test(wanted);
      expected.set(name, isNull ? '' : wanted);
      assert.deepEqual(Object.fromEntries(after), Object.fromEntries(expected));
      const rest = cnfValues(decodeCnf(encodeCnf(removeCnfKey(document, name))));
      assert.equal(rest.has(name), false);
    }),
    { numRuns: 2000 },
  );
});
