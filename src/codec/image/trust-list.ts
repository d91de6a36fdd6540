import { X509Certificate } from 'node:crypto';
import { CodecError } from '../../wire/codec-error.ts';
import { Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';
import { fieldText, type HeaderField, hexOf, joined } from './signed-fields.ts';
import {
  decodeSignedFile,
  encodeSignedFile,
  type SignedFile,
  type SignedFileInput,
} from './signed-header.ts';

/** What the owner of a certificate may do for the phone. */
export type TrustRole = keyof typeof roleNumbers;

export type TrustRecord = {
  readonly role?: TrustRole;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: Uint8Array;
  /** DER of an RSAPublicKey, or a point of a curve. */
  readonly publicKey: Uint8Array;
  /** The certificate's own. */
  readonly signature: Uint8Array;
  /** DER. */
  readonly certificate?: Uint8Array;
  readonly dnsName?: string;
  /** IPv4 in dotted form. */
  readonly address?: string;
  readonly certificateHash?: Uint8Array;
  /** All that the record holds, in its order, known or not. */
  readonly fields: readonly HeaderField[];
};

export type TrustList = SignedFile & {
  /** The header with its signature, as it was read. */
  readonly headerBytes: Uint8Array;
  readonly records: readonly TrustRecord[];
};

export type TrustRecordInput = {
  readonly role: TrustRole;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
  readonly dnsName?: string;
};

const roleNumbers = {
  SAST: 0,
  CCM: 1,
  'CCM+TFTP': 2,
  TFTP: 3,
  CAPF: 4,
  HTTPS: 7,
  TVS: 21,
} as const;

const tags = {
  length: 1,
  dnsName: 2,
  subject: 3,
  role: 4,
  issuer: 5,
  serial: 6,
  publicKey: 7,
  signature: 8,
  certificate: 9,
  address: 10,
  certificateHash: 11,
} as const;

/** The length of a record with its tag. */
const prefixLength = 5;

/**
 * `CTLSEP<MAC>.tlv`, `ITLSEP<MAC>.tlv`, `CTLFile.tlv`, `ITLFile.tlv`: a signed header and records of
 * certificates. Tags after usecallmanager.nz, "Device Security". The signature is not checked here.
 */
export function decodeTrustList(bytes: Uint8Array): TrustList {
  const file = decodeSignedFile(bytes);
  const { headerLength } = file.header;
  const reader = new Reader(bytes);
  reader.seek(headerLength, 'records');
  const records: TrustRecord[] = [];
  while (reader.remaining > 0) records.push(decodeRecord(reader));
  return { ...file, headerBytes: bytes.subarray(0, headerLength), records };
}

/** The bytes of a trust list; those of `decodeTrustList` come back as they were. */
export function encodeTrustList({ headerBytes, records }: TrustList): Uint8Array {
  return joined([headerBytes, ...records.map(encodeRecord)]);
}

/** A new trust list, signed. */
export function writeTrustList(
  input: Omit<SignedFileInput, 'body'> & { readonly records: readonly TrustRecordInput[] },
): Uint8Array {
  const body = joined(input.records.map((record) => encodeRecord({ fields: fieldsOf(record) })));
  return encodeSignedFile({ version: [1, 2], signerVersion: [1, 0], ...input, body });
}

/** The record of who signed the list, which is one of its SAST records. */
export function signerOf({ header, records }: TrustList): TrustRecord | undefined {
  return records.find(
    ({ role, serial, issuer }) =>
      role === 'SAST' &&
      issuer === header.issuer &&
      Buffer.compare(serial, header.signerSerial) === 0,
  );
}

/** Throws a CodecError where the record has none that can be read. */
export function certificateOf({ certificate, subject }: TrustRecord): X509Certificate {
  const size = certificate?.length ?? 0;
  try {
    if (certificate) return new X509Certificate(certificate);
  } catch {
    // Told below.
  }
  const field = `certificate of ${subject}`;
  throw new CodecError({ field, offset: 0, claimed: 'X.509 in DER', actual: `${size} bytes` });
}

function decodeRecord(reader: Reader): TrustRecord {
  const start = reader.offset;
  const tag = reader.u8('record length');
  const size = reader.u16('record length');
  if (tag !== tags.length || size !== 2)
    reader.fail('record length', '01 00 02', hexOf(reader.bytes.subarray(start, start + 3)), start);
  const length = reader.u16('record length');
  if (length < prefixLength) reader.fail('record length', `${prefixLength} up`, `${length}`, start);
  reader.need(length - prefixLength, 'record');
  const fields: HeaderField[] = [];
  const end = start + length;
  while (reader.offset < end) {
    const fieldStart = reader.offset;
    const fieldTag = reader.u8('tag of a record');
    const fieldLength = reader.u16(`length of field ${fieldTag}`);
    if (reader.offset + fieldLength > end)
      reader.fail(
        `field ${fieldTag} of a record`,
        `an end within the record, ${end}`,
        `${reader.offset + fieldLength}`,
        fieldStart,
      );
    fields.push({ tag: fieldTag, value: reader.take(fieldLength, `field ${fieldTag}`) });
  }
  return recordOf(fields);
}

function recordOf(fields: readonly HeaderField[]): TrustRecord {
  const value = (tag: number) => fields.find((field) => field.tag === tag)?.value;
  const empty = new Uint8Array();
  const role = roleOf(value(tags.role));
  const certificate = value(tags.certificate);
  const dnsName = value(tags.dnsName);
  const address = value(tags.address);
  const certificateHash = value(tags.certificateHash);
  return {
    ...(role ? { role } : {}),
    subject: fieldText(value(tags.subject) ?? empty),
    issuer: fieldText(value(tags.issuer) ?? empty),
    serial: value(tags.serial) ?? empty,
    publicKey: value(tags.publicKey) ?? empty,
    signature: value(tags.signature) ?? empty,
    ...(certificate ? { certificate } : {}),
    ...(dnsName ? { dnsName: fieldText(dnsName) } : {}),
    ...(address?.length === 4 ? { address: address.join('.') } : {}),
    ...(certificateHash ? { certificateHash } : {}),
    fields,
  };
}

function roleOf(value: Uint8Array | undefined): TrustRole | undefined {
  if (value?.length !== 2) return undefined;
  const number = new Reader(value).u16('role');
  return (Object.keys(roleNumbers) as TrustRole[]).find((name) => roleNumbers[name] === number);
}

function fieldsOf(input: TrustRecordInput): readonly HeaderField[] {
  const text = (tag: number, said: string, name: string): HeaderField => ({
    tag,
    value: new Writer().cstring(said, name).bytes(),
  });
  return [
    ...(input.dnsName === undefined ? [] : [text(tags.dnsName, input.dnsName, 'DNS name')]),
    text(tags.subject, input.subject, 'subject'),
    { tag: tags.role, value: new Writer().u16(roleNumbers[input.role], 'role').bytes() },
    text(tags.issuer, input.issuer, 'issuer'),
    { tag: tags.serial, value: input.serial },
    { tag: tags.publicKey, value: input.publicKey },
    { tag: tags.signature, value: input.signature },
    { tag: tags.certificate, value: input.certificate },
  ];
}

function encodeRecord({ fields }: Pick<TrustRecord, 'fields'>): Uint8Array {
  const content = fields.map(({ tag, value }) =>
    new Writer().u8(tag, 'tag').u16(value.length, `length of field ${tag}`).put(value).bytes(),
  );
  const length = prefixLength + content.reduce((sum, { length: each }) => sum + each, 0);
  const prefix = new Writer().u8(tags.length, 'tag').u16(2, 'length').u16(length, 'record length');
  return joined([prefix.bytes(), ...content]);
}
