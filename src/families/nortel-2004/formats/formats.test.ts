import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeNortelImage } from '../../../codec/image/nortel-2004-image.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { formats } from './formats.ts';

function decode(name: string, content: string | Uint8Array): Record<string, unknown> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const format = formats.find((each) => each.matches(name, bytes));
  return { format: format?.format, ...format?.decode(name, bytes) };
}

function formatOf(name: string, content: string | Uint8Array): unknown {
  return decode(name, content)['format'];
}

test('a list says what there is to fetch', () => {
  const text =
    '[FW] \nDOWNLOAD_MODE FORCED\nVERSION 0692D93c08\n#FILENAME a\nFILENAME 0604D98.bin\n';
  assert.deepEqual(decode('2004tftp.cfg', text), {
    format: 'Nortel download list',
    phones: '2004',
    sections: [
      {
        ...{ name: 'FW', line: 1, mode: 'FORCED', version: '0692D93c08', files: ['0604D98.bin'] },
        values: { DOWNLOAD_MODE: 'FORCED', VERSION: '0692D93c08', FILENAME: '0604D98.bin' },
      },
    ],
    notes: [],
  });
});

test('passwords are masked', () => {
  const list = decode(
    '1140eSIP.cfg',
    '[USER_CONFIG]\nSRV_USER_PASS s3cret\nSRV_USER_PASS s3cret2\n',
  );
  const data = decode(
    'a.cfg',
    'ADMIN_PASSWORD s3cret\nAUTOLOGIN_PASSWD_KEY01 s3cret\nVMAIL 1\nADMIN_PASSWORD s3cret3\n',
  );
  assert.equal(data['format'], 'Nortel settings');
  for (const decoded of [list, data]) assert.doesNotMatch(JSON.stringify(decoded), /s3cret/);
});

test('servers by what they are for', () => {
  const text = 'S1.Server.IP=192.0.2.10\nS1.Server.Port=5060\nTFTP.Server.IP=0.0.0.0\n';
  const { s1, tftp, values, format } = decode('SipUpgradeConfigFile.txt', text);
  assert.equal(format, 'SipUpgradeConfigFile.txt');
  assert.deepEqual([(s1 as { port: number }).port, tftp], [5060, undefined]);
  assert.equal((values as Record<string, string>)['TFTP.SERVER.IP'], '0.0.0.0');
});

test('an image says what it is, by its content or its name', () => {
  const synthetic = encodeNortelImage({ version: '0692D93c08', size: 99, fill: () => undefined });
  const facts = { kind: 'sip', load: '0692', release: 'D93', phones: ['2004'] };
  assert.deepEqual(decode('2004SIP.img', synthetic), {
    ...{ format: 'Nortel image', synthetic: true, image: '0692D93c08', ...facts, size: 99 },
  });
  assert.deepEqual(decode('anything', synthetic)['image'], '0692D93c08');
  assert.deepEqual(decode('0604D98.bin', 'x')['image'], '0604D98');
  assert.deepEqual(decode('0692D93.bin', '\x7f 0692D93c08 ')['image'], '0692D93c08');
  assert.deepEqual(decode('2004SIP.img', 'x'), {
    format: 'Nortel image',
    synthetic: false,
    size: 1,
  });
  assert.throws(() => decode('2004SIP.img', synthetic.subarray(0, 98)), CodecError);
});

test('files are known by name, else by what is in them', () => {
  for (const [name, text, format] of [
    ['2004tftp.cfg', '', 'Nortel download list'],
    ['2004TFTP.CFG', 'x', 'Nortel download list'],
    ['2004sysConfig.dat', '', 'Nortel settings'],
    ['sipupgradeconfigfile.TXT', '', 'SipUpgradeConfigFile.txt'],
    ['1140eSIP.cfg', '# x\n\n [FW] # y\r\n', 'Nortel download list'],
    ['1140eSIP.cfg', '[main]\na b\n', undefined],
    ['device.cfg', 'VMAIL 1\nMAX_LOGINS 1\n', 'Nortel settings'],
    ['router.cfg', 'version 12.4\nbanner motd\n', undefined],
    ['router.cfg', 'VMAIL 1\n!\n', undefined],
    ['other.cfg', 'SOMETHING else\n', undefined],
    ['notes.txt', '[FW]\n', undefined],
    ['RINGLIST.DAT', 'VMAIL 1\n', undefined],
    ['0621C7M.bin', 'x', undefined],
    ['P0S3-8-12-00.bin', 'x', undefined],
  ] as const)
    assert.equal(formatOf(name, text), format, `${name} ${text}`);
});

test('any bytes are read or refused', () => {
  const name = fc.constantFrom(
    '2004tftp.cfg',
    'a.cfg',
    '2004sysConfig.dat',
    'SipUpgradeConfigFile.txt',
    '2004SIP.img',
    '0604D98.bin',
  );
  const text = fc.string({
    unit: fc.constantFrom('[FW]', 'VERSION', ' ', '\n', '=', '#', 'VMAIL', 'é', '\0'),
  });
  const bytes = fc.oneof(
    fc.uint8Array(),
    text.map((each) => Buffer.from(each)),
    text.map((each) => Buffer.from(each, 'latin1')),
  );
  fc.assert(
    fc.property(name, bytes, (file, content) => {
      try {
        decode(file, content);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});
