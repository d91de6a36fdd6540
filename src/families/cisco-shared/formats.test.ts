import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeImageBody } from '../../codec/image/cisco-7900-image.ts';
import { labSignatureLength, signLab } from '../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../codec/image/signed-header.ts';
import { type TrustRecordInput, writeTrustList } from '../../codec/image/trust-list.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { fileKind } from './decode/file-kind.ts';
import { formats } from './formats.ts';

type Data = Readonly<Record<string, unknown>>;

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text);
}

/** As JSON has it. */
function decoded(name: string, content: Uint8Array | string): Data {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const format = formats.find((each) => each.matches(name, bytes));
  assert.ok(format, `no format for ${name}`);
  const data = { format: format.format, ...format.decode(name, bytes) };
  return JSON.parse(JSON.stringify(data)) as Data;
}

const signer = {
  signerName: 'CN=someSigner',
  signerSerial: Uint8Array.of(1, 2),
  issuer: 'CN=someCA',
  hash: 'sha1',
  sign: signLab,
  signatureLength: labSignatureLength,
} as const;

test('files are known by their names, and else by what is in them', () => {
  const table: readonly (readonly [name: string, content: string, kind: string | undefined])[] = [
    ['os79xx.txt', '', 'OS79XX.TXT'],
    ['SIPDefault.cnf', '', 'cnf'],
    ['MGC0013C4A1B2C3.cnf', '', 'cnf'],
    ['SIP0013C4A1B2C3.cnf.old', '# mine\nproxy1_address: "pbx"\n', 'cnf'],
    ['notes.txt', 'to do: call\n', undefined],
    ['notes.txt', 'image_version: 1\nand more\n', undefined],
    ['SEP0013C4A1B2C3.cnf.xml', '<Default/>', 'SEP'],
    ['SEP{MAC}.cnf.xml', '<device', 'SEP'],
    ['SEP_YOURMAC_.cnf.xml.example', '<?xml version="1.0"?><!-- x --><DEVICE/>', 'SEP'],
    ['SEP0000000000.cnf.xml_7940_template', '\uFEFF<vendorConfig/>', 'SEP'],
    ['template.txt', '<device/>', 'SEP'],
    ['XMLDefault.cnf.xml__', '<Default/>', 'XMLDefault'],
    ['dialplan-east.xml', '<DialTemplate/>', 'dial plan'],
    ['dialplan.txt', '<DIALTEMPLATE></DIALTEMPLATE>', 'dial plan'],
    ['dialplan.txt', 'item: dial plan\n', undefined],
    ['rings.xml', '<CiscoIPPhoneRingList/>', 'XML ring list'],
    ['sync.xml', '<IMAGE VERSION="*" SYNC="1"/>', 'syncinfo'],
    ['SoftKeys.xml', '<softKeyCfg/>', 'XML'],
    ['services.xml', 'no XML', 'XML'],
    ['index.html', '<html></html>', undefined],
    ['load115.txt', '', 'load map'],
    ['CTLSEP0013C4A1B2C3.tlv', '', 'trust list'],
    ['2004tftp.cfg', '[FW]\nDOWNLOAD_MODE FORCED\n', undefined],
  ];
  for (const [name, content, kind] of table)
    assert.equal(fileKind(name, bytesOf(content)), kind, `${name} ${content}`);
});

test('a .cnf file gives values, what is unset and what is repeated', () => {
  const text = 'line1_name: 1\nline1_password: "x"\nline1_name: 2\nsync:\nphone_password: ""\n';
  const { notes, ...data } = decoded('SIP0013C4A1B2C3.cnf', text);
  assert.deepEqual(data, {
    format: 'cnf',
    values: { line1_name: '2', line1_password: '********', sync: '', phone_password: '' },
    unprovisioned: ['sync', 'phone_password'],
    repeated: { line1_name: ['1', '2'] },
  });
  assert.equal((notes as readonly unknown[]).length, 1);
});

