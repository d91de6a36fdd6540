import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namedFile } from './file-role.ts';

const mac = '0013C4A1B2C3';

test('names that phones ask for have no fault', () => {
  const names = {
    'OS79XX.TXT': 'boot-text',
    'SIPDefault.cnf': 'sip-default',
    'MGCDefault.cnf': 'mgcp-default',
    'XMLDefault.cnf.xml': 'xml-default',
    [`SIP${mac}.cnf`]: 'sip-phone',
    [`MGC${mac}.cnf`]: 'mgcp-phone',
    [`SEP${mac}.cnf.xml`]: 'sep',
    [`CTLSEP${mac}.tlv`]: 'trust-list',
    'RINGLIST.DAT': 'ring-list',
    'Ringlist.xml': 'xml',
    'dialplan.xml': 'xml',
    'P0S3-8-12-00.loads': 'loads',
    'P0S3-8-12-00.sb2': 'image',
    'Bell.raw': 'ring',
  };
  for (const [name, role] of Object.entries(names)) {
    const named = namedFile(name);
    assert.deepEqual([named?.role, named?.fault], [role, undefined], name);
  }
});

test('files of others are none of ours', () => {
  const names = ['INDEX.md', 'load307.txt', 'logo.png', 'SEPDefault.cnf', 'XMLDefault7905.cnf.xml'];
  for (const name of names) assert.equal(namedFile(name), undefined, name);
});

test('a fault of a name that can be mended says the right one', () => {
  const names = {
    [`sep${mac}.cnf.xml`]: `SEP${mac}.cnf.xml`,
    [`SIP${mac.toLowerCase()}.cnf`]: `SIP${mac}.cnf`,
    'SIP0O13C4A1B2C3.cnf': `SIP${mac}.cnf`,
    'SEP0013.c4a1.b2c3.cnf.xml': `SEP${mac}.cnf.xml`,
    'OS79XX.txt': 'OS79XX.TXT',
    'sipdefault.cnf': 'SIPDefault.cnf',
    'OS79XX.TXT.txt': 'OS79XX.TXT',
    [`SEP${mac}.cnf.xml.TXT`]: `SEP${mac}.cnf.xml`,
  };
  for (const [name, to] of Object.entries(names)) assert.equal(namedFile(name)?.fault?.to, to);
});

test('the name that a fault asks for has none', () => {
  const parts = fc.constantFrom(
    'SEP',
    'sip',
    'MGC',
    'OS79XX',
    '.cnf',
    '.xml',
    '.txt',
    mac,
    'O',
    '-',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 6 }), (words) => {
      const to = namedFile(words.join(''))?.fault?.to;
      if (to !== undefined) assert.equal(namedFile(to)?.fault, undefined, to);
    }),
  );
});
