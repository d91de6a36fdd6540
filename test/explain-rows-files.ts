import { address4, files, seen, server, until } from './explain-observations.ts';
import { hunt, idle, later, other, silentHunt, whole, type ExplainRow } from './explain-row.ts';

export const serverRows: readonly ExplainRow[] = [
  {
    name: 'TFTP is silent',
    first: 'tftp-silent',
    packets: true,
    observed: [...address4(0, whole), ...files(silentHunt), until(120)],
  },
  {
    name: 'a firewall answers with port unreachable',
    first: 'tftp-refused',
    packets: true,
    observed: [
      ...address4(0, whole),
      ...files(silentHunt),
      ...[20, 24, 28].map((at) =>
        seen(at + 0.1, { kind: 'unreachable', server, text: 'port unreachable' }, 'ICMP'),
      ),
    ],
  },
  {
    name: 'the answers do not reach the phone, in a capture',
    first: 'return-path-blocked',
    packets: true,
    observed: [...files(silentHunt.replaceAll('silent', 'answered')), until(120)],
  },
  {
    name: 'the answers do not reach the phone, in a log',
    first: 'return-path-blocked',
    observed: [
      ...files('0 | SEP<MAC>.cnf.xml | sent', other),
      ...files(silentHunt.replaceAll('silent', 'answered')),
    ],
  },
  {
    name: 'the folder of the server is another one',
    first: 'tftp-root-wrong',
    observed: [...files(hunt), ...files(later(hunt, 60)), until(200)],
  },
  {
    name: 'the server wants absolute paths',
    first: 'tftp-root-wrong',
    observed: [
      ...files('0 | CTLSEP<MAC>.tlv | error 2 Only absolute filenames allowed'),
      until(60),
    ],
  },
  {
    name: 'access violation in place of file not found',
    first: 'tftp-error-code',
    observed: [
      ...files('0 | SEP<MAC>.cnf.xml | sent', other),
      ...files('0 | CTLSEP<MAC>.tlv | error 2 Access violation'),
      until(120),
    ],
  },
  {
    name: 'error 0 in place of file not found',
    first: 'tftp-error-code',
    observed: [
      ...files(
        '20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | error 0 Permission denied',
      ),
      until(120),
    ],
  },
  {
    name: 'another letter case in the folder',
    first: 'file-name-case',
    observed: [
      ...files('0 | ringlist.dat | sent', other),
      ...files(idle.replace('RINGLIST.DAT | sent', 'RINGLIST.DAT | missing')),
    ],
  },
  {
    name: 'a slow server',
    first: 'slow-server',
    observed: files(later(idle, 0).replaceAll('| sent', '| again 1 sent')),
  },
  {
    name: 'large files break off',
    first: 'transfer-stalls',
    observed: files(`
      20 | CTLSEP<MAC>.tlv | missing
      21 | SEP<MAC>.cnf.xml | sent
      22 | P0S3-8-12-00.loads | sent
      23 | P0S3-8-12-00.sb2 | answered
      45 | P0S3-8-12-00.sb2 | answered
      70 | P0S3-8-12-00.sb2 | answered`),
  },
  {
    name: 'a phone that nobody knows',
    first: 'unknown-phone',
    observed: [
      ...files(idle, other),
      ...files(`
      10 | CTLSEP<MAC>.tlv | missing
      11 | SEP<MAC>.cnf.xml | missing
      12 | XMLDefault.cnf.xml | missing`),
    ],
  },
];

export const originalRows: readonly ExplainRow[] = [
  {
    name: 'a blank at the end of OS79XX.TXT',
    first: 'os79xx-blank',
    observed: files(
      '0 | OS79XX.TXT | sent\n 1 | P0S3-07-5-00 .bin | missing\n 2 | SIPDefault.cnf | sent',
    ),
  },
  {
    name: 'a carriage return at the end of OS79XX.TXT',
    first: 'os79xx-carriage-return',
    observed: files(
      '0 | OS79XX.TXT | sent\n 1 | P0S3-07-5-00\r.bin | missing\n 2 | SIPDefault.cnf | sent',
    ),
  },
  {
    name: 'only OS79XX.TXT, again and again',
    first: 'only-os79xx',
    observed: [
      ...files([0, 60, 120].map((at) => `${at} | OS79XX.TXT | sent`).join('\n')),
      until(300),
    ],
  },
  {
    name: 'a name that is no image',
    first: 'image-name-unknown',
    observed: files(
      '0 | OS79XX.TXT | sent\n 1 | SIP7960.bin | missing\n 2 | SIPDefault.cnf | sent',
    ),
  },
  {
    name: 'a letter O in the name',
    first: 'image-name-letter-o',
    observed: files(
      '0 | OS79XX.TXT | sent\n 1 | POS3-07-5-00.sbn | missing\n 2 | SIPDefault.cnf | sent',
    ),
  },
  {
    name: 'a signed phone should go below 5.0',
    first: 'signed-no-downgrade',
    observed: files(
      '0 | OS79XX.TXT | sent\n 1 | P0S3-04-4-00.sbn | missing\n 2 | SIPDefault.cnf | sent',
    ),
  },
];
