import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grantTerms } from './terms.ts';

const option = (name: string, value: string) => ({ name, value });

test('without options nothing is acknowledged', () => {
  const expected = { blockSize: 512, windowSize: 1, retryMs: undefined, acknowledged: [] };
  assert.deepEqual(grantTerms([], 1000), expected);
});

test('options are granted as asked, in order, and tsize is answered', () => {
  const asked = [option('tsize', '0'), option('Timeout', '2'), option('blksize', '1428')];
  const terms = grantTerms([...asked, option('windowsize', '8')], 77);
  assert.deepEqual(terms, {
    blockSize: 1428,
    windowSize: 8,
    retryMs: 2000,
    acknowledged: [
      option('tsize', '77'),
      option('Timeout', '2'),
      option('blksize', '1428'),
      option('windowsize', '8'),
    ],
  });
});

describe('what is too much is lowered', () => {
  test('windowsize to 64', () => {
    const terms = grantTerms([option('windowsize', '65535')], 0);
    assert.equal(terms.windowSize, 64);
    assert.deepEqual(terms.acknowledged, [option('windowsize', '64')]);
  });
  test('blksize to 65464', () => {
    assert.equal(grantTerms([option('blksize', '99999')], 0).blockSize, 65464);
  });
});

test('what makes no sense is as if it were not there', () => {
  const asked = [option('blksize', 'big'), option('windowsize', '0'), option('timeout', '0')];
  assert.deepEqual(grantTerms([...asked, option('multicast', '')], 5), grantTerms([], 5));
});

test('the size of an empty file is not told', () => {
  assert.deepEqual(grantTerms([option('tsize', '0')], 0).acknowledged, []);
});
