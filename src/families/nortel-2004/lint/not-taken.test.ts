import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootFact } from '../../../model/family.ts';
import { notTaken } from './not-taken.ts';

const list = `[DEVICE_CONFIG]
VERSION 000020
FILENAME 2004sysConfig.dat
[FW]
VERSION 0692D93c08
FILENAME 2004SIP.img
`;

function words(fact: BootFact): string {
  if (fact.kind === 'mended') return `over: ${fact.codes.join(', ')}`;
  return fact.kind === 'finding'
    ? `${fact.finding.place?.line} ${fact.finding.code}`
    : assert.fail(fact.kind);
}

function said(running: string, text = list, path = '2004tftp.cfg'): readonly string[] {
  return notTaken(path, text, running).map(words);
}

test('firmware is fetched only where its VERSION is greater; the same is what is wanted', () => {
  const neither = ['over: version-not-above-phone, version-case'];
  const notAbove = ['over: version-case', '4 version-not-above-phone'];
  for (const [running, expected] of [
    ['0692D93', neither],
    ['0692D93c08', neither],
    ['0692D93c09', notAbove],
    ['0692D94a01', notAbove],
    ['0692D93C08', ['over: version-not-above-phone', '4 version-case']],
  ] as const)
    assert.deepEqual(said(running), expected, running);
});

test('what is forced is fetched, and what names no file offers none', () => {
  const neither = ['over: version-not-above-phone, version-case'];
  assert.deepEqual(said('0692D94a01', list.replace('[FW]', '[FW]\nDOWNLOAD_MODE FORCED')), neither);
  assert.deepEqual(said('0692D94a01', list.replace('FILENAME 2004SIP.img', '')), neither);
  assert.deepEqual(said('0692D94a01', ''), neither);
});

test('other files say nothing of firmware', () => {
  assert.deepEqual(said('0692D94a01', list, '2004sysConfig.dat'), []);
});
