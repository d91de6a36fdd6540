import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TreeFile } from '../../../model/lint.ts';
import { importTree, wantedImage } from './import-tree.ts';

function tree(files: Readonly<Record<string, string>>): readonly TreeFile[] {
  return Object.entries(files).map(([path, text]) => {
    const bytes = Buffer.from(text);
    return { path, size: bytes.length, read: () => bytes };
  });
}

const list = `[DEVICE_CONFIG]
DOWNLOAD_MODE AUTO
VERSION 000020
FILENAME 2004sysConfig.dat
SERVER_IP 192.0.2.9
SERVER_PORT 1069

[LANGUAGE]
FILENAME francais.lng
SERVER_IP 0.0.0.0

[FW]
DOWNLOAD_MODE FORCED
VERSION 0692D93c08
FILENAME 2004SIP.img
`;

test('a folder becomes settings; what phones run is said', () => {
  const { phones, settings, files } = importTree(
    tree({
      '2004tftp.cfg': list,
      '2004sysConfig.dat': 'VMAIL 64167530#\ndst_enable YES\nSIP_DOMAIN2 example.net \n',
      'francais.lng': 'x',
      '2004SIP.img': 'x',
      'SipUpgradeConfigFile.txt': 'S1.Server.IP=192.0.2.1\n',
      'SIPDefault.cnf': 'a: b\n',
    }),
  );
  assert.deepEqual(phones, []);
  assert.deepEqual(settings, {
    'DEVICE_CONFIG/VERSION': '000020',
    'DEVICE_CONFIG/SERVER_IP': '192.0.2.9',
    'DEVICE_CONFIG/SERVER_PORT': '1069',
    'LANGUAGE/FILENAME': 'francais.lng',
    VMAIL: '64167530#',
    DST_ENABLED: 'YES',
    SIP_DOMAIN2: 'example.net',
  });
  assert.deepEqual(
    files.map(({ path, became, notes }) => [
      path,
      became,
      notes.map(({ text, lost }) => [text, lost]),
    ]),
    [
      [
        '2004tftp.cfg',
        'generated',
        [
          [
            'the image for all phones was 0692D93c08, and was FORCED; set it for the phones that are to have it',
            false,
          ],
        ],
      ],
      ['2004sysConfig.dat', 'common', []],
    ],
  );
});

test('the data file is the one that the list names', () => {
  const { settings } = importTree(
    tree({
      'root/2004tftp.cfg': '[DEVICE_CONFIG]\nFILENAME data/own.dat\n',
      'root/data/own.dat': 'VMAIL 1\n',
      'root/2004sysConfig.dat': 'VMAIL 2\n',
    }),
  );
  assert.equal(settings['VMAIL'], '1');
});

test('what is lost is said with its line', () => {
  const { files, settings } = importTree(
    tree({
      '2004tftp.cfg': '[FW]\nVERSION 1\n[USER_CONFIG]\nFILENAME a\n',
      '2004sysConfig.dat': 'VMAIL 1\nMAX_LOGINS 1\n=x\n',
      'old/2004sysConfig.dat': 'VMAIL 3\n',
    }),
  );
  assert.deepEqual(settings, { VMAIL: '1' });
  const lost = files.flatMap(({ path, notes }) =>
    notes.filter((note) => note.lost).map(({ line, text }) => [path, line, text]),
  );
  assert.deepEqual(lost, [
    ['2004tftp.cfg', 3, 'the 2004 has no section [USER_CONFIG]'],
    ['2004sysConfig.dat', 2, 'MAX_LOGINS is in no table'],
    ['2004sysConfig.dat', 3, 'the line is no setting'],
  ]);
  assert.equal(files.find(({ path }) => path.startsWith('old/'))?.became, 'left-out');
});

test('a file that cannot be read is said to be lost', () => {
  const bytes = Buffer.from('\uFEFF[FW]\n', 'utf16le');
  const file: TreeFile = { path: '2004tftp.cfg', size: bytes.length, read: () => bytes };
  assert.deepEqual(
    importTree([file]).files.map(({ became, notes }) => [became, notes.some(({ lost }) => lost)]),
    [['left-out', true]],
  );
  assert.deepEqual(importTree([]), { phones: [], settings: {}, files: [] });
});

test('the image that a section is for: by the file where it has a version', () => {
  for (const [version, file, image] of [
    ['0692D93c08', '2004SIP.img', '0692D93c08'],
    ['0692D93c08', '0692D93.bin', '0692D93c08'],
    ['0692D93c08', '0604D98.bin', '0604D98'],
    ['1', '2004SIP.img', undefined],
    ['0692D93', undefined, '0692D93'],
  ] as const)
    assert.equal(
      wantedImage(version, file === undefined ? [] : [file]),
      image,
      `${version} ${file}`,
    );
});
