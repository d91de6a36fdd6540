import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { requirePeer } from '../../../test/peers.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { labPublicKey, labSignatureLength, signLab } from './lab-key.ts';
import { verifySignedFile } from './signed-header.ts';
import {
  certificateOf,
  decodeTrustList,
  encodeTrustList,
  signerOf,
  type TrustRecordInput,
  writeTrustList,
} from './trust-list.ts';

const certificate = new Uint8Array(
  readFileSync(new URL('testdata/lab-certificate.der', import.meta.url)),
);
const key = createPublicKey(labPublicKey).export({ type: 'pkcs1', format: 'der' });
const record: TrustRecordInput = {
  role: 'SAST',
  subject: 'O=Hookflash;OU=Lab;CN=lab',
  issuer: 'O=Hookflash;OU=Lab;CN=lab',
  serial: Uint8Array.from([0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef]),
  publicKey: new Uint8Array(key),
  signature: new Uint8Array(256).fill(7),
  certificate,
};
const input = {
  fileName: 'CTLSEP0013C4A1B2C3.tlv',
  signerName: record.subject,
  signerSerial: record.serial,
  issuer: record.issuer,
  hash: 'sha1',
  sign: signLab,
  signatureLength: labSignatureLength,
  timestamp: 1_700_000_000,
  records: [record, { ...record, role: 'TFTP', dnsName: 'tftp.example.org' }],
} as const;

const list = writeTrustList(input);

test('every field lies where trust lists have it', () => {
  const hex = (start: number, end: number) =>
    Buffer.from(list.subarray(start, end)).toString('hex');
  assert.equal(hex(0, 18), '0100020102' + '020002' + hex(8, 10) + '1c00020100' + '030045');
  const headerLength = list[8]! * 256 + list[9]!;
  assert.equal(headerLength % 4, 0);
  const length = list[headerLength + 3]! * 256 + list[headerLength + 4]!;
  assert.equal(hex(headerLength, headerLength + 3), '010002');
  assert.equal(hex(headerLength + 5, headerLength + 8), '03001a');
  assert.equal(hex(headerLength + 34, headerLength + 39), '0400020000');
  const next = headerLength + length;
  assert.equal(hex(next, next + 3), '010002');
  assert.equal(hex(next + 5, next + 8), '020011');
});

test('records are read with their roles and names', () => {
  const { header, records } = decodeTrustList(list);
  assert.deepEqual(header.version, [1, 2]);
  assert.deepEqual(header.signerVersion, [1, 0]);
  assert.equal(header.timestamp, 1_700_000_000);
  assert.equal(header.fileName, 'CTLSEP0013C4A1B2C3.tlv');
  assert.deepEqual(
    records.map(({ role, subject, issuer, dnsName }) => [role, subject, issuer, dnsName]),
    [
      ['SAST', record.subject, record.issuer, undefined],
      ['TFTP', record.subject, record.issuer, 'tftp.example.org'],
    ],
  );
  assert.deepEqual(records[0]?.certificate, certificate);
  assert.deepEqual(records[0].publicKey, record.publicKey);
});

test('a list is verified with the certificate of its signer', () => {
  const read = decodeTrustList(list);
  const signer = signerOf(read)!;
  assert.equal(signer, read.records[0]);
  assert.ok(verifySignedFile(read, certificateOf(signer).publicKey));
  const changed = Uint8Array.from(list);
  changed[list.length - 1]! ^= 1;
  assert.ok(!verifySignedFile(decodeTrustList(changed), labPublicKey));
  const foreign = { ...input, signerSerial: Uint8Array.of(1) };
  assert.equal(signerOf(decodeTrustList(writeTrustList(foreign))), undefined);
});

test('a record without a certificate that can be read is a fault', () => {
  const records = [{ ...record, certificate: Uint8Array.of(1, 2, 3) }];
  const [broken] = decodeTrustList(writeTrustList({ ...input, records })).records;
  assert.throws(() => certificateOf(broken!), /certificate of O=Hookflash.*, found 3 bytes/);
});

