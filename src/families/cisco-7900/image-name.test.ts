import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageName, parseImageName } from './image-name.ts';

type Row = readonly [
  text: string,
  protocol: string,
  release: readonly [major: number, minor: number, maintenance: number, sub: number],
  signed: boolean,
  kind?: 'loader',
];

/** Names of all generations, with what the upgrade matrix's tables 1 and 2 say they are. */
const names: readonly Row[] = [
  ['P0030301MFG2', 'SCCP', [3, 1, 0, 0], false],
  ['P0030100', 'SCCP', [1, 0, 0, 0], false],
  ['P00303020600', 'SCCP', [3, 2, 6, 0], false],
  ['P00303030300', 'SCCP', [3, 3, 3, 0], false],
  ['P00305000200', 'SCCP', [5, 0, 2, 0], true],
  ['P00307010100', 'SCCP', [7, 1, 1, 0], true],
  ['P00308000900', 'SCCP', [8, 0, 9, 0], true],
  ['P0030801SR02', 'SCCP', [8, 1, 2, 0], true],
  ['P0S30100', 'SIP', [1, 0, 0, 0], false],
  ['P0S30202', 'SIP', [2, 2, 0, 0], false],
  ['P0S3Z123', 'SIP', [1, 0, 0, 0], false],
  ['P0S3-03-1-00', 'SIP', [3, 1, 0, 0], false],
  ['P0S3-04-4-00', 'SIP', [4, 4, 0, 0], false],
  ['P0S3-05-0-00', 'SIP', [5, 0, 0, 0], true],
  ['P0S3-08-12-00', 'SIP', [8, 12, 0, 0], true],
  ['P0S3-8-12-00', 'SIP', [8, 12, 0, 0], true],
  ['P0M3-07-4-00', 'MGCP', [7, 4, 0, 0], true],
  ['P003-07-4-00', 'none', [7, 4, 0, 0], true, 'loader'],
  ['P003-8-12-00', 'none', [8, 12, 0, 0], true, 'loader'],
];

for (const [text, protocol, [major, minor, maintenance, sub], signed, kind] of names)
  test(`${text} is read`, () => {
    assert.deepEqual(parseImageName(text), {
      ...{ text, canonical: text, key: text.replace(/-0(?=\d)/g, '-') },
      ...{ kind: kind ?? 'application', protocol },
      ...{ major, minor, maintenance, sub, signed, findings: [] },
    });
  });

const mended: readonly (readonly [string, string, readonly string[]])[] = [
  ['POS3-8-12-00', 'P0S3-8-12-00', ['image-name-letter-o']],
  ['POO3O3O2O6OO', 'P00303020600', ['image-name-letter-o']],
  ['p0s3-8-12-00', 'P0S3-8-12-00', ['image-name-case']],
  [' P0S3-07-5-00 ', 'P0S3-07-5-00', ['image-name-blank']],
  ['P0S3-07-5-00.sb2', 'P0S3-07-5-00', ['image-name-extension']],
  [
    'pos3-07-5-00.loads',
    'P0S3-07-5-00',
    ['image-name-extension', 'image-name-case', 'image-name-letter-o'],
  ],
];

for (const [text, canonical, codes] of mended)
  test(`"${text}" is understood as ${canonical}, and said`, () => {
    const name = imageName(text);
    assert.equal(name.canonical, canonical);
    assert.deepEqual(
      name.findings.map((finding) => finding.code),
      codes,
    );
  });

test('names of other things are no image names', () => {
  for (const text of ['', 'SIPDefault', 'SCCP41.8-3-1S', 'P0S4-08-12-00', 'P003030206', '0692D93'])
    assert.equal(parseImageName(text), undefined, text);
});

test('what is read again from its canonical name is the same', () => {
  const part = (most: number) => fc.integer({ min: 0, max: most });
  fc.assert(
    fc.property(fc.constantFrom('0', 'S', 'M'), part(15), part(15), part(99), (letter, x, y, z) => {
      const pad = (value: number) => String(value).padStart(2, '0');
      const name = imageName(`P0${letter}3-${pad(x)}-${y}-${pad(z)}`);
      assert.deepEqual(imageName(name.canonical), name);
      assert.deepEqual([name.major, name.minor, name.maintenance], [x, y, z]);
    }),
  );
});

test('any text gives a name or none, and never an error', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseImageName(text)));
});
