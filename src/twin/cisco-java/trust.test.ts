import assert from 'node:assert/strict';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  labKeys,
  type LabKeyName,
  labSignatureLength,
  signLab,
} from '../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../codec/image/signed-header.ts';
import { type TrustRecordInput, writeTrustList } from '../../codec/image/trust-list.ts';
import { javaTrialWith, memoryOf, modelNamed, sepFor } from '../testing/java-trial.ts';
import { answers, displays, type Files, testMac } from '../testing/trial.ts';

const certificate = new Uint8Array(
  readFileSync(new URL('../../codec/image/testdata/lab-certificate.der', import.meta.url)),
);
const { publicKey } = new X509Certificate(certificate);
const serial = Uint8Array.of(1, 2, 3, 4);

function record(role: TrustRecordInput['role'], issuer: string): TrustRecordInput {
  return {
    ...{ role, subject: issuer, issuer, serial, certificate },
    publicKey: new Uint8Array(publicKey.export({ type: 'pkcs1', format: 'der' })),
    signature: new Uint8Array(256),
  };
}

type ListInput = { readonly issuer?: string; readonly key?: LabKeyName };

function trustList(
  fileName: string,
  roles: readonly TrustRecordInput['role'][],
  { issuer = 'CN=lab', key = 'new' }: ListInput = {},
): Uint8Array {
  return writeTrustList({
    ...{ fileName, signerName: issuer, signerSerial: serial, issuer, hash: 'sha1' },
    sign: (data) => signLab(data, key),
    signatureLength: labSignatureLength,
    records: roles.map((role) => record(role, issuer)),
  });
}

function signedConfiguration(key: LabKeyName): Files {
  const fileName = `SEP${testMac}.cnf.xml.sgn`;
  const bytes = encodeSignedFile({
    ...{ fileName, signerName: 'CN=lab', signerSerial: serial, issuer: 'CN=lab', hash: 'sha1' },
    body: Buffer.from(String(Object.values(sepFor('', '<networkLocale>US</networkLocale>'))[0])),
    sign: (data) => signLab(data, key),
    signatureLength: labSignatureLength,
  });
  return { [fileName]: bytes };
}

const model = modelNamed('7962');
const itl = `ITLSEP${testMac}.tlv`;
const boot = (memory: ReturnType<typeof phone>, files: Files) =>
  javaTrialWith(memory, files, { model });

function phone() {
  return memoryOf('7962', 'SCCP42.9-4-2S');
}

test('the lab certificate is for the key that signs here', () => {
  const lab = createPublicKey(labKeys.new.publicKey).export({ type: 'spki', format: 'pem' });
  assert.equal(publicKey.export({ type: 'spki', format: 'pem' }), lab);
});

test('a list of its own: the common one is not asked for', async () => {
  const memory = phone();
  const { events } = await boot(memory, { [itl]: trustList(itl, ['SAST']), ...sepFor('') });
  assert.deepEqual(answers(events).slice(0, 3), [
    `CTLSEP${testMac}.tlv missing`,
    `${itl} sent`,
    `SEP${testMac}.cnf.xml sent`,
  ]);
  assert.match(memory.read().trust.itl?.signer ?? '', /CN=lab 01020304/);
  assert.equal(memory.read().trust.itl?.tftpCertificate, undefined);
});

test('a TFTP server in the list: only its signed configuration is asked for and taken', async () => {
  const memory = phone();
  const list = { [itl]: trustList(itl, ['SAST', 'TFTP']) };
  const good = await boot(memory, { ...list, ...sepFor(''), ...signedConfiguration('new') });
  assert.ok(answers(good.events).includes(`SEP${testMac}.cnf.xml.sgn sent`));
  assert.ok(!answers(good.events).includes(`SEP${testMac}.cnf.xml sent`));
  assert.ok(answers(good.events).includes('US/g3-tones.xml missing'));
  const forged = await boot(memory, signedConfiguration('old'));
  assert.equal(forged.result.state, 'stuck');
  assert.match(forged.result.because ?? '', /not that of the trusted TFTP server/);
});

test('later lists must be by the same signer', async () => {
  const memory = phone();
  await boot(memory, { [itl]: trustList(itl, ['SAST']), ...sepFor('') });
  const other = trustList(itl, ['SAST', 'TFTP'], { issuer: 'CN=other' });
  const { events } = await boot(memory, { [itl]: other, ...sepFor('') });
  assert.ok(displays(events).includes('Trust List Update Failed'));
  assert.equal(memory.read().trust.itl?.tftpCertificate, undefined);
  await boot(memory, { [itl]: trustList(itl, ['SAST', 'CCM+TFTP']), ...sepFor('') });
  assert.ok(memory.read().trust.itl?.tftpCertificate !== undefined);
});

test('what is no list, or signed by another than it says, does no harm', async () => {
  const forged = trustList(itl, ['SAST', 'TFTP'], { key: 'old' });
  for (const bytes of [new Uint8Array(), Buffer.from('x'), forged, trustList(itl, ['TFTP'])]) {
    const memory = phone();
    const { result } = await boot(memory, { [itl]: bytes, ...sepFor('') });
    assert.equal(result.state, 'idle');
    assert.deepEqual(memory.read().trust, {});
  }
});

test('8.x asks for no identity list', async () => {
  const memory = memoryOf('7962', 'SCCP42.8-5-2S');
  const ctl = `CTLSEP${testMac}.tlv`;
  const { events } = await boot(memory, { [ctl]: trustList(ctl, ['SAST']), ...sepFor('') });
  assert.ok(!answers(events).some((answer) => answer.startsWith('ITL')));
  assert.ok(memory.read().trust.ctl);
});
