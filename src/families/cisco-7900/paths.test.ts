import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cisco7900 } from './cisco-7900.ts';
import { fileName, type FileKind } from './paths.ts';

const mac = '0007EB000001';

type Row = readonly [path: string, kind: FileKind, mac?: string];

const rows: readonly Row[] = [
  ['OS79XX.TXT', 'boot-text'],
  ['os79xx.txt', 'boot-text'],
  [`CTLSEP${mac}.tlv`, 'trust-list', mac],
  [`SEP${mac}.cnf.xml`, 'sccp-phone', mac],
  [`sep${mac.toLowerCase()}.CNF.XML`, 'sccp-phone', mac],
  ['XMLDefault.cnf.xml', 'sccp-default'],
  [`SIP${mac}.cnf`, 'sip-phone', mac],
  [`./SIP${mac}.cnf`, 'sip-phone', mac],
  [`/phones/berlin/SIP${mac}.cnf`, 'sip-phone', mac],
  ['SIPDefault.cnf', 'sip-default'],
  ['sipdefault.CNF', 'sip-default'],
  [`MGC${mac}.cnf`, 'mgcp-phone', mac],
  ['MGCDefault.cnf', 'mgcp-default'],
  ['P0S3-08-12-00.loads', 'loads'],
  ['P0S3-08-12-00.sb2', 'application-image'],
  ['P003-08-12-00.sbn', 'image'],
  ['P00303020600.BIN', 'image'],
  ['RINGLIST.DAT', 'other'],
  ['dialplan.xml', 'other'],
  ['SIP0007EB00000.cnf', 'other'],
  [`SIP${mac}00.cnf`, 'other'],
  ['SIP0007EB00000G.cnf', 'other'],
  [`xSIP${mac}.cnf`, 'other'],
  [`SIP${mac}.cnf/`, 'other'],
  [`SIP${mac}.cnf/x`, 'other'],
  ['', 'other'],
  ['/', 'other'],
  ['.', 'other'],
  ['bin', 'image'],
  ['__proto__', 'other'],
  ['constructor', 'other'],
  ['x.__proto__', 'other'],
  ['x.constructor', 'other'],
  ['toString.hasOwnProperty', 'other'],
];

for (const [path, kind, of] of rows)
  test(`"${path}" is ${kind}${of === undefined ? '' : ` of ${of}`}`, () => {
    const file = fileName(path);
    assert.deepEqual([file.kind, file.mac], [kind, of]);
  });

test('name and stem are without folders, the stem without the extension', () => {
  const parts = ({ name, stem }: ReturnType<typeof fileName>) => [name, stem];
  assert.deepEqual(parts(fileName('a/b/P0S3-08-12-00.sb2')), [
    'P0S3-08-12-00.sb2',
    'P0S3-08-12-00',
  ]);
  assert.deepEqual(parts(fileName('plain')), ['plain', 'plain']);
  assert.deepEqual(parts(fileName('.hidden')), ['.hidden', '']);
});

test('the library gives images, and nothing that would be one for all phones', () => {
  for (const path of ['a.loads', 'a.sb2', 'a.sbn', 'a.bin', 'x/a.BIN'])
    assert.ok(cisco7900.isFirmware(path), path);
  for (const path of ['OS79XX.TXT', 'SIPDefault.cnf', `SIP${mac}.cnf`, 'README.txt', 'a.zip', ''])
    assert.ok(!cisco7900.isFirmware(path), path);
});

test('any text is some kind of file, and a MAC in it is a MAC', () => {
  fc.assert(
    fc.property(fc.string(), (path) => {
      const { kind, mac: of } = fileName(path);
      assert.equal(typeof kind, 'string');
      assert.match(of ?? mac, /^[0-9A-F]{12}$/);
    }),
  );
});