test('what is written is what is read, and comes back byte for byte', () => {
  const words = fc.stringMatching(/^[\x20-\x7e]{1,30}$/);
  const bytes = fc.uint8Array({ maxLength: 40 });
  const anyRecord = fc.record(
    {
      role: fc.constantFrom('SAST', 'CCM', 'CCM+TFTP', 'TFTP', 'CAPF', 'HTTPS', 'TVS'),
      subject: words,
      issuer: words,
      serial: bytes,
      publicKey: bytes,
      signature: bytes,
      certificate: bytes,
      dnsName: words,
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 5 }), (records) => {
      const written = writeTrustList({ ...input, records });
      const read = decodeTrustList(written);
      assert.deepEqual(
        read.records.map(({ fields: _, ...rest }) => rest),
        records,
      );
      assert.deepEqual(encodeTrustList(read), written);
    }),
  );
});

test('fields that are not known are kept', () => {
  const { headerBytes, records, ...rest } = decodeTrustList(list);
  const [first, ...more] = records;
  const unknown = { tag: 99, value: Uint8Array.of(1, 2) };
  const address = { tag: 10, value: Uint8Array.of(192, 0, 2, 1) };
  const changed = { ...first!, fields: [unknown, ...first!.fields, address] };
  const bytes = encodeTrustList({ ...rest, headerBytes, records: [changed, ...more] });
  const read = decodeTrustList(bytes);
  assert.deepEqual(read.records[0]?.fields[0], unknown);
  assert.equal(read.records[0].address, '192.0.2.1');
  assert.deepEqual(encodeTrustList(read), bytes);
});

test('broken records are refused with their place', () => {
  const { headerLength } = decodeTrustList(list).header;
  const changed = (at: number, ...values: readonly number[]) => {
    const copy = Uint8Array.from(list);
    copy.set(values, headerLength + at);
    return copy;
  };
  const refused: readonly (readonly [Uint8Array, RegExp])[] = [
    [changed(0, 2), /record length at offset \d+: expected 01 00 02, found 02 00 02/],
    [changed(3, 0, 4), /record length at offset \d+: expected 5 up, found 4/],
    [changed(3, 255, 255), /record at offset \d+: expected 65530 bytes/],
    [changed(6, 255), /field 3 of a record at offset \d+: expected an end within the record/],
    [list.subarray(0, headerLength + 3), /record length at offset \d+: expected 2 bytes, found 0/],
  ];
  for (const [broken, reason] of refused)
    assert.throws(
      () => decodeTrustList(broken),
      (error) => error instanceof CodecError && reason.test(error.message),
    );
});

test('any bytes are read and come back, or are refused', () => {
  const edits = fc.array(fc.tuple(fc.nat(list.length), fc.nat(255)), {
    minLength: 1,
    maxLength: 8,
  });
  const mutated = fc.tuple(edits, fc.nat(list.length)).map(([changes, length]) => {
    const bytes = Uint8Array.from(list.subarray(0, length));
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });
  const { headerLength } = decodeTrustList(list).header;
  const records = fc
    .uint8Array({ maxLength: 60, max: 12 })
    .map((rest) => Uint8Array.from([...list.subarray(0, headerLength), ...rest]));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), mutated, records), (bytes) => {
      try {
        assert.deepEqual(encodeTrustList(decodeTrustList(bytes)), bytes);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

// Where the signature lies is counted here by hand, so that openssl does not trust our decoder.
test('openssl reads the certificate and verifies the list', (t) => {
  const openssl = requirePeer(t, 'openssl');
  if (openssl === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-trust-list-'));
  try {
    const file = (name: string, content: Uint8Array | string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    // Version, length, signer version, signer with three fields, signature information.
    const signatureAt = 5 + 5 + 5 + 3 + (3 + 26) + (3 + 8) + (3 + 26) + 3 + 15;
    const data = Buffer.concat([
      list.subarray(0, signatureAt),
      list.subarray(signatureAt + 3 + labSignatureLength),
    ]);
    const signature = list.subarray(signatureAt + 3, signatureAt + 3 + labSignatureLength);
    const run = (...args: readonly string[]) => spawnSync(openssl, args, { encoding: 'utf8' });
    const [read] = decodeTrustList(list).records;
    const der = file('certificate.der', read?.certificate ?? '');
    const shown = run('x509', '-inform', 'der', '-in', der, '-noout', '-serial', '-pubkey').stdout;
    assert.match(shown, /serial=1234567890ABCDEF/);
    const publicKey = file('key.pem', shown.slice(shown.indexOf('-----BEGIN')));
    const verified = run(
      ...['dgst', '-sha1', '-verify', publicKey, '-signature', file('signature', signature)],
      file('data', data),
    );
    assert.match(verified.stdout, /Verified OK/);
    assert.equal(new X509Certificate(certificate).serialNumber, '1234567890ABCDEF');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
