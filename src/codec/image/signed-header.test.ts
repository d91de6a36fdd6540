import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { labPublicKey, labSignatureLength, signLab, verifyLab } from './lab-key.ts';
import {
  decodeSignedFile,
  encodeSignedFile,
  isSigned,
  type SignedFileInput,
  verifySignedFile,
} from './signed-header.ts';

const signer = {
  signerName: 'CN=someSigner;OU=someOrgUnit;O=someOrg',
  signerSerial: Uint8Array.from([0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef]),
  issuer: 'CN=someCA;OU=someOrgUnit;O=someOrg',
  hash: 'sha1',
} as const;

function labFile(fileName: string, body: Uint8Array | string): Uint8Array {
  const signature = { sign: signLab, signatureLength: labSignatureLength };
  return encodeSignedFile({ ...signer, ...signature, fileName, body: Buffer.from(body) });
}

const loads = 'P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30830\n';
const goldenUrl = new URL('testdata/P0S3-8-12-00.loads', import.meta.url);

test('a .loads file has the length and the fields of the real one', () => {
  const bytes = labFile('P0S3-8-12-00.loads', loads);
  if (process.env['UPDATE'] === '1') writeFileSync(goldenUrl, bytes);
  assert.equal(Buffer.compare(bytes, readFileSync(goldenUrl)), 0);
  assert.equal(bytes.length, 458);
  const hex = (start: number, end: number) =>
    Buffer.from(bytes.subarray(start, end)).toString('hex');
  assert.equal(hex(0, 13), '0100020101' + '0200020194' + '03005b');
  assert.equal(hex(13, 16), '040027');
  assert.equal(hex(55, 66), '050008' + '1234567890abcdef');
  assert.equal(hex(66, 69), '060023');
  assert.equal(
    hex(104, 125),
    '07000f' + '08000101' + '090008' + '0a000100' + '0b000102' + '0c0100',
  );
  assert.equal(hex(381, 384), '0e0013');
  assert.equal(hex(402, 404), '000d');
});

test('headers grow by four bytes with the name, as those of firmware do', () => {
  const lengths = [16, 19, 20, 23, 24, 27, 28, 31, 32].map(
    (length) => decodeSignedFile(labFile('n'.repeat(length), '')).header.headerLength,
  );
  assert.deepEqual(lengths, [404, 404, 408, 408, 412, 412, 416, 416, 420]);
});

test('what is written is what is read', () => {
  const name = fc.stringMatching(/^[\x20-\x7e]{1,40}$/);
  const input = fc.record({
    fileName: name,
    signerName: name,
    issuer: name,
    body: fc.uint8Array({ maxLength: 300 }),
    signerSerial: fc.uint8Array({ maxLength: 20 }),
    hash: fc.constantFrom('sha1', 'sha256', 'sha512'),
    signatureLength: fc.constantFrom(64, 128, 256, 512),
  });
  fc.assert(
    fc.property(input, ({ signatureLength, ...fields }) => {
      let signed = new Uint8Array();
      const signature = new Uint8Array(signatureLength).fill(0xa5);
      const sign = (data: Uint8Array) => {
        signed = Uint8Array.from(data);
        return signature;
      };
      const bytes = encodeSignedFile({ ...fields, signatureLength, sign });
      const { header, body, signedData } = decodeSignedFile(bytes);
      const { body: bodyWritten, ...names } = fields;
      const headerLength = bytes.length - bodyWritten.length;
      assert.equal(headerLength % 4, 0);
      assert.deepEqual(header, { version: [1, 1], headerLength, signature, other: [], ...names });
      assert.deepEqual(body, bodyWritten);
      assert.deepEqual(signedData, signed);
      assert.ok(isSigned(bytes));
    }),
  );
});

test('a changed bit breaks the file or its signature', () => {
  const bytes = labFile('P003-8-12-00.sbn', 'some firmware');
  const { signedData, header } = decodeSignedFile(bytes);
  assert.ok(verifyLab(signedData, header.signature));
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      try {
        const file = decodeSignedFile(changed);
        assert.ok(!verifyLab(file.signedData, file.header.signature));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
  );
});

test('fields that are not known are kept', () => {
  const bytes = labFile('P003-8-12-00.sbn', '');
  // The pads at the end of the header make room for a field of no bytes with tag 99.
  bytes.set([99, 0, 0], 401);
  const { other } = decodeSignedFile(bytes).header;
  assert.deepEqual(other, [{ tag: 99, value: new Uint8Array() }]);
});

test('signed configuration has a timestamp', () => {
  const [before, after] = [labFile('SEP.cnf.xml.sgn', ''), [15, 0, 4, 0x5f, 0xe4, 0, 1, 13]];
  const end = decodeSignedFile(before).header.headerLength;
  const bytes = Uint8Array.from([...before.subarray(0, end), ...after]);
  bytes.set([1, (end + 8) & 0xff], 8);
  assert.equal(decodeSignedFile(bytes).header.timestamp, 0x5fe40001);
});

