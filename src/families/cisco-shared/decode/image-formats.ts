import type { X509Certificate } from 'node:crypto';
import { decodeImageBody } from '../../../codec/image/cisco-7900-image.ts';
import { cnuArchive, isCnuArchive } from '../../../codec/image/cnu-archive.ts';
import {
  decodeSignedFile,
  type Encryption,
  isSigned,
  type SignedHeader,
  verifySignedFile,
} from '../../../codec/image/signed-header.ts';
import {
  certificateOf,
  decodeTrustList,
  signerOf,
  type TrustList,
  type TrustRecord,
} from '../../../codec/image/trust-list.ts';
import type { DecodedData } from '../../../model/family.ts';
import { ifReadable } from '../../../wire/if-readable.ts';

/** Image name, internal version and kind; of Java phones' files how many files they hold. */
export function describeImage(bytes: Uint8Array): DecodedData {
  return isCnuArchive(bytes)
    ? { archive: 'CNU', ...cnuArchive(bytes) }
    : { ...decodeImageBody(bytes) };
}

/** Who signed the list, whether the signature is right, and whom it lets the phone trust. */
export function describeTrustList(bytes: Uint8Array): DecodedData {
  // Field: empty files are served where there is no list; phones go on without one.
  if (bytes.length < 2) return { records: [], empty: true };
  const list = decodeTrustList(bytes);
  return {
    signature: signatureOf(list),
    records: list.records.map(describeRecord),
    signed: describeHeader(list.header),
  };
}

/** The body's description, and under `signed` what the header says where there is one. */
export function withHeader(
  bytes: Uint8Array,
  describe: (body: Uint8Array) => DecodedData,
): DecodedData {
  if (!isSigned(bytes)) return describe(bytes);
  const { header, body } = decodeSignedFile(bytes);
  const signed = describeHeader(header);
  // Nobody but the phone can read the body.
  if (header.encryption) return { encrypted: true, size: body.length, signed };
  return { ...describe(body), signed };
}

function describeHeader({ encryption, ...header }: SignedHeader): DecodedData {
  return {
    ...header,
    signerSerial: hex(header.signerSerial),
    signature: hex(header.signature),
    ...(encryption ? { encryption: describeEncryption(encryption) } : {}),
    other: header.other.map(({ tag, value }) => ({ tag, value: hex(value) })),
  };
}

function describeEncryption({ algorithm, keyBits, padding, digest }: Encryption): DecodedData {
  return {
    algorithm: algorithm === 1 ? 'AES' : algorithm,
    keyBits,
    padding,
    digest: hex(digest),
  };
}

function signatureOf(list: TrustList): string {
  const signer = signerOf(list);
  const certificate = signer && certificateIn(signer);
  if (!certificate) return 'not checked: no record has the certificate of the signer';
  return verifySignedFile(list, certificate.publicKey) ? 'right' : 'wrong';
}

function describeRecord(record: TrustRecord): DecodedData {
  const { role, subject, issuer, dnsName, address, serial, fields } = record;
  const certificate = certificateIn(record);
  return {
    role: role ?? 'unknown',
    subject,
    issuer,
    serial: hex(serial),
    ...(dnsName === undefined ? {} : { dnsName }),
    ...(address === undefined ? {} : { address }),
    ...(certificate ? { certificate: describeCertificate(certificate) } : {}),
    tags: fields.map(({ tag }) => tag),
  };
}

function describeCertificate(certificate: X509Certificate): DecodedData {
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    serial: certificate.serialNumber.toLowerCase(),
    notBefore: certificate.validFrom,
    notAfter: certificate.validTo,
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function certificateIn(record: TrustRecord): X509Certificate | undefined {
  return ifReadable(() => record.certificate && certificateOf(record));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
