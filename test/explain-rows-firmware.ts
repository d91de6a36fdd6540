import { address, files, seen, until } from './explain-observations.ts';
import { javaBoot, later, other, type ExplainRow } from './explain-row.ts';

export const loaderRows: readonly ExplainRow[] = [
  {
    name: 'a SEP file hides the SIP file',
    first: 'sep-blocks-sip',
    observed: [0, 60, 120].flatMap((at) =>
      files(later('20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent', at)),
    ),
  },
  {
    name: 'an empty SEP file',
    first: 'sep-file-empty',
    observed: [
      ...files('20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent 0'),
      until(300),
    ],
  },
  {
    name: 'the application is missing',
    first: 'firmware-missing',
    observed: [0, 60, 120].flatMap((at) =>
      files(
        later(
          `20 | CTLSEP<MAC>.tlv | missing
           21 | SEP<MAC>.cnf.xml | sent
           22 | P0S3-8-12-00.loads | sent
           23 | P0S3-8-12-00.sb2 | missing`,
          at,
        ),
      ),
    ),
  },
  {
    name: 'a rewrite rule cuts the name of the load short',
    first: 'load-name-cut-short',
    observed: [
      ...files(
        '20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent\n 22 | P0030801SR02.loads | missing',
      ),
      seen(
        22.1,
        { kind: 'server-note', text: 'remapped' },
        'P0030801SR02.loads remapped to P003.loads',
        { address },
      ),
    ],
  },
  {
    name: 'the name of the load is cut short in its file',
    first: 'load-name-cut-short',
    observed: [
      ...files('0 | P0S3-8-12-00.loads | sent', other),
      ...files(
        '20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent\n 22 | P0S3-8-12.loads | missing',
      ),
    ],
  },
  {
    name: 'the image is fetched twice and the old one starts',
    first: 'old-application-came-back',
    observed: files(`
      20 | CTLSEP<MAC>.tlv | missing
      21 | SEP<MAC>.cnf.xml | sent
      22 | P0S3-8-12-00.loads | sent
      23 | P0S3-8-12-00.sb2 | sent 750000
      40 | P0S3-8-12-00.sb2 | sent 750000
      80 | SIPDefault.cnf | sent
      81 | SIP<MAC>.cnf | sent
      82 | RINGLIST.DAT | sent`),
  },
  {
    name: 'the SIP file is asked for every 31 seconds',
    first: 'phone-file-missing',
    observed: files(`
      20 | CTLSEP<MAC>.tlv | missing
      21 | SEP<MAC>.cnf.xml | sent
      22 | P0S3-8-12-00.loads | sent
      46 | SIPDefault.cnf | sent
      47 | SIP<MAC>.cnf | missing
      78 | SIP<MAC>.cnf | missing
      109 | SIP<MAC>.cnf | missing`),
  },
  {
    name: 'a loop over CTLSEP and SEP, then nothing',
    first: 'in-loader',
    observed: [
      ...files('0 | SEP<MAC>.cnf.xml | sent', other),
      ...[0, 60, 120, 180].flatMap((at) => files(later('20 | CTLSEP<MAC>.tlv | missing', at))),
      until(900),
    ],
  },
  {
    name: 'the loader comes again and again',
    first: 'boot-loop',
    observed: [0, 40, 80].flatMap((at) =>
      files(
        later(
          `20 | CTLSEP<MAC>.tlv | missing
           21 | SEP<MAC>.cnf.xml | sent
           22 | P0S3-8-12-00.loads | sent
           23 | P003-8-12-00.sbn | sent 130000`,
          at,
        ),
      ),
    ),
  },
];

export const javaRows: readonly ExplainRow[] = [
  {
    name: 'the boot code asks for its default load for ever',
    first: 'boot-loop',
    observed: [0, 40, 80, 120].flatMap((at) => files(`${at} | term61.default.loads | sent`)),
  },
  {
    name: 'the boot code cannot verify the default load',
    first: 'late-default-load',
    observed: [...files('0 | term70.default.loads | sent'), until(600)],
  },
  {
    name: 'a component is missing',
    first: 'firmware-missing',
    observed: files(`
      0 | term61.default.loads | sent
      1 | jar41sccp.8-5-2.sbn | sent
      5 | cnu41.8-5-2.sbn | missing`),
  },
  {
    name: 'a component has another letter case',
    first: 'loads-case',
    observed: files(`
      0 | term11.default.loads | sent
      1 | Jar11sip.8-2-2ES4.sbn | missing
      2 | cnu11.8-2-2ES4.sbn | aborted connection refused`),
  },
  {
    name: 'it takes the loads file and nothing of it',
    first: 'old-application-came-back',
    observed: [
      ...files(javaBoot),
      ...files(
        '12 | SIP41.9-4-2SR3-1S.loads | sent\n 13 | jar41sip.9-4-2ES26.sbn | sent\n 20 | cnu41.9-4-2ES26.sbn | sent',
      ),
      ...files(later(javaBoot, 100)),
      ...files('112 | SIP41.9-4-2SR3-1S.loads | sent\n 113 | jar41sip.9-4-2ES26.sbn | sent'),
    ],
  },
  {
    name: 'it asks for ITLFile.tlv and stops',
    first: 'identity-list-stops',
    observed: [...files(javaBoot.split('\n').slice(0, -1).join('\n')), until(120)],
  },
  {
    name: 'it wants signed configuration',
    first: 'signed-configuration-wanted',
    observed: [
      ...files('0 | SEP<MAC>.cnf.xml | sent', other),
      ...files(
        '10 | CTLSEP<MAC>.tlv | sent\n 11 | ITLSEP<MAC>.tlv | sent\n 12 | SEP<MAC>.cnf.xml.sgn | missing',
      ),
      until(60),
    ],
  },
  {
    name: 'XMLDefault is read and nothing follows',
    first: 'default-file-not-heeded',
    observed: [
      ...files(
        '10 | CTLSEP<MAC>.tlv | missing\n 11 | SEP<MAC>.cnf.xml | missing\n 12 | XMLDefault.cnf.xml | sent',
      ),
      until(300),
    ],
  },
  {
    name: 'its configuration is too large',
    first: 'file-too-large',
    observed: [
      ...files(javaBoot.replace('SEP<MAC>.cnf.xml | sent', 'SEP<MAC>.cnf.xml | sent 700000')),
      until(60),
    ],
  },
];
