import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TreeFile } from '../../../model/lint.ts';
import { ciscoLint } from './cisco-lint.ts';

const names = [
  'OS79XX.TXT',
  'SIPDefault.cnf',
  'SIP0013C4A1B2C3.cnf',
  'MGCDefault.cnf',
  'SEP0013C4A1B2C3.cnf.xml',
  'XMLDefault.cnf.xml',
  'dialplan.xml',
  'syncinfo.xml',
  'Ringlist.xml',
  'RINGLIST.DAT',
  'P0S3-8-12-00.loads',
  'P0S3-8-12-00.sb2',
  'P003-8-12-00.bin',
  'jar42sip.9-4-2ES26.sbn',
];

function fileOf(path: string, bytes: Uint8Array): TreeFile {
  return { path, size: bytes.length, read: (most) => bytes.subarray(0, most) };
}

const words = fc.constantFrom(
  ...['<', '>', '</', '/>', '"', '=', ':', '\n', '\r\n', ' ', '\t', ';', '#', '&amp;', '\uFEFF'],
  ...['device', 'sipProfile', 'sipLines', 'line', 'button="1"', 'featureID', '9', 'DIALTEMPLATE'],
  ...[
    'TEMPLATE',
    'MATCH="*"',
    'loadInformation7',
    'P0S3-8-12-00',
    'line1_name',
    'time_zone',
    'EST',
  ],
  ...['SYNCINFO', 'IMAGE', 'SYNC="1"', 'CiscoIPPhoneRingList', 'Ring', 'dst_start_day', '31', '“'],
);

test('any bytes under any name give findings with places in the file, and facts', () => {
  const text = fc.array(words, { maxLength: 60 }).map((parts) => Buffer.from(parts.join('')));
  const bytes = fc.oneof(text, fc.uint8Array({ maxLength: 600 }));
  fc.assert(
    fc.property(fc.constantFrom(...names), bytes, (name, content) => {
      const taken = ciscoLint.file(fileOf(name, content));
      assert(taken);
      structuredClone(taken.facts);
      const lines = Buffer.from(content)
        .toString('utf8')
        .split(/\r\n?|\n/).length;
      for (const { place, code } of taken.findings) {
        assert.equal(place?.file, name);
        assert((place.line ?? 1) >= 1 && (place.line ?? 1) <= lines, code);
        assert((place.column ?? 1) >= 1, code);
      }
      ciscoLint.tree([{ path: name, facts: taken.facts }]);
    }),
    { numRuns: 2000 },
  );
});

test('passwords stay out of findings and facts', () => {
  const secret = 'Zq7-do-not-tell';
  const cnf = `line1_password: "${secret}"\nphone_password: "${secret}\nline2_password: ${secret} x\n`;
  const sep = `<device><sipProfile><sipLines><line button="1"><featureID>9</featureID>
    <authPassword>${secret.repeat(4)}</authPassword></line></sipLines></sipProfile>
    <sshPassword>${secret}</sshPassword></device>`;
  const xml = `<Default><sshPassword>${secret}</sshPassword></Default>`;
  const files = {
    'SIPDefault.cnf': cnf,
    'SEP0013C4A1B2C3.cnf.xml': sep,
    'XMLDefault.cnf.xml': xml,
  };
  for (const [name, content] of Object.entries(files)) {
    const taken = ciscoLint.file(fileOf(name, Buffer.from(content)));
    assert((taken?.findings.length ?? 0) > 0, name);
    assert(!JSON.stringify(taken).includes(secret), name);
  }
});
