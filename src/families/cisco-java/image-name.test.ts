import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { hardwareProblem, imageName, parseImageName } from './image-name.ts';
import { models } from './models.ts';

type Row = readonly [
  text: string,
  protocol: string,
  hardware: string,
  release: readonly [major: number, minor: number, maintenance: number, sub: number],
  signed?: false,
];

const names: readonly Row[] = [
  ['SIP41.9-4-2SR3-1S', 'SIP', '41', [9, 4, 2, 3]],
  ['SCCP75.9-4-2SR4-3S', 'SCCP', '75', [9, 4, 2, 4]],
  ['SCCP11.9-0-2SR1S', 'SCCP', '11', [9, 0, 2, 1]],
  ['SCCP42.9-3-1-1S', 'SCCP', '42', [9, 3, 1, 0]],
  ['SIP45.8-5-4S', 'SIP', '45', [8, 5, 4, 0]],
  ['SIP70.8-0-3S', 'SIP', '70', [8, 0, 3, 0]],
  ['SCCP31.8-3-3S', 'SCCP', '31', [8, 3, 3, 0]],
  ['TERM41.7-0-3-0S', 'SCCP', '41', [7, 0, 3, 0]],
  ['SIP41.8-5-4', 'SIP', '41', [8, 5, 4, 0], false],
];

for (const [text, protocol, hardware, [major, minor, maintenance, sub], signed = true] of names)
  test(`${text} is read`, () => {
    const { version, ...name } = imageName(text);
    assert.deepEqual(name, {
      ...{ text, canonical: text, key: text, kind: 'application', protocol, hardware },
      ...{ major, minor, maintenance, sub, signed, findings: [] },
    });
    assert.equal(`${text.split('.')[0] ?? ''}.${version}${signed ? 'S' : ''}`, text);
  });

test('what boot code asks for by default is no application', () => {
  const { kind, protocol, hardware } = imageName('term61.default');
  assert.deepEqual([kind, protocol, hardware], ['loader', 'none', '41']);
  assert.equal(parseImageName('term99.default'), undefined);
});

test('odd ways to write a name are understood and said', () => {
  const name = imageName(' sip41.9-4-2sr3-1s.loads');
  assert.equal(name.canonical, 'SIP41.9-4-2SR3-1S');
  assert.deepEqual(
    name.findings.map(({ code }) => code),
    ['image-name-blank', 'image-name-extension', 'image-name-case'],
  );
});

test('names of other things are no loads of these phones', () => {
  for (const text of ['', 'P0S3-8-12-00', 'SIP69xx.9-4-1-3', 'SIP88.12-0-1S', 'SIP41', 'sip41.'])
    assert.equal(parseImageName(text), undefined, text);
});

test('a load of other hardware is told with the one to take', () => {
  const model = (name: string) => models.find((each) => each.name === name)!;
  assert.equal(hardwareProblem(imageName('SIP41.9-4-2SR3-1S'), model('7961G-GE')), undefined);
  const problem = hardwareProblem(imageName('SIP41.9-4-2SR3-1S'), model('7962'));
  assert.equal(problem?.code, 'image-of-other-hardware');
  assert.match(problem.text, /7941, 7941G-GE, 7961, 7961G-GE, not for the 7962/);
  assert.match(problem.cure ?? '', /SIP42/);
  assert.equal(hardwareProblem(imageName('term65.default'), model('7945')), undefined);
  assert.ok(hardwareProblem(imageName('term65.default'), model('7975')));
});

test('any text gives a name or none, and a name read again is the same', () => {
  const odd = fc.oneof(
    fc.string(),
    fc.stringMatching(/^(SIP|SCCP|TERM|sccp)(11|41|70)\.\d{1,3}-\d-\d{1,9}(SR\d)?(-\d)?S?$/),
  );
  fc.assert(
    fc.property(odd, (text) => {
      const name = parseImageName(text);
      if (name === undefined) return;
      assert.deepEqual(imageName(name.canonical), { ...name, text: name.canonical, findings: [] });
    }),
  );
});

const corpus = process.env['HOOKFLASH_CORPUS'];

test('every load in the corpus is read', (t) => {
  if (corpus === undefined) return t.skip('HOOKFLASH_CORPUS names no folder');
  const texts = readdirSync(join(corpus, 'cisco'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  const ours = /\b(?:SIP|SCCP)(?:11|31|41|42|45|70|75)\.[\w-]+/g;
  const found = new Set(texts.flatMap((text) => text.match(ours) ?? []));
  assert.ok(found.size >= 40, `${found.size} loads`);
  for (const name of found) assert.equal(parseImageName(name)?.canonical, name);
});