const sep = `<device>
  <deviceProtocol>SIP</deviceProtocol>
  <sshPassword>x</sshPassword>
  <devicePool><dateTimeSetting><timeZone>GMT Standard Time</timeZone></dateTimeSetting>
    <callManagerGroup><members><member priority="0"><callManager>
      <ports><sipPort>5060</sipPort></ports><processNodeName>pbx</processNodeName>
    </callManager></member></members></callManagerGroup></devicePool>
  <sipProfile><phoneLabel>Hall</phoneLabel><sipLines>
    <line button="1" lineIndex="1"><featureID>9</featureID><featureLabel>Desk</featureLabel>
      <proxy>USECALLMANAGER</proxy><name>1001</name><authPassword>x</authPassword></line>
    <line button="2"><featureID>21</featureID><speedDialNumber>1002</speedDialNumber></line>
  </sipLines><dialTemplate>dialplan.xml</dialTemplate></sipProfile>
  <loadInformation model="IP Phone 7941">SIP41.9-4-2SR3-1S</loadInformation>
</device>`;

test("a phone's file gives protocol, load, lines, servers and every value", () => {
  const { values, ...data } = decoded('SEP0013C4A1B2C3.cnf.xml', sep);
  assert.deepEqual(data, {
    format: 'SEP',
    protocol: 'SIP',
    load: 'SIP41.9-4-2SR3-1S',
    label: 'Hall',
    callManagers: [{ priority: 0, address: 'pbx', sipPort: '5060', line: 5, column: 53 }],
    timeZone: 'GMT Standard Time',
    dialTemplate: 'dialplan.xml',
    lines: [
      {
        ...{ button: 1, index: 1, feature: 9, label: 'Desk', name: '1001' },
        ...{ authPassword: '********', proxy: 'USECALLMANAGER', line: 9, column: 5 },
      },
      { button: 2, feature: 21, speedDial: '1002', line: 11, column: 5 },
    ],
  });
  const said = values as Readonly<Record<string, string>>;
  assert.equal(said['sshPassword'], '********');
  assert.equal(said['sipProfile/sipLines/line[1]/authPassword'], '********');
  assert.equal(said['sipProfile/sipLines/line[2]@button'], '2');
  assert.equal(said['loadInformation@model'], 'IP Phone 7941');
  assert.ok(!JSON.stringify({ values, data }).includes('"x"'));
});

test('a default file gives its loads by device type, the first of two', () => {
  const text =
    '<Default><loadInformation7>A</loadInformation7><loadInformation7>B</loadInformation7>' +
    '<loadInformation model="x">C</loadInformation></Default>';
  const { loads, notes } = decoded('XMLDefault.cnf.xml', text);
  assert.deepEqual(loads, {
    7: { image: 'A', line: 1, column: 10 },
    others: { model: 'x', image: 'C', line: 1, column: 86 },
  });
  assert.deepEqual(notes, [
    { code: 'repeated-load', text: 'loadInformation7 is on line 1 too', line: 1, column: 48 },
  ]);
});

test('a file in Latin-1 is read and says so', () => {
  const bytes = Buffer.from('<device><phoneLabel>Büro</phoneLabel></device>', 'latin1');
  const { encoding, values } = decoded('SEP0013C4A1B2C3.cnf.xml', bytes);
  assert.equal(encoding, 'latin1');
  assert.deepEqual(values, { phoneLabel: 'Büro' });
});

test('a signed configuration is read behind its header', () => {
  const body = bytesOf(sep);
  const fileName = 'SEP0013C4A1B2C3.cnf.xml.sgn';
  const data = decoded(fileName, encodeSignedFile({ ...signer, fileName, body, timestamp: 1 }));
  assert.equal(data['format'], 'signed file');
  assert.equal(data['content'], 'SEP');
  assert.equal(data['protocol'], 'SIP');
  const { signerName, signerSerial, timestamp } = data['signed'] as Data;
  assert.deepEqual([signerName, signerSerial, timestamp], ['CN=someSigner', '0102', 1]);
});

test('an encrypted configuration is described and not read', () => {
  const header = encodeSignedFile({ ...signer, fileName: 'a.enc.sgn', body: new Uint8Array() });
  const fields = [19, 0, 1, 7, 23, 0, 2, 0, 128, 24, 0, 1, 1, 25, 0, 1, 8, 27, 0, 1, 9];
  const bytes = Uint8Array.from([...header, ...fields, 1, 2, 3]);
  bytes.set([(bytes.length - 3) >> 8, (bytes.length - 3) & 0xff], 8);
  const { signed, ...data } = decoded('SEP0013C4A1B2C3.cnf.xml.enc.sgn', bytes);
  assert.deepEqual(data, { format: 'signed file', encrypted: true, size: 3 });
  assert.deepEqual((signed as Data)['encryption'], {
    ...{ algorithm: 'AES', keyBits: 128, padding: 0, digest: '09' },
  });
});