test('an encrypted file says how it is encrypted, and stays so', () => {
  const header = labFile('SEP0013C4A1B2C3.cnf.xml.enc.sgn', '');
  const field = (tag: number, value: readonly number[]) => [tag, 0, value.length, ...value];
  const vector = field(19, new Array<number>(16).fill(1));
  const vectorInfo = [...field(18, [0]), ...vector, ...field(20, [0, 5])];
  const keyInfo = [
    ...field(22, [0]),
    ...field(23, [0, 128]),
    ...field(24, [1]),
    ...field(25, [9, 9]),
  ];
  const info = [
    ...field(17, vectorInfo),
    ...field(21, keyInfo),
    ...field(26, [1]),
    ...field(27, [8]),
  ];
  const bytes = Uint8Array.from([...header, ...field(16, info), 0xaa, 0xbb]);
  bytes.set([2, 0], 3);
  bytes.set([(bytes.length - 2) >> 8, (bytes.length - 2) & 0xff], 8);
  const read = decodeSignedFile(bytes);
  assert.deepEqual(read.header.version, [2, 0]);
  assert.deepEqual(read.header.encryption, {
    algorithm: 1,
    keyBits: 128,
    vector: new Uint8Array(16).fill(1),
    padding: 5,
    key: Uint8Array.of(9, 9),
    digest: Uint8Array.of(8),
  });
  assert.deepEqual(
    read.header.other.map(({ tag }) => tag),
    [18, 22],
  );
  assert.deepEqual(read.body, Uint8Array.of(0xaa, 0xbb));
});

test('a signed configuration has a time and is verified by its key', () => {
  const bytes = encodeSignedFile({
    ...signer,
    fileName: 'SEP0013C4A1B2C3.cnf.xml.sgn',
    body: Buffer.from('<device/>'),
    sign: signLab,
    signatureLength: labSignatureLength,
    version: [1, 0],
    timestamp: 1_700_000_000,
  });
  const file = decodeSignedFile(bytes);
  assert.deepEqual(file.header.version, [1, 0]);
  assert.equal(file.header.timestamp, 1_700_000_000);
  assert.equal(Buffer.from(file.body).toString(), '<device/>');
  assert.ok(verifySignedFile(file, labPublicKey));
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  assert.ok(!verifySignedFile(file, other));
});

test('broken headers are refused with a reason', () => {
  const bytes = labFile('P003-8-12-00.sbn', '');
  const changed = (at: number, ...values: readonly number[]) => {
    const copy = Uint8Array.from(bytes);
    copy.set(values, at);
    return copy;
  };
  const refused: readonly (readonly [Uint8Array, RegExp])[] = [
    [new Uint8Array(), /signed header at offset 0/],
    [bytes.subarray(0, 403), /header length at offset 8: .* 403 bytes, found 404/],
    [changed(8, 0, 9), /header length at offset 8/],
    [changed(11, 255, 255), /signerInfo at offset 13/],
    [changed(110, 9), /hash at offset 107: .* 1, 2 or 3, found 09/],
    [changed(122, 14), /fileName at offset 381: .* a second/],
    [changed(122, 77), /signature at offset 10: .* none/],
    [changed(107, 77), /hash at offset 10: .* none/],
    [changed(401, 1, 2, 3), /version at offset 404: expected 515 bytes, found 0/],
  ];
  for (const [broken, reason] of refused) {
    assert.throws(
      () => decodeSignedFile(broken),
      (error) => error instanceof CodecError && reason.test(error.message),
    );
  }
});

test('values that the header cannot hold are refused', () => {
  const input: SignedFileInput = {
    ...signer,
    fileName: 'P003-8-12-00.sbn',
    body: new Uint8Array(),
    sign: signLab,
    signatureLength: labSignatureLength,
  };
  for (const change of [
    { fileName: '' },
    { fileName: 'a\0b' },
    { fileName: 'é' },
    { issuer: 'x'.repeat(70_000) },
    { signerSerial: new Uint8Array(66_000) },
    { signatureLength: 100 },
    { signatureLength: 128 },
  ])
    assert.throws(() => encodeSignedFile({ ...input, ...change }), CodecError);
});

test('any bytes are read or refused', () => {
  const valid = labFile('P003-8-12-00.sbn', 'body');
  const edits = fc.array(fc.tuple(fc.nat(500), fc.nat(255)), { minLength: 1, maxLength: 8 });
  const mutated = fc.tuple(edits, fc.nat(500)).map(([changes, length]) => {
    const bytes = Uint8Array.from(valid.subarray(0, length));
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });
  const framed = fc.uint8Array({ maxLength: 600 }).map((rest) => {
    const length = rest.length + 10;
    return Uint8Array.from([1, 0, 2, 1, 1, 2, 0, 2, length >> 8, length & 0xff, ...rest]);
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), mutated, framed), (bytes) => {
      try {
        const { header, body } = decodeSignedFile(bytes);
        assert.equal(header.headerLength + body.length, bytes.length);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
  const nested = new Uint8Array(65_535).fill(3).map((_, at) => (at % 3 === 1 ? 3 : 0));
  nested.set([1, 0, 2, 1, 1, 2, 0, 2, 255, 255]);
  assert.throws(() => decodeSignedFile(nested), CodecError);
});

// Where the signature lies is counted here by hand, so that openssl does not trust our decoder.
test('openssl verifies the signature', (t) => {
  if (spawnSync('openssl', ['version']).status !== 0)
    return t.skip('SKIPPED: openssl is not installed');
  const bytes = labFile('P003-8-12-00.sbn', 'a body of any length');
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-signature-'));
  try {
    const file = (name: string, content: Uint8Array | string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const data = Buffer.concat([bytes.subarray(0, 122), bytes.subarray(381)]);
    const key = ['-verify', file('key.pem', labPublicKey)];
    const signature = ['-signature', file('signature', bytes.subarray(125, 381))];
    const verify = (path: string) =>
      spawnSync('openssl', ['dgst', '-sha1', ...key, ...signature, path], { encoding: 'utf8' });
    assert.match(verify(file('data', data)).stdout, /Verified OK/);
    data[130] = (data[130] ?? 0) ^ 1;
    assert.notEqual(verify(file('changed', data)).status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
