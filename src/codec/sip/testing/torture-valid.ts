import assert from 'node:assert/strict';
import { headerOf, headersOf } from '../headers-of.ts';
import { parseNameAddr } from '../name-addr.ts';
import { parseSipUri, unescaped } from '../sip-uri.ts';
import { parseVia } from '../via.ts';
import { utf8Text } from '../sip-text.ts';
import type { SipMessage } from '../sip-message.ts';
import {
  lengthLine,
  offer,
  phone,
  registrar,
  usual,
  usualBut,
  wire,
  type TortureMessage,
} from './torture.ts';

const long = (word: string) => word.repeat(24);
const binary = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);

function uriOf(message: SipMessage) {
  return parseSipUri(message.kind === 'request' ? message.uri : 'a response');
}

function addressOf(message: SipMessage, name: string) {
  return parseNameAddr(name, headerOf(message, name) ?? '');
}

/** Body with parts, one of them of arbitrary bytes. */
function mixedBody(): Uint8Array {
  const text = ['--part7', 'Content-Type: text/plain', '', 'bonjour', '--part7'];
  const head = [...text, 'Content-Type: application/octet-stream', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), binary, Buffer.from('\r\n--part7--\r\n')]);
}

/** RFC 4475 sections 3.1.1.7 to 3.1.1.13: odd in other ways, and right. */
export const validTorture: readonly TortureMessage[] = [
  {
    name: 'longreq',
    section: '3.1.1.7',
    bytes: wire(
      [
        'INVITE sip:bert@example.com SIP/2.0',
        `To: "My name is of ${long('extreme')} size"<sip:bert@example.com:6000;param1=${long('long')}value;${long('name')}=short;${long('very')}NameWithNoValue>`,
        `F: sip:${long('verylongcaller')}@example.org;tag=${long('12982')};unknown${long('name')}=${long('value')};valueless${long('name')}`,
        `Call-ID: longreq.one${long('really')}longcallid`,
        'CSeq: 3882340 INVITE',
        `Unknown-${long('Long')}-Name: unknown-${long('long')}-value; unknown-${long('long')}-name = unknown-${long('long')}`,
        ...Array.from(
          { length: 33 },
          (_, index) =>
            `${['Via', 'v', 'V', 'ViA', 'VIA ', 'v  '][index % 6]}: SIP/2.0/TCP hop${index}.example.com`,
        ),
        `Via: SIP/2.0/TCP box.example.com;received=192.0.2.45;branch=very${long('long')}branch`,
        'Max-Forwards: 70',
        `Contact: <sip:${long('verylongcaller')}@box5.example.org>`,
        'Content-Type: application/sdp',
        `l: ${offer.length}`,
      ],
      offer,
    ),
    verdict: 'good',
    check(message) {
      assert.equal(headersOf(message, 'via').length, 34);
      assert.equal(parseSipUri(addressOf(message, 'to').uri).parameters.size, 3);
    },
  },
  {
    name: 'dblreq',
    section: '3.1.1.8',
    bytes: Buffer.concat([
      wire(['REGISTER sip:example.com SIP/2.0', ...usual('dblreq', '8 REGISTER'), 'l: 0']),
      wire(
        [
          'INVITE sip:other@example.com SIP/2.0',
          ...usual('dblreq2', '9 INVITE'),
          'Content-Type: application/sdp',
          lengthLine(offer),
        ],
        offer,
      ),
    ]),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      assert.equal(message.kind === 'request' && message.method, 'REGISTER');
      assert.equal(message.body.length, 0);
    },
  },
  {
    name: 'semiuri',
    section: '3.1.1.9',
    bytes: wire([
      'OPTIONS sip:bert;par=u%40example.org@example.com SIP/2.0',
      ...usualBut('semiuri', '8 OPTIONS', ['Accept: application/sdp', 'l: 0']),
    ]),
    verdict: 'good',
    check(message) {
      const { user, parameters } = uriOf(message);
      assert.equal(unescaped(user ?? ''), 'bert;par=u@example.org');
      assert.equal(parameters.size, 0);
    },
  },
  {
    name: 'transports',
    section: '3.1.1.10',
    bytes: wire([
      'OPTIONS sip:bert@example.com SIP/2.0',
      ...usualBut('transports', '60 OPTIONS', ['l: 0']).filter((line) => !line.startsWith('Via')),
      ...['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP'].map(
        (transport, index) =>
          `Via: SIP/2.0/${transport} t${index}.example.com;branch=z9hG4bKt${index}`,
      ),
    ]),
    verdict: 'good',
    check(message) {
      const transports = headersOf(message, 'via').map((via) => parseVia(via).transport);
      assert.deepEqual(transports, ['UDP', 'SCTP', 'TLS', 'UNKNOWN', 'TCP']);
    },
  },
  {
    name: 'mpart01',
    section: '3.1.1.11',
    bytes: wire(
      [
        'MESSAGE sip:bert@example.com SIP/2.0',
        ...usual('mpart01', '127 MESSAGE'),
        'Content-Type: multipart/mixed;boundary=part7',
        lengthLine(mixedBody()),
      ],
      mixedBody(),
    ),
    verdict: 'good',
    receivers: [[phone, 'good']],
    check: (message) => assert.deepEqual(Buffer.from(message.body), mixedBody()),
  },
  {
    name: 'unreason',
    section: '3.1.1.12',
    bytes: wire([
      'SIP/2.0 200 = 2**3 * 5**2 но двести двадцать семь - простое',
      ...usual('unreason', '35 INVITE'),
      'Content-Length: 0',
      'Contact: <sip:bert@box198.example.com>',
    ]),
    verdict: 'good',
    receivers: [[phone, 'good']],
    check(message) {
      const reason = message.kind === 'response' ? utf8Text(message.reason) : '';
      assert.equal(reason, '= 2**3 * 5**2 но двести двадцать семь - простое');
    },
  },
  {
    name: 'noreason',
    section: '3.1.1.13',
    bytes: wire(['SIP/2.0 100 ', ...usual('noreason', '35 INVITE'), 'Content-Length: 0']),
    verdict: 'good',
    receivers: [[phone, 'good']],
    check: (message) => assert.equal(message.kind === 'response' && message.reason, ''),
  },
];
