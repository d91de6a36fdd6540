import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeSectionFile, downloadSections } from '../src/codec/config/section-file.ts';
import { decodeSysConfig, sysConfigValues } from '../src/codec/config/sys-config.ts';
import { splitLines } from '../src/codec/text/place.ts';
import { mendText } from '../src/core/lint/mend.ts';
import { nortelLint } from '../src/families/nortel-2004/lint/nortel-lint.ts';
import type { TreeFile } from '../src/model/lint.ts';
import { hookflash, temporaryFolder } from './hookflash-process.ts';
import { baseTree } from './lint-base-tree.ts';
import { lintMemory } from './lint-memory.ts';
import { nortelFiles, nortelTrees } from './lint-seeds-nortel.ts';

const mac = '001B21A0C4F7';

test('what can be mended is mended, and nothing else is found then', () => {
  const mended = new Set<string>();
  for (const { code, changes } of [...nortelFiles, ...nortelTrees]) {
    const tree = baseTree();
    for (const change of changes) change(tree);
    const [finding] = lintMemory(tree);
    if (finding?.fix?.kind !== 'replace') continue;
    const path = finding.place?.file ?? '';
    tree.set(path, mendText(String(tree.get(path)), [finding]).text);
    assert.deepEqual(lintMemory(tree), [], code);
    mended.add(code);
  }
  assert.deepEqual([...mended].toSorted(), [
    'byte-order-mark',
    'download-case',
    'server-zero',
    'value-trailing-blank',
  ]);
});

const words = [
  ...['[FW]', '[LANGUAGE]', '[DEVICE_CONFIG]', '[x', 'VERSION', 'FILENAME', 'SERVER_IP', 'FORCED'],
  ...['DOWNLOAD_MODE', '0692D93c08', '0604D98.bin', '0.0.0.0', 'BANNER', 'TIMEZONE_OFFSET', '-5'],
  ...[
    'AUTO_UPDATE',
    'YES',
    'S1.Server.Port=5060',
    '=',
    '#',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\uFEFF',
    '\0',
  ],
];

test('any text is linted, with places inside it', () => {
  const name = fc.constantFrom(
    '2004tftp.cfg',
    '2004sysConfig.dat',
    'SipUpgradeConfigFile.txt',
    'a.cfg',
  );
  const text = fc.string({ unit: fc.constantFrom(...words) });
  fc.assert(
    fc.property(name, text, (path, content) => {
      const bytes = Buffer.from(content);
      const file: TreeFile = { path, size: bytes.length, read: () => bytes };
      const linted = nortelLint.file(file);
      const facts = linted ? [{ path, facts: linted.facts }] : [];
      const lines = splitLines(content);
      for (const { place } of [...(linted?.findings ?? []), ...nortelLint.tree(facts)]) {
        if (place?.line === undefined) continue;
        const { length } = lines[place.line - 1]?.text ?? '';
        assert.ok(place.line <= Math.max(lines.length, 1));
        assert.ok((place.column ?? 1) >= 1 && (place.column ?? 1) <= length + 1);
      }
    }),
    { numRuns: 1000 },
  );
});

const settings = `SIP_DOMAIN1 example.net
DNS_DOMAIN example.net
FORCE_BANNER Yes
UPDATE_USERS Yes
DEF_USER1 userid?
SIP_PING YES
DST_ENABLED YES
TIMEZONE_OFFSET -18000
VMAIL 64167530#
VMAIL_DELAY 1000
DEF_LANG Francais
MAX_INBOX_ENTRIES 100
MAX_OUTBOX_ENTRIES 90
MAX_REJECTREASONS 5
MAX_PRESENCENOTE 6
MAX_CALLSUBJECT 7
BANNER The Warehouse, Hall 3
DEF_AUDIO_QUALITY High
DEF_DISPLAY_IM NO
AUTO_UPDATE YES
AUTO_UPDATE_TIME 10800
`;

const list = `[DEVICE_CONFIG]
VERSION 000041
FILENAME 2004sysConfig.dat
[LANGUAGE]
FILENAME francais.lng
SERVER_IP 192.0.2.9
SERVER_PORT 1069
[FW]
VERSION 0692D93c08
FILENAME 2004SIP.img
`;

test('a folder that is moved in comes out again with the same settings', async (t) => {
  const folder = await temporaryFolder(t);
  const [tftp, site] = [join(folder, 'tftp'), join(folder, 'site')];
  mkdirSync(tftp);
  writeFileSync(join(tftp, '2004tftp.cfg'), list);
  writeFileSync(join(tftp, '2004sysConfig.dat'), settings);
  for (const words of [
    ['init', site],
    ['import', tftp, '--dir', site],
    ['phone', 'add', mac, '--model', '2004', '--image', '0692D93c08', '--dir', site],
  ]) {
    const { code, out, err } = await hookflash(...words);
    assert.equal(code, 0, `${words.join(' ')}\n${out}${err}`);
  }
  const rendered = async (file: string) =>
    (await hookflash('render', mac, file, '--dir', site)).out;
  // Values that are words come out as the table spells them.
  const expected = [...sysConfigValues(decodeSysConfig(settings.replaceAll('Yes', 'YES')))];
  const written = sysConfigValues(decodeSysConfig(await rendered('2004sysConfig.dat')));
  assert.deepEqual([...written].toSorted(), expected.toSorted());
  const text = await rendered('2004tftp.cfg');
  const [data, language] = downloadSections(decodeSectionFile(text));
  assert.ok(data && data.version >= '000041', text);
  assert.deepEqual(language?.files, ['francais.lng']);
  assert.deepEqual([language.server, language.port], ['192.0.2.9', '1069']);
});

test('decode reads an image of Nortel as such, though it is called .bin', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, '0604D98.bin');
  writeFileSync(path, 'firmware');
  const { out } = await hookflash('decode', path);
  const { format, image, kind } = JSON.parse(out) as Record<string, unknown>;
  assert.deepEqual([format, image, kind], ['Nortel image', '0604D98', 'unistim']);
  assert.equal(readFileSync(path, 'utf8'), 'firmware');
});
