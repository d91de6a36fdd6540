import { encodeNortelImage } from '../src/codec/image/nortel-2004-image.ts';
import { append, type Change, drop, edit, move, put, seed, type Seed } from './lint-seed.ts';

const list = '2004tftp.cfg';
const settings = '2004sysConfig.dat';
const pointers = 'SipUpgradeConfigFile.txt';
const later = '1140eSIP.cfg';

/** The image is what [FW] says, so that only one thing is wrong. */
function image(version: string): Change {
  return put('2004SIP.img', encodeNortelImage({ version, size: 100, fill: () => undefined }));
}

const longLine = `# ${'x'.repeat(79)}`;

export const nortelFiles: readonly Seed[] = [
  seed('file-name-case', '2004TFTP.cfg', '', move(list, '2004TFTP.cfg')),
  seed(
    'file-name-case',
    'sipupgradeconfigfile.txt',
    '',
    move(pointers, 'sipupgradeconfigfile.txt'),
  ),
  seed('byte-order-mark', list, 'for the phones of type 2004', edit(list, '#', '\uFEFF#')),
  seed('not-a-setting', list, 'VERSION=', edit(list, 'VERSION 000002', 'VERSION=000002')),
  seed('not-a-setting', pointers, 'DNS', edit(pointers, 'DNS.Server.IP=', 'DNS.Server.IP ')),
  seed('line-too-long', list, longLine, append(list, `${longLine}\n`)),
  seed(
    'line-too-long',
    later,
    longLine,
    put(later, `[FW]\nVERSION 1\nFILENAME a.bin\n${longLine}\n`),
  ),
  seed('hash-in-value', settings, 'VMAIL', edit(settings, '64167530', '64167530#')),
  seed('hash-in-value', list, 'francais.lng', edit(list, 'francais.lng', 'francais.lng # French')),
  seed(
    'hash-in-value',
    list,
    'AUTO#FORCED',
    edit(list, 'DOWNLOAD_MODE AUTO', 'DOWNLOAD_MODE AUTO#FORCED'),
  ),
  seed('unknown-parameter', list, 'VERSON', edit(list, 'VERSION 000002', 'VERSON 000002')),
  seed('unknown-parameter', list, 'PROTOCOL', append(list, 'PROTOCOL TFTP\n')),
  seed('unknown-parameter', settings, 'SIP_DOMAIN3', append(settings, 'SIP_DOMAIN3 a.example\n')),
  seed('unknown-parameter', pointers, 'S3', append(pointers, 'S3.Server.IP=192.0.2.1\n')),
  seed('bad-value', list, 'SERVER_PORT tftp', append(list, 'SERVER_PORT tftp\n')),
  seed('bad-value', list, 'SERVER_IP server', append(list, 'SERVER_IP server\n')),
  seed('bad-value', list, '0692 D93', edit(list, '0692D93c08', '0692 D93')),
  seed('bad-value', settings, 'perhaps', edit(settings, 'SIP_PING YES', 'SIP_PING perhaps')),
  seed('bad-value', settings, '1s', edit(settings, 'VMAIL_DELAY 1000', 'VMAIL_DELAY 1s')),
  seed('bad-value', pointers, 'Action=5', edit(pointers, 'Action=7', 'Action=5')),
  seed('bad-value', pointers, 'TFTP', edit(pointers, '192.0.2.5\n', 'tftp.example.net\n')),
  seed('placeholder-left', pointers, 'DNS', edit(pointers, '192.0.2.53', '<dns server>')),
  seed(
    'placeholder-left',
    later,
    'FILENAME',
    put(later, '[FW]\nVERSION 1\nFILENAME <file name>\n'),
  ),
  seed('repeated-parameter', settings, 'VMAIL 1', append(settings, 'VMAIL 1\n')),
  seed(
    'repeated-parameter',
    list,
    'FILENAME francais',
    edit(list, 'FILENAME fr', 'FILENAME other.lng\nFILENAME fr'),
  ),
  seed(
    'secret-in-common-file',
    later,
    'SRV_USER_PASS',
    put(later, '[USER_CONFIG]\nSRV_USER_PASS s3cret\n'),
  ),
  seed('value-trailing-blank', list, 'francais.lng', edit(list, 'francais.lng', 'francais.lng ')),
  seed('value-trailing-blank', pointers, 'TFTP', edit(pointers, '2.5\n', '2.5 \n')),
  seed(
    'section-missing',
    list,
    '',
    edit(list, '[LANGUAGE]\nDOWNLOAD_MODE AUTO\nVERSION 000002\nFILENAME francais.lng\n', ''),
    edit(settings, 'DEF_LANG Francais', 'DEF_LANG English'),
  ),
  seed('section-unknown', list, 'USER_CONFIG', append(list, '[USER_CONFIG]\nFILENAME a.cfg\n')),
  seed('section-unknown', later, 'FIRM', put(later, '[FW]\nVERSION 1\nFILENAME a.bin\n[FIRM]\n')),
  seed('section-repeated', list, '[fw]', append(list, '[fw]\n')),
  seed('setting-without-section', list, 'VERSION 000009', edit(list, '#', 'VERSION 000009\n#')),
  seed('section-incomplete', list, '[DEVICE_CONFIG]', edit(list, 'VERSION 000020', '')),
  seed(
    'section-incomplete',
    list,
    '[LANGUAGE]',
    edit(list, 'FILENAME francais.lng', ''),
    edit(settings, 'DEF_LANG Francais', ''),
  ),
  seed('download-mode-unknown', list, 'FORCE', edit(list, 'AUTO', 'FORCE')),
  seed('version-form', list, 'VERSION 20\n', edit(list, '000020', '20')),
  seed(
    'version-form',
    later,
    'VERSION',
    put(later, '[DEVICE_CONFIG]\nVERSION 12a45\nFILENAME a.dat\n'),
  ),
  seed('forced-left-on', list, 'FORCED', edit(list, '[FW]\n', '[FW]\nDOWNLOAD_MODE FORCED\n')),
  seed('server-zero', list, 'SERVER_IP 0.0.0.0', edit(list, '# SERVER_IP', 'SERVER_IP')),
  seed(
    'revert-version',
    list,
    'VERSION 0692D93c08',
    edit(list, 'FILENAME 2004SIP.img\n#', '#FILENAME 2004SIP.img\n'),
    put('0604D98.bin', 'UNIStim'),
  ),
  seed(
    'fw-version-mismatch',
    list,
    'VERSION 0692D94a01',
    edit(list, '0692D93c08', '0692D94a01'),
    edit(list, '2004SIP.img', '0692D93.bin'),
    put('0692D93.bin', 'SIP'),
  ),
  seed('banner-length', settings, 'BANNER xxx', edit(settings, 'The Warehouse', 'x'.repeat(25))),
  seed('audio-quality-unknown', settings, 'Best', edit(settings, 'High', 'Best')),
  seed('zone-offset-odd', settings, '-5', edit(settings, '-18000', '-5')),
  seed('zone-offset-odd', settings, 'EST', edit(settings, '-18000', 'EST')),
  seed('dst-north-american', settings, '3600', edit(settings, '-18000', '3600')),
  seed('auto-update-time', settings, '86400', edit(settings, '10800', '86400')),
  seed('auto-update-time', settings, '03:00', edit(settings, '10800', '03:00')),
  seed('auto-update-midnight', settings, 'TIME 0', edit(settings, '10800', '0')),
  seed(
    'auto-update-midnight',
    settings,
    'AUTO_UPDATE YES',
    edit(settings, 'AUTO_UPDATE_TIME 10800', ''),
  ),
  seed('action-port-mismatch', pointers, 'S1.Server.Port', edit(pointers, 'Action=7', 'Action=1')),
  seed('action-port-mismatch', pointers, 'Port=5000', edit(pointers, 'Port=5060', 'Port=5000')),
  seed('pointer-missing', pointers, '', edit(pointers, 'TFTP.Server.IP=192.0.2.5\n', '')),
  seed('pointer-missing', pointers, 'S1.Server.IP', edit(pointers, '192.0.2.10', '0.0.0.0')),
  seed('image-damaged', '0604D98.bin', '', put('0604D98.bin', '')),
  seed('image-damaged', '2004SIP.img', '', put('2004SIP.img', 'HOOKFLASH-2004\r\ncut')),
  seed('image-synthetic', '2004SIP.img', '', image('0692D93c08')),
];

