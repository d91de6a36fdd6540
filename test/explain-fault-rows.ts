import type { Observation } from '../src/model/observation.ts';
import type { Mac } from '../src/wire/mac.ts';
import { address, address4, dhcp, files, mac, seen, server, sip, until } from './explain-observations.ts';

/** Things that go wrong as they are seen on the wire or in a log, and what must be said first. */
export type ExplainRow = {
  readonly name: string;
  /** Code of the first diagnosis. */
  readonly first: string;
  readonly observed: readonly Observation[];
  /** From a capture. */
  readonly packets?: boolean;
};

const other = { mac: '0013C4A1B2C4' as Mac, address: '192.0.2.52' };
const third = { mac: '0013C4A1B2C5' as Mac, address: '192.0.2.53' };
const whole = { tftpServers: [server], tftpServerName: server };
const vendor = { vendorClass: 'Cisco Systems, Inc. IP Phone CP-7960G' };
const discover = (seconds: number) => dhcp(seconds, { message: 'discover', ...vendor });

const idle = `
  20 | CTLSEP<MAC>.tlv | missing
  20.5 | SEP<MAC>.cnf.xml | sent
  21 | P0S3-8-12-00.loads | sent
  45 | SIPDefault.cnf | sent
  46 | ./SIP<MAC>.cnf | sent
  47 | RINGLIST.DAT | sent
  47 | dialplan.xml | sent`;

const hunt = `
  20 | CTLSEP<MAC>.tlv | missing
  21 | SEP<MAC>.cnf.xml | missing
  22 | SIP<MAC>.cnf | missing
  23 | MGC<MAC>.cnf | missing
  24 | XMLDefault.cnf.xml | missing
  25 | SIPDefault.cnf | missing`;

const silentHunt = `
  20 | CTLSEP<MAC>.tlv | again 4 silent
  40 | CTLSEP<MAC>.tlv | again 4 silent
  60 | SEP<MAC>.cnf.xml | again 4 silent`;

const javaBoot = `
  10 | CTLSEP<MAC>.tlv | missing
  10.2 | ITLSEP<MAC>.tlv | missing
  10.4 | ITLFile.tlv | missing
  10.6 | SEP<MAC>.cnf.xml | sent`;

const later = (lines: string, seconds: number) =>
  lines.replace(/^(\s*)([\d.]+)/gm, (_, space: string, at: string) => `${space}${Number(at) + seconds}`);

