import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localAddresses } from './local-addresses.ts';
import { interfacesWith } from './testing/interfaces.ts';

const machine = () =>
  interfacesWith('127.0.0.1', '192.0.2.7', '192.0.2.7', '2001:db8::7', 'fe80::7');

test('an address stands for itself', () => {
  assert.deepEqual(localAddresses('192.0.2.1', machine), ['192.0.2.1']);
});

test('0.0.0.0 stands for every IPv4 address, once', () => {
  assert.deepEqual(localAddresses('0.0.0.0', machine), ['127.0.0.1', '192.0.2.7']);
});

test(':: takes in IPv6 but for link-local addresses', () => {
  assert.deepEqual(localAddresses('::', machine), ['127.0.0.1', '192.0.2.7', '2001:db8::7']);
});
