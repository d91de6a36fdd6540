import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatIPv4, ipv4Number, isIPv4 } from './ipv4.ts';

test('an address is a number and back', () => {
  assert.equal(ipv4Number('192.0.2.10'), 0xc000020a);
  assert.equal(formatIPv4(0xffffffff), '255.255.255.255');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (address) => {
      const text = formatIPv4(address);
      assert.ok(isIPv4(text));
      assert.equal(ipv4Number(text), address);
    }),
  );
});

test('what is no IPv4 address is none as a number', () => {
  for (const text of ['::1', 'fe80::1', 'a.b.c.d', '192.0.2/24'])
    assert.equal(ipv4Number(text), NaN);
});
