import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fuzzSip } from './testing/sip-fuzz.ts';
import { readInAllWays } from './testing/sip-mutations.ts';

test('10000 mutated messages are read, or refused with a CodecError', (t) => {
  const seed = Date.now() % 2 ** 31;
  t.diagnostic(`seed ${seed}`);
  const { good } = fuzzSip({ messages: 10_000, seed });
  // Otherwise the mutations are too rough to reach anything.
  assert.ok(good > 500 && good < 9_500, String(good));
});

test('random bytes are read, or refused with a CodecError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readInAllWays(bytes)));
});
