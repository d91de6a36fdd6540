import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findingsAgainstPhone,
  notRaisedFinding,
  type Offered,
  type PhoneMemory,
} from './against-phone.ts';

const list = `[DEVICE_CONFIG]
VERSION 000020
FILENAME 2004sysConfig.dat
[LANGUAGE]
FILENAME francais.lng
[FW]
VERSION 0692D93c08
FILENAME 2004SIP.img
`;

function codes(memory: PhoneMemory, offered?: Offered, text = list): readonly string[] {
  return findingsAgainstPhone('2004tftp.cfg', text, memory, offered).map(
    ({ code, place }) => `${place?.line} ${code}`,
  );
}

test('settings are fetched only where their VERSION is greater', () => {
  for (const [dataVersion, found] of [
    ['000019', []],
    ['000020', ['1 version-not-above-phone']],
    ['000021', ['1 version-not-above-phone']],
    ['9', ['1 version-not-above-phone']],
  ] as const)
    assert.deepEqual(codes({ dataVersion }, { dataChanged: true }), found, dataVersion);
  assert.deepEqual(codes({ dataVersion: '000020' }), []);
  const forced = list.replace('VERSION', 'DOWNLOAD_MODE FORCED\nVERSION');
  assert.deepEqual(codes({ dataVersion: '000021' }, { dataChanged: true }, forced), []);
});

test('firmware is fetched only where its VERSION is greater; the same is what is wanted', () => {
  for (const [image, found] of [
    ['0692D93', []],
    ['0692D93c08', []],
    ['0692D93c09', ['6 version-not-above-phone']],
    ['0692D94a01', ['6 version-not-above-phone']],
    ['0692D93C08', ['6 version-case']],
  ] as const)
    assert.deepEqual(codes({ image }), found, image);
});

test('a language is fetched only where its file is newer', () => {
  const at = Date.UTC(2006, 8, 18);
  assert.deepEqual(codes({ languageAt: at }, { languageAt: at - 1 }), [
    '4 language-older-than-phone',
  ]);
  assert.deepEqual(codes({ languageAt: at }, { languageAt: at }), []);
  assert.deepEqual(codes({ languageAt: at }), []);
});

test('changed settings need a greater VERSION', () => {
  const finding = (before: string, now: string, data = 'b') =>
    notRaisedFinding('2004tftp.cfg', { version: before, data: 'a' }, { version: now, data })?.text;
  assert.equal(finding('000020', '000021'), undefined);
  assert.equal(finding('000020', '000020', 'a'), undefined);
  assert.match(finding('000020', '000020') ?? '', /still 000020/);
  assert.match(finding('000020', '000019') ?? '', /lower/);
});
