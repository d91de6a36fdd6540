import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';

test('columns are as wide as their widest cell, without blanks at the end', () => {
  assert.equal(
    table(
      ['MAC', 'model'],
      [
        ['02:00', '7960'],
        ['1', ''],
      ],
    ),
    ['MAC    model', '02:00  7960', '1'].join('\n'),
  );
});

test('colours take no room', () => {
  const [, coloured = '', plain = ''] = table(
    ['a', 'b'],
    [
      ['\u001b[32mgreen\u001b[39m', '1'],
      ['green', '2'],
    ],
  ).split('\n');
  assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), plain.replace('2', '1'));
});
