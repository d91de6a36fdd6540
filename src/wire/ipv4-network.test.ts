import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodecError } from './codec-error.ts';
import { isInNetwork, parseIPv4Network } from './ipv4-network.ts';

test('a network holds its first and its last address and none beside them', () => {
  const table: readonly (readonly [network: string, inside: string[], outside: string[]])[] = [
    ['127.0.0.0/8', ['127.0.0.0', '127.255.255.255'], ['126.255.255.255', '128.0.0.0']],
    ['192.0.2.64/26', ['192.0.2.64', '192.0.2.127'], ['192.0.2.63', '192.0.2.128']],
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7'], ['192.0.2.6', '192.0.2.8']],
    ['0.0.0.0/0', ['0.0.0.0', '255.255.255.255'], ['::1', '', 'host', '1.2.3', '1.2.3.256']],
    ['255.255.255.255/32', ['255.255.255.255'], ['255.255.255.254']],
  ];
  for (const [text, inside, outside] of table) {
    const network = parseIPv4Network(text);
    for (const address of inside) assert.ok(isInNetwork(network, address), `${address} in ${text}`);
    for (const address of outside)
      assert.ok(!isInNetwork(network, address), `${address} not in ${text}`);
  }
});

test('what is no network, or begins elsewhere, is refused with what it should be', () => {
  for (const text of ['', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8 ', '::1/128', 'lan'])
    assert.throws(() => parseIPv4Network(text), CodecError, text);
  assert.throws(() => parseIPv4Network('192.0.2.7/24'), /192\.0\.2\.0\/24/);
});
