import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileName } from './paths.ts';

const mac = '0025459538B5';

const rows: readonly (readonly [path: string, kind: string, hasMac: boolean])[] = [
  [`CTLSEP${mac}.tlv`, 'trust-list', true],
  [`ITLSEP${mac}.tlv`, 'identity-list', true],
  ['ITLFile.tlv', 'identity-list', false],
  [`SEP${mac}.cnf.xml`, 'phone', true],
  [`/phones/sep${mac.toLowerCase()}.cnf.xml`, 'phone', true],
  [`SEP${mac}.cnf.xml.sgn`, 'phone', true],
  [`SEP${mac}.cnf.xml.enc.sgn`, 'phone', true],
  [`SEP${mac}.tlv`, 'other', false],
  [`CTLSEP${mac}.cnf.xml`, 'other', false],
  ['SEP00254595.cnf.xml', 'other', false],
  ['XMLDefault.cnf.xml', 'default', false],
  ['XmlDefault.cnf.xml', 'default', false],
  ['SIP41.9-4-2SR3-1S.loads', 'loads', false],
  ['term61.default.loads', 'default-loads', false],
  ['Jar11sip.8-2-2ES4.sbn', 'component', false],
  ['United_States/g3-tones.xml', 'other', false],
];

for (const [path, kind, hasMac] of rows)
  test(`${path} is ${kind}`, () => {
    const file = fileName(path);
    assert.deepEqual([file.kind, file.mac], [kind, hasMac ? mac : undefined]);
  });

test('any path is something', () => {
  fc.assert(fc.property(fc.string(), (path) => void fileName(path)));
});
