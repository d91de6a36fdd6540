import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { decodeCnf, encodeCnf } from '../src/codec/config/cnf.ts';
import { encodeKeywordFile } from '../src/codec/config/keyword-file.ts';
import { decodeXmlDocument, encodeXmlDocument } from '../src/codec/config/xml-document.ts';
import { decodeByteText, encodeByteText } from '../src/codec/text/byte-text.ts';
import { decodeLines, encodeLines } from '../src/codec/text/lines.ts';
import { decodeText } from '../src/families/nortel-2004/formats/decode-text.ts';
import { fileOf } from '../src/families/nortel-2004/formats/formats.ts';
import { CodecError } from '../src/wire/codec-error.ts';
import { cnfTable, corpusCnfValues } from './corpus-cnf-values.ts';
import { corpus, type CorpusFile, decodedOf, files, ofFormat, skipped } from './corpus-files.ts';

/** Published by their owners with these mistakes. */
const unreadable: Readonly<Record<string, readonly [line: number, column: number]>> = {
  'cisco/PhantomVl-sccp_manager/SEP0000000000.cnf.xml_annotated': [297, 18],
  'cisco/andreibleortu-cisco7942-freepbx/XMLDefault.cnf.xml': [18, 56],
  'cisco/chan-sccp-chan-sccp/SEP0000000000.cnf.xml_annotated': [298, 18],
  'cisco/fritzbox-blog-2016/dialplan.xml': [1, 1],
  'cisco/provisioner-Provisioner/sip79x1G__XMLDefault.cnf.xml': [15, 57],
  'cisco/teo-en-ming-lkml-2020/XMLDefault.cnf.xml': [21, 27],
  'cisco/waynemerricks-Cisco7942FreePBX/XMLDefault.cnf.xml': [18, 56],
  // Document types, which no phone needs and no reader of ours takes.
  'nortel/sipxecs/sipXnortel/etc/nortel/line.xml': [2, 1],
  'nortel/sipxecs/sipXnortel/etc/nortel/phone.xml': [2, 1],
  'nortel/sipxecs/sipXnortel/etc/nortel12x0/line.xml': [2, 1],
  'nortel/sipxecs/sipXnortel/etc/nortel12x0/phone.xml': [2, 1],
};

test('every published file is of a format, or told to be of none', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const counts: Record<string, number> = {};
  for (const file of files.filter(({ name }) => name.startsWith('cisco/'))) {
    const { format } = decodedOf(file);
    counts[format] = (counts[format] ?? 0) + 1;
  }
  assert.deepEqual(counts, {
    SEP: 65,
    XMLDefault: 19,
    'dial plan': 25,
    'load map': 5,
    'OS79XX.TXT': 4,
    unknown: 6,
    XML: 4,
    'XML ring list': 6,
    syncinfo: 1,
    cnf: 8,
    'ring list': 2,
  });
  const unknown = ofFormat('unknown').map(({ name }) => name);
  // Notes, logs, a DHCP server's file, dial plans of other phones.
  assert.deepEqual(unknown, [
    'cisco/INDEX.md',
    'cisco/PhantomVl-sccp_manager/dialplan.txt',
    'cisco/SIPfoundry-legacy-sipxecs/DialPlan.txt',
    'cisco/logs/sysop-ca-7911-capital-J.log',
    'cisco/logs/teo-en-ming-7960-sip-8.12-boot.log',
    'cisco/wazo-platform-wazo-provd-plugins/cisco.conf',
    'nortel/INDEX.md',
    'nortel/asterisk/unistim.conf.sample',
    'nortel/dhcp-strings/examples.txt',
    'nortel/sipxecs/sipXnortel/etc/nortel/DialPlan.txt',
    'nortel/wazo-provd-plugins/plugins/wazo_avaya/v4_1_13/limitations.md',
  ]);
});

test('what cannot be read is an error with line, column and cause', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const faults = files.flatMap((file) => {
    const errors = decodedOf(file).findings.filter(({ severity }) => severity === 'error');
    return errors
      .filter(({ code }) => code !== 'unknown-format')
      .map(({ text, place }) => {
        assert.match(text, /^expected .+, found .+$/);
        return [file.name, [place?.line, place?.column]];
      });
  });
  assert.deepEqual(Object.fromEntries(faults), unreadable);
});

test('every finding has a place inside its file', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const file of files)
    for (const { code, place } of decodedOf(file).findings) {
      assert.equal(place?.file, basename(file.path));
      if (code === 'unknown-format') continue;
      const { lines } = decodeLines(decodeByteText(file.bytes).text);
      const text = lines[(place.line ?? 0) - 1]?.text;
      assert.ok(text !== undefined, `${file.name}: line ${place.line}`);
      assert.ok((place.column ?? 0) >= 1 && (place.column ?? 0) <= text.length + 1);
    }
});

test('what is read and written back has the same bytes', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const file of files) {
    const read = decodeByteText(file.bytes);
    const written = encodeByteText({ ...read, text: writtenBack(file, read.text) });
    assert.equal(Buffer.compare(written, file.bytes), 0, file.name);
  }
});

function writtenBack(file: CorpusFile, text: string): string {
  const { format, findings } = decodedOf(file);
  const isXml = /^(SEP|XMLDefault|dial plan|XML.*|syncinfo)$/.test(format);
  if (format === 'cnf') return encodeCnf(decodeCnf(text));
  const nortel = fileOf(basename(file.path), file.bytes);
  const keywords = nortel && decodeText(nortel, text);
  if (keywords) return encodeKeywordFile(keywords);
  if (!isXml) return encodeLines(decodeLines(text));
  try {
    return encodeXmlDocument(decodeXmlDocument(text, { fragments: true }));
  } catch (error) {
    assert.ok(error instanceof CodecError);
    assert.ok(findings.some(({ code }) => code === 'unreadable-file'));
    return text;
  }
}

test('.cnf files have the keys and values that a person reads in them', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  for (const [name, words] of Object.entries(corpusCnfValues)) {
    const file = files.find((each) => each.name === `cisco/${name}`);
    assert.ok(file, name);
    const { values, unprovisioned, findings } = decodedOf(file);
    const table = cnfTable(words);
    assert.deepEqual(values, Object.fromEntries(table), name);
    const empty = [...table].filter(([, value]) => value === '').map(([key]) => key);
    assert.deepEqual(unprovisioned, empty, name);
    assert.deepEqual(findings, [], name);
  }
});

test('lists of one line each have what stands on their lines', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  const linesOf = ({ bytes }: CorpusFile) =>
    Buffer.from(bytes)
      .toString('utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  for (const file of ofFormat('OS79XX.TXT'))
    assert.equal(decodedOf(file)['image'], linesOf(file)[0] ?? '', file.name);
  for (const file of ofFormat('ring list')) {
    const rings = decodedOf(file)['rings'] as readonly { name: string; file: string }[];
    const written = rings.map(({ name, file: path }) => `${name} ${path}`);
    assert.deepEqual(
      written,
      linesOf(file).map((line) => line.replace(/\s+(?=\S+$)/, ' ')),
      file.name,
    );
  }
  for (const file of ofFormat('load map')) {
    const loads = decodedOf(file)['loads'] as readonly { number: number; image: string }[];
    assert.deepEqual(
      loads.map(({ number, image }) => [`${number}`, image]),
      linesOf(file).map((line) => line.split(/\s+/).slice(0, 2)),
      file.name,
    );
  }
});