test('images and loads are read behind their header', () => {
  const image = { name: 'P0S3-8-12-00', internalVersion: 'PAS3ARM1', kind: 'application' } as const;
  const body = encodeImageBody({ ...image, size: 512, fill: () => undefined });
  const sb2 = encodeSignedFile({ ...signer, fileName: 'P0S3-8-12-00.sb2', body });
  const { signed, ...data } = decoded('P0S3-8-12-00.sb2', sb2);
  assert.deepEqual(data, { format: 'image', ...image, size: 512 });
  assert.equal((signed as Data)['fileName'], 'P0S3-8-12-00.sb2');
  const archive = Buffer.alloc(0x248 + 20 + 3);
  archive.write('CNU_File_Archive_3.0');
  archive.writeUInt32BE(1, 0x30);
  archive.writeUInt32BE(0x25c, 0x34);
  archive.writeUInt32BE(3, 0x248 + 8);
  assert.deepEqual(decoded('cnu41.9-4-2ES26.sbn', archive), {
    ...{ format: 'image', archive: 'CNU', files: 1, content: 3, size: archive.length },
  });
});

const certificate = new Uint8Array(
  readFileSync(new URL('../../codec/image/testdata/lab-certificate.der', import.meta.url)),
);
const owner = 'O=Hookflash;OU=Lab;CN=lab';
const serial = Uint8Array.from([0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef]);
const record: TrustRecordInput = {
  role: 'SAST',
  ...{ subject: owner, issuer: owner, serial, certificate },
  ...{ publicKey: Uint8Array.of(1), signature: Uint8Array.of(2) },
};

test('a trust list says who signed it, whether rightly, and whom it trusts', () => {
  const list = { ...signer, fileName: 'ITLFile.tlv', signerSerial: serial, issuer: owner };
  const written = writeTrustList({ ...list, records: [record, { ...record, role: 'TVS' }] });
  const data = decoded('ITLSEP0013C4A1B2C3.tlv', written);
  assert.equal(data['signature'], 'right');
  const records = data['records'] as readonly Data[];
  assert.deepEqual(
    records.map(({ role, subject }) => [role, subject]),
    [
      ['SAST', owner],
      ['TVS', owner],
    ],
  );
  assert.equal((records[0]?.['certificate'] as Data)['serial'], '1234567890abcdef');
  const last = written.length - 1;
  const changed = written.with(last, (written[last] ?? 0) ^ 1);
  assert.equal(decoded('ITLFile.tlv', changed)['signature'], 'wrong');
  const foreign = writeTrustList({ ...list, issuer: 'CN=x', records: [record] });
  assert.match(decoded('a.tlv', foreign)['signature'] as string, /^not checked/);
  const broken = { ...record, certificate: Uint8Array.of(1) };
  const unread = writeTrustList({ ...list, records: [broken] });
  assert.match(decoded('a.tlv', unread)['signature'] as string, /^not checked/);
  assert.deepEqual(decoded('CTLSEP0013C4A1B2C3.tlv', '\n'), {
    ...{ format: 'trust list', records: [], empty: true },
  });
});

const names = [
  ...['OS79XX.TXT', 'SIPDefault.cnf', 'SEP0013C4A1B2C3.cnf.xml', 'XMLDefault.cnf.xml'],
  ...['dialplan.xml', 'RINGLIST.DAT', 'Ringlist.xml', 'syncinfo.xml', 'SoftKeys.xml', 'a.loads'],
  ...['load7.txt', 'a.sbn', 'a.tlv', 'a.cnf.xml.sgn', 'a.enc.sgn', 'unknown'],
];
const folder = new URL('../../codec/config/testdata/', import.meta.url);
const samples = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));

test('any bytes under any name give JSON or a CodecError', () => {
  const signed = encodeSignedFile({ ...signer, fileName: 'a', body: bytesOf('<device/>') });
  const list = writeTrustList({ ...signer, fileName: 'a.tlv', records: [record] });
  const edits = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 5 });
  const mutated = fc
    .tuple(fc.constantFrom(...samples, signed, list), edits)
    .map(([sample, changes]) => {
      const bytes = Uint8Array.from(sample);
      for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
      return bytes;
    });
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.oneof(fc.uint8Array(), mutated), (name, bytes) => {
      const format = formats.find((each) => each.matches(name, bytes));
      try {
        JSON.stringify(format?.decode(name, bytes));
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
});
