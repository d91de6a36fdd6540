import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findParameter } from './find-parameter.ts';
import { keyTable, pathTable } from './testing/fake-parameters.ts';

const tables = [keyTable, pathTable];
const search = (key: string) => findParameter(tables, key);
const keys = (key: string) => search(key).found.map((found) => `${found.table.id} ${found.key}`);

test('a key is found in any letter case, with its index filled in, by its aliases too', () => {
  assert.deepEqual(keys('VOLUME'), ['fake-keys volume']);
  assert.deepEqual(keys('line2_secret'), ['fake-keys line2_secret']);
  assert.deepEqual(keys('line1_pin'), ['fake-keys line1_secret']);
  assert.equal(search('line2_secret').found[0]?.index, 2);
});

test('a row is found by its own name', () => {
  assert.deepEqual(keys('lineN_secret'), ['fake-keys lineN_secret']);
});

test('a path is found with the number of its element, and by its end', () => {
  assert.deepEqual(keys('line[3]/volume'), ['fake-paths line/volume']);
  assert.deepEqual(keys('name'), ['fake-paths line/name', 'fake-paths server/name']);
});

test('what is not found says what was meant', () => {
  assert.deepEqual(search('volumne'), { found: [], meant: 'volume' });
  assert.deepEqual(search('server/nmae'), { found: [], meant: 'server/name' });
  assert.deepEqual(search('line3_secret'), { found: [], meant: 'line1_secret' });
  assert.deepEqual(search('colour'), { found: [] });
});
