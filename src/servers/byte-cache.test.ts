import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteCache } from './byte-cache.ts';

const four = () => new Uint8Array(4);

test('the least recently used goes first', () => {
  const cache = new ByteCache(8);
  cache.set('a', '1', four());
  cache.set('b', '1', four());
  assert(cache.get('a', '1'));
  cache.set('c', '1', four());
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.get(key, '1') !== undefined),
    [true, false, true],
  );
  assert.equal(cache.size, 8);
});

test('another version is not the same', () => {
  const cache = new ByteCache(8);
  cache.set('a', '1', four());
  assert.equal(cache.get('a', '2'), undefined);
  cache.set('a', '2', new Uint8Array(8));
  assert.equal(cache.get('a', '2')?.length, 8);
  assert.equal(cache.size, 8);
});

test('what is larger than the cache is not kept, nor what it replaces', () => {
  const cache = new ByteCache(8);
  cache.set('a', '1', four());
  cache.set('a', '2', new Uint8Array(9));
  assert.equal(cache.get('a', '1'), undefined);
  assert.equal(cache.size, 0);
});
