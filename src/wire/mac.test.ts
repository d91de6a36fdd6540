import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodecError } from './codec-error.ts';
import { formatMac, isMac, parseMac } from './mac.ts';

for (const text of [
  '000E84C060A6',
  '00:0e:84:c0:60:a6',
  '00-0E-84-C0-60-A6',
  '000e.84c0.60a6',
  '00 0E 84 C0 60 A6',
])
  test(`${text} is read`, () => {
    assert.equal(parseMac(text), '000E84C060A6');
    assert.equal(formatMac(parseMac(text)), '00:0E:84:C0:60:A6');
  });

test('what is no MAC is refused and said', () => {
  for (const text of ['', '000E84C060A', '000E84C060A6F', 'OOOE84C060A6', '00:0E:84:C0:60:G6'])
    assert.throws(() => parseMac(text), CodecError, text);
  assert.throws(() => parseMac('phone'), /expected 12 hexadecimal digits, found "phone"/);
});

test('only the form of file names is a Mac', () => {
  assert.ok(isMac('000E84C060A6'));
  assert.ok(!isMac('000e84c060a6'));
});
