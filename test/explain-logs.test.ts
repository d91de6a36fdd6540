import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { explain, type Explanation } from '../src/core/explain/explain.ts';
import { readObservations } from '../src/core/explain/read-observations.ts';
import { families } from '../src/families/index.ts';
import { commonDiagnoses } from '../src/families/shared/diagnoses/common-diagnoses.ts';

/** Logs in the formats of several programs, with invented phones, and what must be said first. */
type LogRow = { readonly name: string; readonly first: string; readonly log: string };

const mac = '0013C4A1B2C3';
const hpa = (seconds: number, text: string) =>
  `Mar  2 08:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')} pbx in.tftpd[${1000 + seconds}]: ${text}`;
const asked = (seconds: number, path: string) =>
  hpa(seconds, `RRQ from 192.0.2.51 filename ${path}`);
const nak = (seconds: number, code = 1, text = 'File not found') =>
  hpa(seconds, `sending NAK (${code}, ${text}) to 192.0.2.51`);
const done = (seconds: number, path: string) => hpa(seconds, `Client 192.0.2.51 finished ${path}`);
const dns = (seconds: number, who: string, text: string) =>
  `Mar  2 08:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')} gw dnsmasq-${who}[77]: ${text}`;

const rows: readonly LogRow[] = [
  {
    name: 'tftpd-hpa: nothing is there',
    first: 'tftp-root-wrong',
    log: [
      `CTLSEP${mac}.tlv`,
      `SEP${mac}.cnf.xml`,
      `SIP${mac}.cnf`,
      `MGC${mac}.cnf`,
      'XMLDefault.cnf.xml',
    ]
      .flatMap((path, at) => [asked(at, path), nak(at)])
      .join('\n'),
  },
  {
    name: 'tftpd-hpa: error 2',
    first: 'tftp-error-code',
    log: [
      asked(0, `CTLSEP${mac}.tlv`),
      nak(0, 2, 'Access violation'),
      hpa(90, 'RRQ from 192.0.2.99 filename SEP0013C4A1B2FF.cnf.xml'),
    ].join('\n'),
  },
  {
    name: 'tftpd-hpa: the image is fetched twice',
    first: 'old-application-came-back',
    log: [
      ...[asked(0, `CTLSEP${mac}.tlv`), nak(0)],
      ...[`SEP${mac}.cnf.xml`, 'P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2'].flatMap((path, at) => [
        asked(1 + 8 * at, path),
        done(2 + 8 * at, path),
      ]),
      ...[asked(30, 'P0S3-8-12-00.sb2'), done(38, 'P0S3-8-12-00.sb2')],
      ...[asked(80, 'SIPDefault.cnf'), done(80, 'SIPDefault.cnf')],
    ].join('\n'),
  },
  {
    name: 'tftpd-hpa: a rule cuts the name short',
    first: 'load-name-cut-short',
    log: [
      ...[asked(0, `CTLSEP${mac}.tlv`), nak(0)],
      ...[asked(1, `SEP${mac}.cnf.xml`), done(1, `SEP${mac}.cnf.xml`)],
      ...[asked(2, 'P0030801SR02.loads remapped to P0030801.loads'), nak(2)],
    ].join('\n'),
  },
  {
    name: 'dnsmasq: no address left',
    first: 'dhcp-pool-empty',
    log: [0, 4, 12]
      .map((at) => dns(at, 'dhcp', 'DHCPDISCOVER(eth0) 00:13:c4:a1:b2:c3 no address available'))
      .join('\n'),
  },
  {
    name: 'dnsmasq: a component is missing',
    first: 'firmware-missing',
    log: [
      dns(0, 'dhcp', 'DHCPACK(eth0) 192.0.2.51 00:13:c4:a1:b2:c3'),
      dns(2, 'tftp', 'sent /srv/tftp/term61.default.loads to 192.0.2.51'),
      dns(3, 'tftp', 'sent /srv/tftp/jar41sip.8-5-2.sbn to 192.0.2.51'),
      dns(8, 'tftp', 'file /srv/tftp/cnu41.8-5-2.sbn not found for 192.0.2.51'),
    ].join('\n'),
  },
  {
    name: 'dnsmasq: all is well',
    first: 'healthy',
    log: [
      dns(0, 'dhcp', 'DHCPACK(eth0) 192.0.2.51 00:13:c4:a1:b2:c3 SEP0013C4A1B2C3'),
      dns(2, 'tftp', `file /srv/tftp/CTLSEP${mac}.tlv not found for 192.0.2.51`),
      ...[
        `SEP${mac}.cnf.xml`,
        'P0S3-8-12-00.loads',
        'SIPDefault.cnf',
        `SIP${mac}.cnf`,
        'RINGLIST.DAT',
      ].map((path, at) => dns(3 + at * 10, 'tftp', `sent /srv/tftp/${path} to 192.0.2.51`)),
    ].join('\n'),
  },
  {
    name: 'Tftpd32: the default load again and again',
    first: 'boot-loop',
    log: [0, 1, 2, 3]
      .flatMap((minute) => [
        `Connection received from 192.0.2.51 on port 50000 [02/03 08:0${minute}:00.000]`,
        `Read request for file <term61.default.loads>. Mode octet [02/03 08:0${minute}:00.010]`,
        `<term61.default.loads>: sent 2 blks, 666 bytes in 0 s. 0 blk resent [02/03 08:0${minute}:00.200]`,
      ])
      .join('\r\n'),
  },
  {
    name: 'atftpd: a phone that the server does not know',
    first: 'unknown-phone',
    log: [
      'Mar  2 08:00:00 pbx atftpd[5]: Serving SEP0013C4A1B2FF.cnf.xml to 192.0.2.60:50000',
      'Mar  2 08:00:01 pbx atftpd[5]: End of transfer',
      `Mar  2 08:00:05 pbx atftpd[5]: Serving SEP${mac}.cnf.xml to 192.0.2.51:50001`,
      `Mar  2 08:00:05 pbx atftpd[5]: File /srv/tftp/SEP${mac}.cnf.xml not found`,
    ].join('\n'),
  },
  {
    name: 'IOS: the file of the phone is missing',
    first: 'phone-file-missing',
    log: [
      `*Mar  1 00:01:00.100: TFTP: Looking for SEP${mac}.cnf.xml`,
      `*Mar  1 00:01:00.110: TFTP: Opened flash:SEP${mac}.cnf.xml, fd 0, size 300 for process 100`,
      `*Mar  1 00:01:00.210: TFTP: Finished flash:SEP${mac}.cnf.xml, time 00:00:00 for process 100`,
      ...[30, 31, 32].map(
        (second) => `*Mar  1 00:0${second - 28}:20.000: TFTP: Looking for SIP${mac}.cnf`,
      ),
    ].join('\n'),
  },
];