const dhcpRows: readonly ExplainRow[] = [
  {
    name: 'no DHCP server answers',
    first: 'no-dhcp-answer',
    packets: true,
    observed: [discover(0), discover(4), discover(12), until(60)],
  },
  {
    name: 'the pool is used up, by the log',
    first: 'dhcp-pool-empty',
    observed: [0, 4, 12].map((at) =>
      seen(at, { kind: 'dhcp', dhcp: { message: 'discover', ...vendor } }, 'DHCPDISCOVER(eth0) 00:13:c4:a1:b2:c3 no address available'),
    ),
  },
  {
    name: 'the pool is used up, by a capture',
    first: 'dhcp-pool-empty',
    packets: true,
    observed: [
      ...[other, third].map((who) => dhcp(1, { message: 'ack', address: who.address, ...whole }, who)),
      ...[discover(2), discover(6), discover(14), until(40)],
    ],
  },
  {
    name: 'the address is refused again and again',
    first: 'dhcp-refused',
    observed: [0, 10, 20].flatMap((at) => [
      dhcp(at, { message: 'request', address, ...vendor }),
      dhcp(at + 0.1, { message: 'nak' }),
    ]),
  },
  {
    name: 'a second DHCP server gives no TFTP server',
    first: 'other-dhcp-server',
    packets: true,
    observed: [
      discover(0),
      dhcp(0.1, { message: 'offer', server: '192.0.2.1', address, routers: ['192.0.2.1'] }),
      dhcp(0.2, { message: 'offer', server, address: '192.0.2.60', ...whole }),
      dhcp(0.4, { message: 'ack', server: '192.0.2.1', address, routers: ['192.0.2.1'] }),
      until(120),
    ],
  },
  {
    name: 'neither option 150 nor 66',
    first: 'no-option-150',
    packets: true,
    observed: [...address4(0, {}), until(120)],
  },
  {
    name: 'half an upgrade: it comes back with the loader and DHCP has no option 150',
    first: 'no-option-150',
    packets: true,
    observed: [
      ...files('0 | OS79XX.TXT | sent\n 1 | P003-8-12-00.sbn | sent 130000'),
      ...address4(30, {}),
      until(200),
    ],
  },
  {
    name: 'option 150 for a phone that asks for 66',
    first: 'option-66-expected',
    packets: true,
    observed: [...address4(0, { tftpServers: [server] }, [1, 3, 6, 66]), until(120)],
  },
  {
    name: 'option 66 for a phone that asks for 150',
    first: 'option-150-expected',
    packets: true,
    observed: [...address4(0, { tftpServerName: server }, [1, 3, 6, 150]), until(120)],
  },
  {
    name: 'option 66 is a name and nothing else is there',
    first: 'option-150-expected',
    packets: true,
    observed: [...address4(0, { tftpServerName: 'tftp.example' }), until(120)],
  },
  {
    name: 'next-server is the DHCP server, which has no TFTP',
    first: 'wrong-next-server',
    packets: true,
    observed: [
      ...address4(0, { nextServer: '192.0.2.1' }),
      ...files(silentHunt, undefined, '192.0.2.1'),
      until(120),
    ],
  },
  {
    name: 'option 150 names another machine than the one that serves the others',
    first: 'wrong-next-server',
    packets: true,
    observed: [
      ...files('1 | SEP<MAC>.cnf.xml | sent', other),
      ...address4(0, { tftpServers: ['192.0.2.99'] }),
      ...files(silentHunt, undefined, '192.0.2.99'),
      until(120),
    ],
  },
  {
    name: 'next-server alone and no file asked for',
    first: 'wrong-next-server',
    packets: true,
    observed: [...address4(0, { nextServer: '192.0.2.1' }), until(120)],
  },
  {
    name: 'somebody else answers for its address',
    first: 'address-conflict',
    packets: true,
    observed: [
      ...address4(0, whole),
      seen(1, { kind: 'address-conflict', address }, `ARP ${address} is at 02:00:00:00:00:99`),
      ...files(idle),
    ],
  },
  {
    name: 'it declines its address',
    first: 'address-conflict',
    observed: [...address4(0, whole), dhcp(1, { message: 'decline', address }), ...address4(12, whole)],
  },
  {
    name: 'it has all that it needs and asks for no file',
    first: 'no-file-asked',
    packets: true,
    observed: [...address4(0, whole), until(180)],
  },
];

