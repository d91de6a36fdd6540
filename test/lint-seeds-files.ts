import { image, javaPhone, phone, signedFile } from './lint-base-tree.ts';
import { append, drop, edit, move, put, seed, type Seed } from './lint-seed.ts';

const common = 'SIPDefault.cnf';
const own = `SIP${phone}.cnf`;
const sep = `SEP${phone}.cnf.xml`;
const java = `SEP${javaPhone}.cnf.xml`;
const xmlDefault = 'XMLDefault.cnf.xml';
const plan = 'dialplan.xml';
const other = '0013C4A1B2E9';

export const fileNames: readonly Seed[] = [
  seed('file-name-case', 'SEP0013c4a1b2d4.cnf.xml', '', move(java, 'SEP0013c4a1b2d4.cnf.xml')),
  seed('file-name-case', 'OS79XX.txt', '', move('OS79XX.TXT', 'OS79XX.txt')),
  seed('file-name-case', 'ringlist.xml', '', move('Ringlist.xml', 'ringlist.xml')),
  seed('file-name-case', 'SIP0013C4A1B2E9.CNF', '', move(own, 'SIP0013C4A1B2E9.CNF')),
  seed('file-name-letter-o', 'SEPO013C4A1B2D4.cnf.xml', '', move(java, 'SEPO013C4A1B2D4.cnf.xml')),
  seed('file-name-mac', 'SEP0013C4A1B2.cnf.xml', '', move(java, 'SEP0013C4A1B2.cnf.xml')),
  seed(
    'file-name-mac',
    'SEP00-13-C4-A1-B2-D4.cnf.xml',
    '',
    move(java, 'SEP00-13-C4-A1-B2-D4.cnf.xml'),
  ),
  seed('file-name-placeholder', 'SEPMACADDRESS.cnf.xml', '', move(java, 'SEPMACADDRESS.cnf.xml')),
  seed(
    'file-name-placeholder',
    'SEP000000000000.cnf.xml',
    '',
    move(java, 'SEP000000000000.cnf.xml'),
  ),
  seed('file-name-extension', `SEP${javaPhone}.cnf`, '', put(`SEP${javaPhone}.cnf`, 'old')),
  seed('file-name-extension', `SIP${phone}.cnf.xml`, '', put(`SIP${phone}.cnf.xml`, '<a/>')),
  seed('file-name-txt', `SEP${other}.cnf.xml.txt`, '', put(`SEP${other}.cnf.xml.txt`, '<device/>')),
  seed('file-name-leftover', `${java}_`, '', put(`${java}_`, '<device')),
  seed('file-name-leftover', `${common}.bak`, '', put(`${common}.bak`, 'x')),
];

export const syntax: readonly Seed[] = [
  seed('file-too-large', java, '', append(java, `<!--${'x'.repeat(560_000)}-->`)),
  seed(
    'xml-malformed',
    java,
    '</dateTimeSetting>',
    edit(java, '</dateTemplate>', '<dateTemplate>'),
  ),
  seed(
    'xml-malformed',
    xmlDefault,
    '”IP Phone 7940”',
    edit(xmlDefault, '"IP Phone 7940"', '”IP Phone 7940”'),
  ),
  seed('xml-malformed', plan, 'MATCH="1..."', edit(plan, 'TIMEOUT="0"/>', 'TIMEOUT="0>')),
  seed('byte-order-mark', own, 'the phone in the hall', edit(own, '#', '\uFEFF#')),
  seed(
    'not-a-setting',
    common,
    'preferred_codec',
    edit(common, 'preferred_codec:', 'preferred_codec'),
  ),
  seed('unclosed-quote', common, 'proxy1_port', edit(common, '"5060"', '"5060')),
  seed('curly-quotes', own, 'line2_name', edit(own, '"1002"', '“1002”')),
  seed(
    'stray-quote',
    own,
    'user_info',
    edit(own, '"phone"', 'phone"'),
    edit(own, 'phone"\n', 'none"\n'),
  ),
  seed('text-after-value', own, 'user_info', edit(own, '"phone"', '"phone" or ip')),
];

export const trees: readonly Seed[] = [
  seed('sep-blocks-sip', sep, '<device>', edit(sep, 'P0S3-8-12-00', '')),
  seed('protocols-mixed', `MGC${phone}.cnf`, '', put(`MGC${phone}.cnf`, 'a: "b"\n')),
  seed(
    'protocols-mixed',
    `SIP${javaPhone}.cnf`,
    '',
    put(`SIP${javaPhone}.cnf`, 'line1_name: "1"\n'),
  ),
  seed(
    'image-loop',
    sep,
    'loadInformation',
    append(own, 'image_version: "P0S3-8-12-01"\n'),
    put(...signedFile('P0S3-8-12-01.loads', Buffer.from('P003-8-12-00.sbn\n'))),
  ),
  seed(
    'image-loop',
    sep,
    'loadInformation',
    drop(own),
    drop(xmlDefault),
    append(common, 'image_version: "P0S3-06-3-00"\n'),
    put('P0S3-06-3-00.bin', image('P0S3-06-3-00', 'application')),
  ),
  seed(
    'required-parameter-missing',
    own,
    'the phone in the hall',
    edit(own, 'line1_name: "1001"\n', ''),
  ),
  seed(
    'required-parameter-missing',
    own,
    'the phone in the hall',
    edit(common, 'proxy1_address: "192.0.2.10"\n', ''),
  ),
  seed(
    'call-manager-missing',
    common,
    'proxy1_address',
    edit(common, '"192.0.2.10"', '"USECALLMANAGER"'),
  ),
  seed('telnet-default-password', common, 'telnet_level', edit(common, 'level: "0"', 'level: "2"')),
  seed(
    'dyn-tftp-loop',
    own,
    'dyn_tftp_addr',
    append(common, 'dyn_tftp_addr: "192.0.2.1"\n'),
    append(own, 'dyn_tftp_addr: "192.0.2.2"\n'),
  ),
  seed('tftp-cfg-dir', common, 'tftp_cfg_dir', edit(common, '"./"', '"phones/"')),
];
