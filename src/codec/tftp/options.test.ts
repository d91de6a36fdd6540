import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { options } from './testing/arbitraries.ts';
import { acknowledgeOptions, optionRows, readOptions } from './options.ts';
import type { OptionName } from './options.ts';

describe('readOptions', () => {
  const cases: readonly [string, string, number | undefined][] = [
    ['blksize', '512', 512],
    ['BlkSize', '1428', 1428],
    ['blksize', '8', 8],
    ['blksize', '7', undefined],
    ['blksize', '65465', 65464],
    ['blksize', '0512', 512],
    ['blksize', '-512', undefined],
    ['blksize', '512 ', undefined],
    ['blksize', '5e2', undefined],
    ['blksize', '', undefined],
    ['timeout', '255', 255],
    ['timeout', '256', undefined],
    ['timeout', '0', undefined],
    ['tsize', '0', 0],
    ['tsize', '99999999999999999999', undefined],
    ['windowsize', '0', undefined],
    ['windowsize', '65535', 65535],
    ['windowsize', '65536', 65535],
  ];
  for (const [name, value, expected] of cases)
    test(`${name}=${value} is ${expected ?? 'left out'}`, () => {
      const values = readOptions([{ name, value }]);
      assert.equal(values[name.toLowerCase() as OptionName], expected);
    });

  test('the first sound value of a name counts', () => {
    const written = ['x', '600', '700'].map((value) => ({ name: 'blksize', value }));
    assert.deepEqual(readOptions(written), { blksize: 600 });
  });

  test('names of Object.prototype are unknown options', () => {
    const written = ['constructor', '__proto__', 'toString'].map((name) => ({ name, value: '8' }));
    assert.deepEqual(readOptions(written), {});
  });

  test('every value is in its range', () => {
    fc.assert(
      fc.property(options, (written) => {
        for (const [name, value] of Object.entries(readOptions(written))) {
          const { min, max } = optionRows[name as OptionName];
          assert(value >= min && value <= max);
        }
      }),
    );
  });
});

test('acknowledgeOptions keeps order and spelling, and names each once', () => {
  const requested = [
    { name: 'TSize', value: '0' },
    { name: 'x-new', value: '1' },
    { name: 'blksize', value: '9999' },
    { name: 'tsize', value: '0' },
    { name: 'timeout', value: 'soon' },
  ];
  assert.deepEqual(acknowledgeOptions(requested, { blksize: 1400, tsize: 77 }), [
    { name: 'TSize', value: '77' },
    { name: 'blksize', value: '1400' },
  ]);
});
