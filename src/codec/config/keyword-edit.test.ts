import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { removeKeyword, setKeyword } from './keyword-edit.ts';
import { encodeKeywordFile, keywordValues, partsOf } from './keyword-file.ts';
import { decodeSectionFile } from './section-file.ts';
import { decodeSipUpgradeConfig } from './sip-upgrade-config.ts';
import { decodeSysConfig } from './sys-config.ts';

const text = '# head\r\n[FW] \r\nVERSION 1 \r\n# VERSION 0\r\n\r\n[LANGUAGE]\r\nFILENAME a.lng';

function set(section: string, key: string, value: string): string {
  return encodeKeywordFile(setKeyword(decodeSectionFile(text), section, key, value));
}

test('a value is set where it stands and nothing else moves', () => {
  assert.equal(set('FW', 'version', '2'), text.replace('VERSION 1', 'VERSION 2'));
  assert.equal(set('fw', 'VERSION', '1'), text);
  assert.equal(set('FW', 'VERSION', ''), text.replace('VERSION 1', 'VERSION '));
  const pointers = decodeSipUpgradeConfig('S1.Server.Port = 5060 \n');
  const changed = setKeyword(pointers, '', 'S1.SERVER.PORT', '5000');
  assert.equal(encodeKeywordFile(changed), 'S1.Server.Port = 5000 \n');
});

test('a comment behind a value stays', () => {
  const file = decodeSectionFile('[FW]\nVERSION# old\nFILENAME a # b\n', '11xx');
  const both = setKeyword(setKeyword(file, 'FW', 'VERSION', '2'), 'FW', 'FILENAME', 'c');
  assert.equal(encodeKeywordFile(both), '[FW]\nVERSION 2# old\nFILENAME c # b\n');
});

test('a new setting comes last in its section, with the line ends of the file', () => {
  assert.equal(
    set('FW', 'FILENAME', '2004SIP.img'),
    text.replace('# VERSION 0\r\n', '# VERSION 0\r\nFILENAME 2004SIP.img\r\n'),
  );
  assert.equal(set('LANGUAGE', 'VERSION', '2'), `${text}\r\nVERSION 2\r\n`);
  assert.equal(set('TONES', 'FILENAME', 'a.wav'), `${text}\r\n[TONES]\r\nFILENAME a.wav\r\n`);
  const empty = setKeyword(decodeSysConfig(''), '', 'VMAIL', '5000');
  assert.equal(encodeKeywordFile(empty), 'VMAIL 5000\n');
});

test('every line of a key goes, from its section alone', () => {
  const file = decodeSectionFile('[A]\nX 1\nx 2\n[B]\nX 3\n');
  assert.equal(encodeKeywordFile(removeKeyword(file, 'A', 'X')), '[A]\n[B]\nX 3\n');
  assert.equal(encodeKeywordFile(removeKeyword(file, 'C', 'X')), '[A]\nX 1\nx 2\n[B]\nX 3\n');
});

test('what the syntax cannot hold is refused', () => {
  for (const [key, value] of [
    ['VERSION', ' 2'],
    ['VERSION', '2\n3'],
    ['A B', '2'],
    ['#A', '2'],
  ] as const)
    assert.throws(() => set('FW', key, value), CodecError);
  const later = decodeSectionFile('[FW]\n', '11xx');
  assert.throws(() => setKeyword(later, 'FW', 'VMAIL', '5000#'), CodecError);
});

test('the value set is the value read, and the others stay', () => {
  const unit = fc.constantFrom('A', ' ', '#', '[A]', '[B]', '\t', '\r', '\n', 'B 1\n', 'A 2\n');
  const value = fc.stringMatching(/^([!-~]([ -~]{0,6}[!-~])?)?$/);
  const section = fc.constantFrom('A', 'B', 'C');
  fc.assert(
    fc.property(
      fc.string({ unit }),
      section,
      fc.constantFrom('A', 'B'),
      value,
      (before, name, key, wanted) => {
        const file = decodeSectionFile(before);
        const parts = (each: typeof file) =>
          partsOf(each).map((part) => [part.name, [...keywordValues(part.entries)]] as const);
        const after = parts(
          decodeSectionFile(encodeKeywordFile(setKeyword(file, name, key, wanted))),
        );
        const last = after.findLast(([each]) => each === name);
        assert.equal(new Map(last?.[1]).get(key), wanted);
        const others = (all: ReturnType<typeof parts>) => {
          const at = all.findLastIndex(([each]) => each === name);
          return all.flatMap(([each, values], index) =>
            index === at ? values.filter(([own]) => own !== key) : [each, ...values],
          );
        };
        assert.deepEqual(others(after), others(parts(file)));
      },
    ),
    { numRuns: 2000 },
  );
});
