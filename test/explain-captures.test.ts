import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodePacket } from '../src/codec/tftp/packet.ts';
import { explain, type Explained } from '../src/core/explain/explain.ts';
import { readObservations } from '../src/core/explain/read-observations.ts';
import { families } from '../src/families/index.ts';
import { commonDiagnoses } from '../src/families/shared/diagnoses/common-diagnoses.ts';
import {
  arp,
  dhcp,
  fetched,
  mac,
  notThere,
  pcap,
  phone,
  portUnreachable,
  rrq,
  server,
  sip,
  tftp,
  udp,
  type Frame,
  type Given,
} from './explain-capture.ts';

type CaptureRow = {
  readonly name: string;
  readonly first: string;
  readonly frames: readonly Frame[];
};

const option150: Given = { options: [[150, server]] };
const exchange = (given: Given): readonly Frame[] => [
  dhcp(0, 'discover'),
  dhcp(0.1, 'offer', given),
  dhcp(0.2, 'request'),
  dhcp(0.3, 'ack', given),
];
/** Somebody else's packet, so that the capture goes on. */
const later = (seconds: number) => arp(seconds, '020000000099', '192.0.2.99');

const otherRequest = encodePacket({ kind: 'rrq', path: 'x', mode: 'octet', options: [] });

const boot: readonly Frame[] = [
  ...notThere(20, 50_000, `CTLSEP${mac}.tlv`),
  ...fetched(21, 50_001, `SEP${mac}.cnf.xml`),
  ...fetched(22, 50_002, 'P0S3-8-12-00.loads'),
  ...fetched(46, 50_003, 'SIPDefault.cnf'),
  ...fetched(47, 50_004, `SIP${mac}.cnf`),
];

const register = `REGISTER sip:${server} SIP/2.0
Via: SIP/2.0/UDP ${phone}:5060;branch=z9hG4bK1
From: <sip:100@${server}>;tag=1
To: <sip:100@${server}>
Call-ID: 1@${phone}
CSeq: 1 REGISTER
Content-Length: 0

`;
const answer = (status: string) => register.replace(/^.*\n/, `SIP/2.0 ${status}\n`);

const again = (port: number, path: string, from: number) =>
  [0, 4, 8, 12, 16].map((at) => rrq(from + at, port, path));

const rows: readonly CaptureRow[] = [
  {
    name: 'nobody answers DISCOVER',
    first: 'no-dhcp-answer',
    frames: [dhcp(0, 'discover'), dhcp(4, 'discover'), dhcp(12, 'discover'), later(40)],
  },
  { name: 'no option 150', first: 'no-option-150', frames: [...exchange({}), later(120)] },
  {
    name: 'option 66 is a name',
    first: 'option-150-expected',
    frames: [...exchange({ options: [[66, 'tftp.example']] }), later(120)],
  },
  {
    name: 'another DHCP server answers first',
    first: 'dhcp-other-tftp-server',
    frames: [
      dhcp(0, 'discover'),
      dhcp(0.1, 'offer', { from: '192.0.2.1' }),
      dhcp(0.2, 'offer', option150),
      dhcp(0.3, 'request'),
      dhcp(0.4, 'ack', { from: '192.0.2.1' }),
      later(120),
    ],
  },
  {
    name: 'TFTP is silent',
    first: 'tftp-silent',
    frames: [
      ...exchange(option150),
      ...again(50_000, `CTLSEP${mac}.tlv`, 20),
      ...again(50_001, `CTLSEP${mac}.tlv`, 40),
      later(120),
    ],
  },
  {
    name: 'nobody listens on port 69',
    first: 'tftp-refused',
    frames: [
      ...exchange(option150),
      ...[20, 24, 28].flatMap((at) => portUnreachable(at, 50_000, `CTLSEP${mac}.tlv`)),
      later(120),
    ],
  },
  {
    name: 'the answers are not acknowledged',
    first: 'return-path-blocked',
    frames: [
      ...exchange(option150),
      ...[50_000, 50_001].flatMap((port, at) => [
        rrq(20 + 30 * at, port, `SEP${mac}.cnf.xml`),
        ...[1, 3, 5].map((wait) =>
          tftp(
            20 + 30 * at + wait,
            port,
            { kind: 'data', block: 1, data: Buffer.from('<x/>') },
            true,
          ),
        ),
      ]),
      later(120),
    ],
  },
  {
    name: 'error 2 for a file that is missing',
    first: 'tftp-error-code',
    frames: [...exchange(option150), ...notThere(20, 50_000, `CTLSEP${mac}.tlv`, 2), later(120)],
  },
  {
    name: 'somebody else has the address',
    first: 'address-conflict',
    frames: [...exchange(option150), arp(1, mac, phone), arp(1.1, '020000000098', phone), ...boot],
  },
  {
    name: 'the PBX forbids it to register',
    first: 'register-forbidden',
    frames: [
      ...exchange(option150),
      ...boot,
      sip(60, register),
      sip(60.1, answer('403 Forbidden'), true),
    ],
  },
  {
    name: 'a 2004 loads the same image at every start',
    first: 'image-again',
    frames: [arp(0, mac, phone)].concat(
      [20, 140, 260].flatMap((at, boot) => [
        ...fetched(at, 50_000 + 10 * boot, '2004tftp.cfg'),
        ...fetched(at + 1, 50_001 + 10 * boot, '0692D93.bin'),
      ]),
    ),
  },
  {
    name: 'a 2004 is back on UNIStim with the port and action of SIP',
    first: 'late-unistim-session',
    frames: [
      arp(0, mac, phone),
      ...fetched(20, 50_000, '2004tftp.cfg'),
      ...fetched(21, 50_001, '0604D98.bin'),
      udp(900, ['192.0.2.99', 4000], [server, 69], otherRequest),
    ],
  },
  {
    name: 'it is registered',
    first: 'healthy',
    frames: [
      ...exchange(option150),
      ...boot,
      ...[sip(60, register), sip(60.1, answer('401 Unauthorized'), true)],
      ...[sip(60.2, register), sip(60.3, answer('200 OK'), true)],
    ],
  },
];

function told({ diagnoses }: Explained): string {
  return diagnoses.map(({ code, text, score }) => `${code} (${score}): ${text}`).join('\n');
}

describe('captures', () => {
  for (const { name, first, frames } of rows)
    test(`${name}: ${first}`, async () => {
      const options = { now: 1_800_000_000_000, zone: 0 };
      const { observations, formats } = await readObservations('x.pcap', pcap(frames), options);
      assert.match(formats.join(), /^pcap/);
      const common = commonDiagnoses;
      const { phones } = explain(observations, { families, common, packets: true });
      const own = phones.find(({ story }) => story.mac === mac);
      assert.ok(own, JSON.stringify(phones.map(({ story }) => [story.mac, story.address])));
      assert.equal(own.diagnoses[0]?.code, first, told(own));
    });
});
