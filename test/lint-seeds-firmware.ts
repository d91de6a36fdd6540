import { image, phone, signedFile } from './lint-base-tree.ts';
import { seed, edit, put, drop, move, append, type Seed } from './lint-seed.ts';

const own = `SIP${phone}.cnf`;
const sep = `SEP${phone}.cnf.xml`;
const xmlDefault = 'XMLDefault.cnf.xml';
const javaLoad = 'SIP42.9-4-2SR3-1S';

export const firmware: readonly Seed[] = [
  seed('image-name-letter-o', sep, 'POS3-8-12-00', edit(sep, 'P0S3', 'POS3')),
  seed(
    'image-name-extension',
    own,
    'image_version',
    append(own, 'image_version: "P0S3-8-12-00.sb2"\n'),
  ),
  seed('image-name-case', sep, 'p0s3-8-12-00', edit(sep, 'P0S3', 'p0s3')),
  seed('image-name-blank', own, 'image_version', append(own, 'image_version: " P0S3-8-12-00"\n')),
  seed('image-name-unknown', own, 'image_version', append(own, `image_version: "${javaLoad}"\n`)),
  seed('os79xx-blank', 'OS79XX.TXT', 'P003', put('OS79XX.TXT', 'P003-8-12-00 \n')),
  seed('os79xx-carriage-return', 'OS79XX.TXT', 'P003', put('OS79XX.TXT', 'P003-8-12-00\r\n')),
  seed('os79xx-empty', 'OS79XX.TXT', '\n', put('OS79XX.TXT', '\n')),
  seed('os79xx-lines', 'OS79XX.TXT', 'P0S3', append('OS79XX.TXT', 'P0S3-8-12-00\n')),
  seed('image-damaged', 'P0S3-8-12-00.sb2', '', put('P0S3-8-12-00.sb2', '')),
  seed('image-damaged', 'P003-8-12-00.bin', '', put('P003-8-12-00.bin', '<html>404</html>')),
  seed(
    'image-unsigned',
    'P0S3-8-12-00.sb2',
    '',
    put('P0S3-8-12-00.sb2', image('P0S3-8-12-00', 'application')),
  ),
  seed(
    'image-unsigned',
    `${javaLoad}.loads`,
    '',
    put(`${javaLoad}.loads`, 'jar42sip.9-4-2ES26.sbn\n'),
  ),
  seed(
    'image-renamed',
    'P0S3-8-12-01.sb2',
    '',
    put(
      'P0S3-8-12-01.sb2',
      signedFile('P0S3-8-12-00.sb2', image('P0S3-8-12-00', 'application'))[1],
    ),
  ),
  seed(
    'image-synthetic',
    'cnu42.9-4-2ES26.sbn',
    '',
    put(
      ...signedFile(
        'cnu42.9-4-2ES26.sbn',
        Buffer.from('x'),
        'CN=HookflashLab;OU=Synthetic;O=Hookflash',
      ),
    ),
  ),
  seed(
    'loads-empty',
    'SIP45.9-4-2S.loads',
    '',
    put(...signedFile('SIP45.9-4-2S.loads', Buffer.from('# none\n'))),
  ),
  seed('image-missing', sep, 'P0S3-8-11-00', edit(sep, '8-12', '8-11')),
  seed('image-missing', xmlDefault, 'SIP42.8-5-2S', edit(xmlDefault, javaLoad, 'SIP42.8-5-2S')),
  seed('loads-incomplete', 'P0S3-8-12-00.loads', '', drop('P0S3-8-12-00.sb2')),
  seed('loads-incomplete', `${javaLoad}.loads`, '', drop('dsp42.9-4-2ES26.sbn')),
  seed(
    'loads-case',
    `${javaLoad}.loads`,
    '',
    move('jar42sip.9-4-2ES26.sbn', 'Jar42sip.9-4-2ES26.sbn'),
  ),
  seed(
    'loader-mismatch',
    'P0S3-8-12-00.loads',
    '',
    put(...signedFile('P003-8-12-00.sbn', image('P003-8-12-00', 'loader', 'PAS3X060'))),
  ),
];