async function explained(name: string, text: string): Promise<Explanation> {
  const options = {
    now: Date.UTC(2026, 5, 1),
    zone: 0,
    macOf: (path: string) => families.map((family) => family.macOf(path)).find((each) => each),
  };
  const { observations } = await readObservations(name, Buffer.from(text), options);
  return explain(observations, { families, common: commonDiagnoses });
}

function told({ phones }: Explanation): string {
  return phones
    .flatMap(({ story, diagnoses }) =>
      diagnoses.map(({ code, text }) => `${story.mac}: ${code}: ${text}`),
    )
    .join('\n');
}

describe('the logs of servers', () => {
  for (const { name, first, log } of rows)
    test(`${name}: ${first}`, async () => {
      const explanation = await explained('server.log', log);
      const phone =
        explanation.phones.find(({ story }) => story.mac === mac) ?? explanation.phones[0];
      assert.equal(phone?.diagnoses[0]?.code, first, told(explanation));
    });
});

const corpus: Readonly<Record<string, string>> = {
  'sysop-ca-7911-capital-J.log': 'loads-case',
  'teo-en-ming-7960-sip-8.12-boot.log': 'healthy',
};

for (const [name, first] of Object.entries(corpus))
  test(`${name} of the corpus: ${first}`, async (t) => {
    const path = join(process.env.HOOKFLASH_CORPUS ?? '', 'cisco', 'logs', name);
    if (process.env.HOOKFLASH_CORPUS === undefined || !existsSync(path))
      return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
    const explanation = await explained(name, readFileSync(path, 'utf8'));
    assert.equal(explanation.phones.length, 1);
    assert.equal(explanation.phones[0]?.diagnoses[0]?.code, first, told(explanation));
  });
