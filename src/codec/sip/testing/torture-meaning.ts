import assert from 'node:assert/strict';
import { contactsOf } from '../typed-headers.ts';
import { headerOf } from '../headers-of.ts';
import { parseAuthentication } from '../authentication.ts';
import { parseSipUri } from '../sip-uri.ts';
import { responseAddress } from '../response-route.ts';
import { serverKey } from '../transaction-key.ts';
import type { SipMessage } from '../sip-message.ts';
import {
  lengthLine,
  offer,
  phone,
  proxy,
  registrar,
  usual,
  usualBut,
  wire,
  type TortureMessage,
} from './torture.ts';

const options = 'OPTIONS sip:bert@example.com SIP/2.0';
const register = 'REGISTER sip:example.com SIP/2.0';
const invite = 'INVITE sip:bert@example.com SIP/2.0';

function registerWith(name: string, others: readonly string[]): Uint8Array {
  return wire([register, ...usualBut(name, '8 REGISTER', [...others, 'l: 0'])]);
}

function firstContact(message: SipMessage) {
  const contacts = contactsOf(message);
  assert.ok(contacts !== '*' && contacts[0]);
  return contacts[0];
}

/** RFC 4475 sections 3.2 to 3.4: well formed, and what it means is the question. */
export const meaningTorture: readonly TortureMessage[] = [
  {
    name: 'badbranch',
    section: '3.2.1',
    bytes: wire([
      options,
      ...usualBut('badbranch', '8 OPTIONS', ['Via: SIP/2.0/UDP 192.0.2.51;branch=z9hG4bK', 'l: 0']),
    ]),
    verdict: 'good',
    check(message) {
      assert.ok(message.kind === 'request');
      // The branch says nothing: another call is another transaction.
      const other = { name: 'Call-ID', value: 'other' };
      const headers = message.headers.map((each) => (each.name === 'Call-ID' ? other : each));
      assert.notEqual(serverKey(message), serverKey({ ...message, headers }));
    },
  },
  {
    name: 'insuf',
    section: '3.3.1',
    bytes: wire(
      [
        invite,
        'CSeq: 193942 INVITE',
        'Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKinsuf',
        'Content-Type: application/sdp',
        lengthLine(offer),
      ],
      offer,
    ),
    verdict: 400,
  },
  {
    name: 'unkscm',
    section: '3.3.2',
    bytes: wire([
      'OPTIONS noSuchScheme:opaquecontent SIP/2.0',
      ...usualBut('unkscm', '8 OPTIONS', ['l: 0']),
    ]),
    verdict: 'good',
    receivers: [
      [phone, 416],
      [registrar, 416],
      [proxy, 416],
    ],
  },
  {
    name: 'novelsc',
    section: '3.3.3',
    bytes: wire([
      'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0',
      ...usualBut('novelsc', '8 OPTIONS', ['l: 0']),
    ]),
    verdict: 'good',
    receivers: [
      [phone, 416],
      [proxy, 416],
    ],
  },
  {
    name: 'unksm2',
    section: '3.3.4',
    bytes: registerWith('unksm2', [
      'To: isbn:3161484100',
      'From: <http://www.example.org>;tag=3234233',
      'Contact: <name:Anna_Gruen>',
    ]),
    verdict: 'good',
    receivers: [
      [registrar, 400],
      [proxy, 'good'],
    ],
  },
  {
    name: 'bext01',
    section: '3.3.5',
    bytes: wire([
      options,
      ...usualBut('bext01', '8 OPTIONS', [
        'Proxy-Require: noProxySupportsThis, norThis',
        'Require: noPhoneSupportsThis, norThisEither',
        'l: 0',
      ]),
    ]),
    verdict: 'good',
    receivers: [
      [phone, 420],
      [proxy, 420],
    ],
  },
  {
    name: 'invut',
    section: '3.3.6',
    bytes: wire(
      [
        invite,
        ...usual('invut', '8 INVITE'),
        'Content-Type: application/unknownformat',
        'Content-Length: 14',
      ],
      '<audio><pcmu/>',
    ),
    verdict: 'good',
    receivers: [
      [phone, 415],
      [proxy, 'good'],
    ],
  },
  {
    // What the registrar cannot read is no credentials: it challenges.
    name: 'regaut01',
    section: '3.3.7',
    bytes: registerWith('regaut01', ['Authorization: NoSuchScheme opaque-data=here']),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      const { scheme } = parseAuthentication('x', headerOf(message, 'authorization') ?? '');
      assert.equal(scheme, 'NoSuchScheme');
    },
  },
  {
    name: 'multi01',
    section: '3.3.8',
    bytes: wire(
      [
        invite,
        ...usual('multi01', '8 INVITE'),
        'CSeq: 59 INVITE',
        'Call-ID: multi01.other',
        'From: sip:carl@example.com;tag=3413415',
        'To: sip:dora@example.com',
        'Max-Forwards: 5',
        'Content-Type: application/sdp',
        lengthLine(offer),
      ],
      offer,
    ),
    verdict: 400,
  },
  {
    name: 'mcl01',
    section: '3.3.9',
    bytes: wire(
      [
        options,
        ...usual('mcl01', '8 OPTIONS'),
        'Content-Length: 13',
        'Content-Type: text/plain',
        'Content-Length: 5',
      ],
      'Nobody knows how many bytes of this are meant.',
    ),
    verdict: 400,
  },
  {
    name: 'bcast',
    section: '3.3.10',
    bytes: wire(
      [
        'SIP/2.0 200 OK',
        'Via: SIP/2.0/UDP 192.0.2.98;branch=z9hG4bK1324',
        'Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK8821',
        ...usual('bcast', '8 INVITE').slice(1),
        'Content-Type: application/sdp',
        lengthLine(offer),
      ],
      offer,
    ),
    verdict: 'good',
    receivers: [
      [phone, 'dropped'],
      [proxy, 'good'],
    ],
    check(message) {
      assert.ok(message.kind === 'response');
      // As a proxy would hand it on.
      const headers = message.headers.filter((each) => !each.value.includes('192.0.2.98'));
      assert.equal(responseAddress({ ...message, headers }), undefined);
    },
  },
  {
    name: 'zeromf',
    section: '3.3.11',
    bytes: wire([options, ...usualBut('zeromf', '8 OPTIONS', ['Max-Forwards: 0', 'l: 0'])]),
    verdict: 'good',
    receivers: [
      [phone, 'good'],
      [proxy, 483],
    ],
  },
  {
    name: 'cparam01',
    section: '3.3.12',
    bytes: registerWith('cparam01', ['Contact: sip:+12025550143@gw1.example.org;strangeparam']),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      const { uri, parameters } = firstContact(message);
      assert.equal(uri, 'sip:+12025550143@gw1.example.org');
      assert.ok(parameters.has('strangeparam'));
    },
  },
  {
    name: 'cparam02',
    section: '3.3.13',
    bytes: registerWith('cparam02', ['Contact: <sip:+12025550143@gw1.example.org;strangeparam>']),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      const { uri, parameters } = firstContact(message);
      assert.ok(parseSipUri(uri).parameters.has('strangeparam'));
      assert.equal(parameters.size, 0);
    },
  },
  {
    name: 'regescrt',
    section: '3.3.14',
    bytes: registerWith('regescrt', [
      'Contact: <sip:anna@example.org?Route=%3Csip:gate.example.com%3E>',
    ]),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      const { headers } = parseSipUri(firstContact(message).uri);
      assert.equal(headers, 'Route=%3Csip:gate.example.com%3E');
    },
  },
  {
    name: 'sdp01',
    section: '3.3.15',
    bytes: wire(
      [
        invite,
        ...usual('sdp01', '8 INVITE'),
        'Accept: text/noSuchThing',
        'Content-Type: application/sdp',
        lengthLine(offer),
      ],
      offer,
    ),
    verdict: 'good',
    receivers: [
      [phone, 406],
      [proxy, 'good'],
    ],
  },
  {
    name: 'inv2543',
    section: '3.4.1',
    bytes: wire(
      [
        'INVITE sip:bert@example.com SIP/2.0',
        'Via: SIP/2.0/UDP oldgate.example.com',
        'From: <sip:+12025550188@old.example.org;user=phone>',
        'Record-Route: <sip:bert@example.com;maddr=hop.example.com>',
        'To: sip:+16505550122@hop.example.com;user=phone',
        'Call-ID: inv2543.1717@old.example.org',
        'CSeq: 56 INVITE',
        'Content-Type: application/sdp',
      ],
      offer,
    ),
    verdict: 'good',
    receivers: [
      [phone, 'good'],
      [proxy, 'good'],
    ],
    check(message) {
      assert.equal(Buffer.from(message.body).toString(), offer);
      assert.ok(message.kind === 'request' && serverKey(message) !== '');
    },
  },
];
