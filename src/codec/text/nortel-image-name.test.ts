import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareVersionIds,
  differOnlyInCase,
  nortelFileOf,
  nortelImageOfFile,
  nortelImageOfRelease,
  parseNortelImageName,
} from './nortel-image-name.ts';

test('version ids are taken apart', () => {
  for (const [text, canonical, kind, file] of [
    ['0604D98', '0604D98', 'unistim', '0604D98.bin'],
    ['CT12D97', 'CT12D97', 'transitional', 'CT12D97.bin'],
    ['0692D93', '0692D93', 'sip', '0692D93.bin'],
    [' 0692d93C08 ', '0692D93c08', 'sip', '0692D93.bin'],
    ['0624C8J', '0624C8J', 'unistim', '0624C8J.bin'],
  ] as const) {
    const name = parseNortelImageName(text);
    assert.deepEqual(
      [name?.canonical, name?.kind, name && nortelFileOf(name)],
      [canonical, kind, file],
    );
  }
  for (const text of [
    '',
    '2004SIP',
    '0692',
    '0692D9',
    '0692D93c0',
    '9999D93',
    'SIP1120e02.02.21.00',
  ])
    assert.equal(parseNortelImageName(text), undefined, text);
});

test('files are called by load and release, or say nothing', () => {
  assert.equal(nortelImageOfFile('uftp/data/0604D98.bin')?.canonical, '0604D98');
  assert.equal(nortelImageOfFile('0692d93.BIN')?.canonical, '0692D93');
  for (const path of ['2004SIP.img', '0604D98', '0604D98.txt', 'P0S3-8-12-00.bin'])
    assert.equal(nortelImageOfFile(path), undefined, path);
});

test('the IP Client Manager names three characters', () => {
  assert.equal(nortelImageOfRelease('sip', 'D93')?.canonical, '0692D93');
  assert.equal(nortelImageOfRelease('transitional', 'D97')?.canonical, 'CT12D97');
  assert.equal(nortelImageOfRelease('unistim', 'd98')?.canonical, '0604D98');
  assert.equal(nortelImageOfRelease('sip', 'D93c08'), undefined);
  assert.equal(nortelImageOfRelease('sip', '93'), undefined);
});

// D98 (2006), D9H, DAX, DBG, DCN (2009): the order in which Nortel's bulletins have them.
test('releases are in the order in which they came', () => {
  const releases = ['0604D98', '0604D9H', '0604DAX', '0604DBG', '0604DCN'];
  const sorted = releases.toReversed().toSorted(compareVersionIds);
  assert.deepEqual(sorted, releases);
});

test('the longer one of two is greater; letter case counts, and is told of', () => {
  for (const [lower, greater] of [
    ['000020', '000021'],
    ['00009', '0001'],
    ['0692D93', '0692D93c08'],
    ['0692D93c08', '0692D93c09'],
    ['0692D93C08', '0692D93c08'],
    ['', '0'],
  ] as const) {
    assert.ok(compareVersionIds(lower, greater) < 0, `${lower} < ${greater}`);
    assert.ok(compareVersionIds(greater, lower) > 0);
  }
  assert.equal(compareVersionIds(' 1 ', '1'), 0);
  assert.ok(differOnlyInCase('0692D93C08', '0692d93c08'));
  assert.ok(!differOnlyInCase('0692D93c08', '0692D93c08'));
});

test('the order is one: no two ways round, and none in a circle', () => {
  const id = fc.stringMatching(/^[0-9A-Za-z]{0,8}$/);
  fc.assert(
    fc.property(id, id, id, (a, b, c) => {
      assert.equal(Math.sign(compareVersionIds(a, b)), -Math.sign(compareVersionIds(b, a)) + 0);
      if (compareVersionIds(a, b) <= 0 && compareVersionIds(b, c) <= 0)
        assert.ok(compareVersionIds(a, c) <= 0);
    }),
  );
});
