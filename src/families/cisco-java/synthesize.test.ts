import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeLoads } from '../../codec/config/loads.ts';
import { verifyLab } from '../../codec/image/lab-key.ts';
import { decodeSignedFile, isSigned } from '../../codec/image/signed-header.ts';
import { ciscoJava } from './cisco-java.ts';

test('a load names its components, and boot code finds it under its own name', () => {
  const files = ciscoJava.synthesize('SIP41.9-4-2SR3-1S');
  assert.deepEqual(
    files.map(({ name }) => name),
    [
      ...['SIP41.9-4-2SR3-1S.loads', 'term41.default.loads', 'term61.default.loads'],
      ...['jar41sip.9-4-2SR3-1.sbn', 'cnu41.9-4-2SR3-1.sbn', 'apps41.9-4-2SR3-1.sbn'],
      ...['dsp41.9-4-2SR3-1.sbn', 'cvm41sip.9-4-2SR3-1.sbn'],
    ],
  );
  for (const { name, bytes } of files) {
    const { header, body, signedData } = decodeSignedFile(bytes);
    assert.equal(header.fileName, name);
    assert.ok(verifyLab(signedData, header.signature));
    if (!name.endsWith('.loads')) continue;
    const { files: named, notes } = decodeLoads(Buffer.from(body).toString('latin1'));
    assert.deepEqual([named, notes], [files.slice(3).map((file) => file.name), []]);
  }
});

test('the key changed after 8.5(2)', () => {
  const keyOf = (load: string) => {
    const signed = ciscoJava.synthesize(load).map(({ bytes }) => decodeSignedFile(bytes));
    return (['old', 'new'] as const).filter((key) =>
      signed.every(({ signedData, header }) => verifyLab(signedData, header.signature, key)),
    );
  };
  for (const load of ['SIP41.8-0-2S', 'SCCP41.8-5-2S', 'term41.default'])
    assert.deepEqual(keyOf(load), ['old'], load);
  for (const load of ['SCCP41.8-5-2SR1S', 'SIP41.8-5-4S', 'SIP70.9-0-2S'])
    assert.deepEqual(keyOf(load), ['new'], load);
});

test('a load without S at its end is not signed', () => {
  for (const { name, bytes } of ciscoJava.synthesize('SIP41.8-5-2'))
    assert.ok(!isSigned(bytes), name);
});

test('SCCP loads, hardware blocks and default loads', () => {
  const [sccp] = ciscoJava.synthesize('SCCP45.9-3-1SR4-1S');
  const text = Buffer.from(decodeSignedFile(sccp!.bytes).body).toString('latin1');
  assert.match(text, /HARDWARE_COMP_1 7\r\n\]\r\njar45sccp\.9-3-1SR4-1\.sbn\r\n/);
  assert.deepEqual(
    ciscoJava.synthesize('term06.default').map(({ name }) => name)[0],
    'term06.default.loads',
  );
  assert.deepEqual(ciscoJava.synthesize('term00.default'), []);
});