const serverRows: readonly ExplainRow[] = [
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
    observed: [...files('0 | CTLSEP<MAC>.tlv | error 2 Only absolute filenames allowed'), until(60)],
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
      ...files('20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | error 0 Permission denied'),
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

const originalRows: readonly ExplainRow[] = [
  {
    name: 'a blank at the end of OS79XX.TXT',
    first: 'os79xx-blank',
    observed: files('0 | OS79XX.TXT | sent\n 1 | P0S3-07-5-00 .bin | missing\n 2 | SIPDefault.cnf | sent'),
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
    observed: [...files([0, 60, 120].map((at) => `${at} | OS79XX.TXT | sent`).join('\n')), until(300)],
  },
  {
    name: 'a name that is no image',
    first: 'image-name-unknown',
    observed: files('0 | OS79XX.TXT | sent\n 1 | SIP7960.bin | missing\n 2 | SIPDefault.cnf | sent'),
  },
  {
    name: 'a letter O in the name',
    first: 'image-name-letter-o',
    observed: files('0 | OS79XX.TXT | sent\n 1 | POS3-07-5-00.sbn | missing\n 2 | SIPDefault.cnf | sent'),
  },
  {
    name: 'a signed phone should go below 5.0',
    first: 'signed-no-downgrade',
    observed: files('0 | OS79XX.TXT | sent\n 1 | P0S3-04-4-00.sbn | missing\n 2 | SIPDefault.cnf | sent'),
  },
];

const loaderRows: readonly ExplainRow[] = [
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
      ...files('20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent\n 22 | P0030801SR02.loads | missing'),
      seen(22.1, { kind: 'server-note', text: 'remapped' }, 'P0030801SR02.loads remapped to P003.loads', { address }),
    ],
  },
  {
    name: 'the name of the load is cut short in its file',
    first: 'load-name-cut-short',
    observed: [
      ...files('0 | P0S3-8-12-00.loads | sent', other),
      ...files('20 | CTLSEP<MAC>.tlv | missing\n 21 | SEP<MAC>.cnf.xml | sent\n 22 | P0S3-8-12.loads | missing'),
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

const javaRows: readonly ExplainRow[] = [
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
      ...files('12 | SIP41.9-4-2SR3-1S.loads | sent\n 13 | jar41sip.9-4-2ES26.sbn | sent\n 20 | cnu41.9-4-2ES26.sbn | sent'),
      ...files(later(javaBoot, 100)),
      ...files('112 | SIP41.9-4-2SR3-1S.loads | sent\n 113 | jar41sip.9-4-2ES26.sbn | sent'),
    ],
  },
  {
    name: 'it asks for ITLFile.tlv and stops',
    first: 'identity-list-stops',
    observed: [
      ...files(javaBoot.split('\n').slice(0, -1).join('\n')),
      until(120),
    ],
  },
  {
    name: 'it wants signed configuration',
    first: 'signed-configuration-wanted',
    observed: [
      ...files('0 | SEP<MAC>.cnf.xml | sent', other),
      ...files('10 | CTLSEP<MAC>.tlv | sent\n 11 | ITLSEP<MAC>.tlv | sent\n 12 | SEP<MAC>.cnf.xml.sgn | missing'),
      until(60),
    ],
  },
  {
    name: 'XMLDefault is read and nothing follows',
    first: 'default-file-not-heeded',
    observed: [
      ...files('10 | CTLSEP<MAC>.tlv | missing\n 11 | SEP<MAC>.cnf.xml | missing\n 12 | XMLDefault.cnf.xml | sent'),
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

const afterRows: readonly ExplainRow[] = [
  ...[
    { name: 'the password is wrong', first: 'register-password-wrong', statuses: [401, 401, 401] },
    { name: 'the line may not register', first: 'register-forbidden', statuses: [401, 403] },
    { name: 'the line is unknown', first: 'register-unknown-user', statuses: [404] },
    { name: 'the PBX is not well', first: 'register-rejected', statuses: [503] },
    { name: 'nobody answers REGISTER', first: 'register-silent', statuses: [] },
  ].map(({ statuses, ...row }): ExplainRow => ({
    ...row,
    packets: true,
    observed: [
      ...files(idle),
      ...(statuses.length === 0 ? [60, 61] : statuses.map((_, at) => 60 + at)).map((at) =>
        sip(at, 'REGISTER'),
      ),
      ...statuses.map((status, at) => sip(60.1 + at, 'REGISTER', status)),
    ],
  })),
  {
    name: 'the time server is silent',
    first: 'time-server-silent',
    packets: true,
    observed: [
      ...files(idle),
      ...[50, 66, 82].map((at) => seen(at, { kind: 'sntp', from: 'phone', server }, 'NTPv3 client')),
    ],
  },
  {
    name: 'it starts again whenever it should be idle',
    first: 'boot-loop',
    observed: [0, 100, 200, 300].flatMap((at) => files(later(idle, at))),
  },
  {
    name: 'a UNIStim server is silent',
    first: 'unistim-silent',
    packets: true,
    observed: [0, 5, 10].map((at) =>
      seen(at, { kind: 'unistim', from: 'phone', text: 'hello' }, 'UNIStim hello'),
    ),
  },
  {
    name: 'a UNIStim phone comes back with the firmware it had',
    first: 'unistim-same-firmware',
    packets: true,
    observed: [
      seen(0, { kind: 'unistim', from: 'phone', text: 'firmware 0604DBG' }, 'UNIStim report'),
      seen(5, { kind: 'unistim', from: 'server', text: 'download order' }, 'UNIStim download'),
      seen(90, { kind: 'unistim', from: 'phone', text: 'firmware 0604DBG' }, 'UNIStim report'),
    ],
  },
  {
    name: 'languages, rings and dial plan are missing, and nothing is wrong',
    first: 'healthy',
    observed: files(
      `${idle.replaceAll(/(RINGLIST.DAT|dialplan.xml) \| sent/g, '$1 | missing')}
       50 | US/7960-tones.xml | missing`,
    ),
  },
  {
    name: 'it is registered, and nothing is wrong',
    first: 'healthy',
    packets: true,
    observed: [
      ...address4(0, whole),
      ...files(idle),
      ...[sip(60, 'REGISTER'), sip(60.1, 'REGISTER', 401), sip(60.2, 'REGISTER')],
      sip(60.3, 'REGISTER', 200),
    ],
  },
  { name: 'an SIP phone is idle', first: 'healthy', observed: files(idle) },
  { name: 'a Java phone is idle', first: 'healthy', observed: files(javaBoot) },
];

export const explainRows: readonly ExplainRow[] = [
  ...[dhcpRows, serverRows, originalRows, loaderRows, javaRows, afterRows].flat(),
];

export { mac };
