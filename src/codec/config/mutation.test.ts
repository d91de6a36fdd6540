import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import type { CodecNote } from '../codec-note.ts';
import { encodeLines, type TextLines } from '../text/lines.ts';
import { splitLines } from '../text/place.ts';
import { cnfValues, decodeCnf, encodeCnf } from './cnf.ts';
import { decodeDialplan } from './dialplan-xml.ts';
import { decodeLoadMap } from './load-map.ts';
import { decodeLoads } from './loads.ts';
import { decodeOs79xx } from './os79xx.ts';
import { decodeXmlRingList } from './ring-list-xml.ts';
import { decodeRingList } from './ring-list.ts';
import { encodeKeywordFile, type KeywordFile } from './keyword-file.ts';
import { decodeSectionFile } from './section-file.ts';
import { decodeSep } from './sep-xml.ts';
import { decodeSipUpgradeConfig } from './sip-upgrade-config.ts';
import { decodeSyncinfo } from './syncinfo.ts';
import { decodeSysConfig } from './sys-config.ts';
import { decodeXmlDefault } from './xml-default.ts';
import { decodeXmlDocument, encodeXmlDocument } from './xml-document.ts';

type Noted = { readonly notes: readonly CodecNote[] };

const lineByLine: readonly ((text: string) => Noted & TextLines)[] = [
  decodeOs79xx,
  decodeLoads,
  decodeRingList,
  decodeLoadMap,
];
const keywordFiles: readonly ((text: string) => KeywordFile)[] = [
  decodeSectionFile,
  (text) => decodeSectionFile(text, '11xx'),
  decodeSysConfig,
  (text) => decodeSysConfig(text, '11xx'),
  decodeSipUpgradeConfig,
];
const lenient: readonly ((text: string) => Noted)[] = [decodeCnf, ...lineByLine, ...keywordFiles];
const strict: readonly ((text: string) => unknown)[] = [
  decodeDialplan,
  decodeSep,
  decodeXmlDefault,
  decodeSyncinfo,
  decodeXmlRingList,
];

const folder = new URL('testdata/', import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => !name.endsWith('.json'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

const marks =
  '" ; : # = [ ] < > & / \' “ ” ]]> <!-- --> <![CDATA[ <?x ?> </a> <a> &lt; &#0; &x; %'.split(' ');
const blanks = ['', ' ', '\t', '\r', '\n', '\r\n', '\0', '\u00a0', '\uFEFF', '\uD800', '😀'];
const insert = fc.constantFrom(...marks, ...blanks, '<!DOCTYPE a [<!ENTITY x "y">]>');
const edit = fc.record({ at: fc.nat(2000), remove: fc.nat(5), insert });

const mutated = fc
  .tuple(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 6 }))
  .map(([fixture, edits]) =>
    edits.reduce((text, { at, remove, insert: piece }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + piece + text.slice(start + remove);
    }, fixture),
  );
const texts = fc.oneof(
  mutated,
  fc.string({ unit: insert }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', ':', ' ', '"', '“', ';', '#', '\t', '\r', '\n') }),
  fc.string({ unit: fc.constantFrom('A', '=', ' ', '[', ']', '#', '\t', '\r', '\n') }),
);

function checkNotes(text: string, notes: readonly CodecNote[]): void {
  const lines = splitLines(text);
  for (const { line, column } of notes)
    assert.ok(column >= 1 && column <= (lines[line - 1]?.text.length ?? 0) + 1);
}

test('a .cnf text comes back byte for byte', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const document = decodeCnf(text);
      assert.equal(encodeCnf(document), text);
      for (const line of document.lines)
        if (line.kind === 'entry') {
          const written = splitLines(text)[line.line - 1]?.text ?? '';
          assert.ok(written.startsWith(line.keyText, line.keyColumn - 1));
          assert.ok(written.startsWith(line.valueText, line.valueColumn - 1));
          assert.ok(cnfValues(document).has(line.key));
        }
    }),
    { numRuns: 2000 },
  );
});

test('files of keywords come back byte for byte', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const decode of keywordFiles) {
        const document = decode(text);
        assert.equal(encodeKeywordFile(document), text);
        for (const line of document.lines) {
          const written = splitLines(text)[line.line - 1]?.text ?? '';
          if (line.kind === 'section')
            assert.ok(written.startsWith(line.nameText, line.nameColumn - 1));
          if (line.kind !== 'entry') continue;
          assert.ok(written.startsWith(line.keyText, line.keyColumn - 1));
          assert.ok(written.startsWith(line.value, line.valueColumn - 1));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('texts of lines and of XML come back byte for byte', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const decode of lineByLine) assert.equal(encodeLines(decode(text)), text);
      try {
        assert.equal(encodeXmlDocument(decodeXmlDocument(text, { fragments: true })), text);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

test('lists and .cnf files are read whatever they hold', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const decode of lenient) checkNotes(text, decode(text).notes);
    }),
    { numRuns: 1000 },
  );
});

test('XML is read or refused with line and column', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const decode of strict)
        try {
          decode(text);
        } catch (error) {
          if (!(error instanceof CodecError)) throw error;
          assert.match(error.fault.field, /^line [1-9]\d*, column [1-9]\d*$/);
          assert.ok(error.fault.offset <= text.length);
        }
    }),
    { numRuns: 2000 },
  );
});

test('long lines of anything come to an end', () => {
  const pieces = [
    ' ',
    '\t',
    'a ',
    ' :',
    ': ',
    '"',
    '“',
    ';',
    '#',
    'a\t',
    '\r',
    '[',
    '.',
    '1 ',
    '/',
  ];
  for (const piece of pieces) {
    const text = piece.repeat(200_000);
    for (const decode of lenient) decode(text);
    for (const decode of lenient) decode(`a${text}b`);
    assert.equal(encodeCnf(decodeCnf(`a:${text}`)), `a:${text}`);
    for (const decode of keywordFiles)
      assert.equal(encodeKeywordFile(decode(`A ${text}`)), `A ${text}`);
  }
});
