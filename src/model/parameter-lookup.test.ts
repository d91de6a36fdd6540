import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterLookup } from './parameter-lookup.ts';
import { parameterRows, rowsInside, text } from './parameter-rows.ts';

const group = { source: '', place: 'common', stored: true } as const;
const table = {
  id: 'x',
  title: '',
  files: '',
  parameters: parameterRows(group, [
    { name: 'lineN_name', indexes: [1, 2], aliases: ['lineN_user'], type: text(), help: '' },
    { name: 'DNS Server N', indexes: [1, 1], type: text(), help: '' },
    ...rowsInside('a/b', [{ name: 'c', type: text(), help: '' }]),
  ]),
};
const lookup = parameterLookup(table);

test('keys have their index filled in, at the last N', () => {
  assert.deepEqual(lookup.keys, ['line1_name', 'line2_name', 'DNS Server 1', 'a/b/c']);
});

test('a key is found in any letter case and by its aliases', () => {
  assert.equal(lookup.find('LINE2_USER')?.key, 'line2_name');
  assert.equal(lookup.find('LINE2_USER')?.index, 2);
  assert.equal(lookup.find('A/B/C')?.key, 'a/b/c');
  assert.equal(lookup.find('line3_name'), undefined);
  assert.equal(lookup.find('lineN_name'), undefined);
});
