import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { decodeCnf, encodeCnf } from '../src/codec/config/cnf.ts';
import { decodeDialplan } from '../src/codec/config/dialplan-xml.ts';
import { decodeOs79xx } from '../src/codec/config/os79xx.ts';
import { decodeRingList } from '../src/codec/config/ring-list.ts';
import { decodeSep } from '../src/codec/config/sep-xml.ts';
import { decodeSyncinfo } from '../src/codec/config/syncinfo.ts';
import { decodeXmlDefault } from '../src/codec/config/xml-default.ts';
import { decodeXml, encodeXml, type XmlElement } from '../src/codec/config/xml.ts';
import { CodecError } from '../src/wire/codec-error.ts';

const corpus = process.env['HOOKFLASH_CORPUS'];
const files =
  corpus === undefined
    ? []
    : readdirSync(join(corpus, 'cisco'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted();

type Kind = {
  readonly name: string;
  /** Of the file's name. */
  readonly pattern: RegExp;
  readonly decode: (text: string) => unknown;
  readonly read: number;
  /** Folder, file and place of each one that is refused. */
  readonly refused: readonly string[];
};

// Published by their owners with these mistakes.
const kinds: readonly Kind[] = [
  { name: '.cnf', pattern: /\.cnf$/, decode: decodeCnf, read: 8, refused: [] },
  { name: 'OS79XX.TXT', pattern: /^OS79XX/i, decode: decodeOs79xx, read: 4, refused: [] },
  {
    name: 'RINGLIST.DAT',
    pattern: /RINGLIST\.DAT$/i,
    decode: decodeRingList,
    read: 2,
    refused: [],
  },
  { name: 'syncinfo.xml', pattern: /syncinfo/, decode: decodeSyncinfo, read: 1, refused: [] },
  {
    name: 'SEP<MAC>.cnf.xml',
    pattern: /SEP.*\.cnf\.xml/,
    decode: decodeSep,
    read: 62,
    refused: [
      'PhantomVl-sccp_manager/SEP0000000000.cnf.xml_annotated: line 297, column 18',
      'chan-sccp-chan-sccp/SEP0000000000.cnf.xml_annotated: line 298, column 18',
    ],
  },
  {
    name: 'XMLDefault.cnf.xml',
    pattern: /XMLDefault/,
    decode: decodeXmlDefault,
    read: 15,
    refused: [
      'andreibleortu-cisco7942-freepbx/XMLDefault.cnf.xml: line 18, column 56',
      'provisioner-Provisioner/sip79x1G__XMLDefault.cnf.xml: line 15, column 57',
      'teo-en-ming-lkml-2020/XMLDefault.cnf.xml: line 21, column 27',
      'waynemerricks-Cisco7942FreePBX/XMLDefault.cnf.xml: line 18, column 56',
    ],
  },
  {
    name: 'dialplan.xml',
    pattern: /dialplan.*\.xml/i,
    decode: decodeDialplan,
    read: 24,
    refused: ['fritzbox-blog-2016/dialplan.xml: line 1, column 1'],
  },
];

function relativeName(path: string): string {
  return path.split('/').slice(-2).join('/');
}

for (const { name, pattern, decode, read, refused } of kinds)
  test(`each published ${name} is read, or refused with line and column`, (t) => {
    if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
    const faults: string[] = [];
    const chosen = files.filter((path) => pattern.test(basename(path)));
    for (const path of chosen)
      try {
        decode(readFileSync(path, 'utf8'));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
        assert.match(error.fault.field, /^line [1-9]\d*, column [1-9]\d*$/);
        faults.push(`${relativeName(path)}: ${error.fault.field}`);
      }
    assert.deepEqual(faults, refused);
    assert.equal(chosen.length - faults.length, read);
  });

test('every published .cnf file comes back byte for byte', (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  for (const path of files.filter((each) => each.endsWith('.cnf'))) {
    const bytes = readFileSync(path);
    const written = encodeCnf(decodeCnf(bytes.toString('utf8')));
    assert.equal(Buffer.compare(Buffer.from(written, 'utf8'), bytes), 0, relativeName(path));
  }
});

test('every published XML file keeps its elements, values and texts', (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  let kept = 0;
  for (const path of files.filter((each) => basename(each).includes('.xml'))) {
    const root = rootOf(path);
    if (root === undefined) continue;
    assert.deepEqual(shapeOf(decodeXml(encodeXml(root))), shapeOf(root), relativeName(path));
    kept++;
  }
  assert.equal(kept, 114);
});

function rootOf(path: string): XmlElement | undefined {
  try {
    return decodeXml(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

function shapeOf(node: XmlElement): unknown {
  const values = [...node.attributes.values()].map(({ name, value }) => [name, value]);
  const content = node.children.map((each) => (each.kind === 'text' ? each.text : shapeOf(each)));
  return [node.name, values, content];
}
