import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type DownloadMode, languageDecision, versionDecision } from './decisions.ts';
import { languageFile, languageName } from './language-file.ts';

type VersionRow = readonly [
  mode: DownloadMode,
  version: string,
  cached: string | undefined,
  takes: boolean,
];

/** NN42020-202, sections 3, 5 and 6. */
const versions: readonly VersionRow[] = [
  // The first time: data is fetched.
  ['AUTO', '000020', undefined, true],
  ['AUTO', '', undefined, true],
  // Raised, the same, lowered, left out.
  ['AUTO', '000021', '000020', true],
  ['AUTO', '000020', '000020', false],
  ['AUTO', '000019', '000020', false],
  ['AUTO', '', '000020', false],
  // Any six characters: by their codes.
  ['AUTO', '00002A', '000029', true],
  ['AUTO', 'A00000', '999999', true],
  ['AUTO', '000100', '00002A', true],
  ['AUTO', '00002a', '00002A', true],
  // FORCED does not look.
  ['FORCED', '000020', '000020', true],
  ['FORCED', '000001', '000020', true],
  ['FORCED', '', '000020', true],
  // Firmware: what came by UFTP is not fetched again; newer is, older is not.
  ['AUTO', '0692D93c08', '0692D93c08', false],
  ['AUTO', '0692D93c09', '0692D93c08', true],
  ['AUTO', '0692D94c01', '0692D93c08', true],
  ['AUTO', '0692D9Ac01', '0692D93c08', true],
  ['AUTO', '0692D92c99', '0692D93c08', false],
  ['AUTO', '0692D93', '0692D93c08', false],
  ['AUTO', '0692D93c08', '0692D93', true],
  ['AUTO', '0604D98', '0692D93c08', false],
  // The revert.
  ['FORCED', '0692D93c08', '0692D93c08', true],
];

describe('DEVICE_CONFIG and FW', () => {
  for (const [mode, version, cached, takes] of versions)
    test(`${mode} ${version} with ${cached ?? 'nothing'}: ${takes ? 'taken' : 'kept'}`, () => {
      assert.equal(versionDecision({ mode, version }, cached).takes, takes);
    });

  test('FORCED always takes; what was taken is not taken again by AUTO', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (version, cached) => {
        assert.equal(versionDecision({ mode: 'FORCED', version }, cached).takes, true);
        assert.equal(versionDecision({ mode: 'AUTO', version }, version).takes, false);
      }),
    );
  });
});

describe('LANGUAGE', () => {
  const old = { file: 'francais.lng', digest: 'a', writtenAt: 1000 };
  const recent = { ...old, digest: 'b', writtenAt: 2000 };
  const { writtenAt: _, ...timeless } = { ...old, digest: 'c' };
  const rows = [
    ['AUTO', old, undefined, true],
    ['AUTO', recent, old, true],
    ['AUTO', old, recent, false],
    ['AUTO', { ...old, digest: 'z' }, old, false],
    ['AUTO', old, old, false],
    ['AUTO', timeless, old, true],
    ['AUTO', timeless, timeless, false],
    ['AUTO', { ...timeless, digest: 'd' }, timeless, true],
    ['AUTO', { ...old, file: 'deutsch.lng' }, recent, true],
    ['FORCED', old, recent, true],
  ] as const;
  for (const [mode, come, cached, takes] of rows)
    test(`${mode}: ${JSON.stringify(come)} after ${JSON.stringify(cached)}`, () => {
      assert.equal(languageDecision(mode, come, cached).takes, takes);
    });

  test("the time is in the file's first line, where it is at all", () => {
    const at = (text: string) => languageFile('x.lng', Buffer.from(text)).writtenAt;
    assert.equal(at('# Francais 2006-09-18\nbonjour'), Date.UTC(2006, 8, 18));
    assert.equal(at('; 2006-09-18 12:30:05 v2\r\n'), Date.UTC(2006, 8, 18, 12, 30, 5));
    assert.equal(at('LANG 20060918'), Date.UTC(2006, 8, 18));
    assert.equal(at('LANG 1.0\n2006-09-18'), undefined);
    assert.equal(at('2006-13-45'), undefined);
    assert.equal(at(''), undefined);
    assert.equal(languageName('lang/Francais.lng'), 'Francais');
  });
});