const other = 'old/2004tftp.cfg';

export const nortelTrees: readonly Seed[] = [
  seed('download-missing', list, 'FILENAME 2004SIP', drop('2004SIP.img')),
  seed('download-missing', list, 'deutsch.lng', edit(list, 'francais.lng', 'deutsch.lng')),
  seed('download-case', list, 'Francais.lng', edit(list, 'francais.lng', 'Francais.lng')),
  seed('download-case', list, '2004sip.img', edit(list, '2004SIP.img', '2004sip.img')),
  seed('download-case', list, '2004sysConfig', move(settings, '2004sysconfig.dat')),
  seed('server-is-master', list, '192.0.2.5', append(list, 'SERVER_IP 192.0.2.5\n')),
  seed(
    'version-not-raised',
    other,
    'VERSION 000020',
    put(
      other,
      '[DEVICE_CONFIG]\nVERSION 000020\nFILENAME 2004sysConfig.dat\n[LANGUAGE]\nFILENAME francais.lng\n[FW]\nVERSION 0692D93c08\nFILENAME 2004SIP.img\n',
    ),
    put('old/2004sysConfig.dat', 'VMAIL 5000\n'),
  ),
  seed('fw-version-mismatch', list, '0692D94a01', edit(list, '0692D93c08', '0692D94a01')),
  seed(
    'default-language-missing',
    settings,
    'DEF_LANG',
    edit(list, '[LANGUAGE]\nDOWNLOAD_MODE AUTO\nVERSION 000002\nFILENAME francais.lng\n', ''),
    // Of a list with another name nobody expects three sections.
    move(list, '2004tftp-main.cfg'),
  ),
];
