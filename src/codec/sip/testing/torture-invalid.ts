import assert from 'node:assert/strict';
import { CodecError } from '../../../wire/codec-error.ts';
import { dateOf } from '../typed-headers.ts';
import { lengthLine, offer, phone, proxy, usual, usualBut, wire } from './torture.ts';
import type { TortureMessage } from './torture.ts';

const invite = 'INVITE sip:bert@example.com SIP/2.0';
const options = 'OPTIONS sip:bert@example.com SIP/2.0';

/** An INVITE with some other headers, or another start line. */
function inviteWith(name: string, others: readonly string[], start = invite): Uint8Array {
  const type = 'Content-Type: application/sdp';
  return wire([start, ...usualBut(name, '8 INVITE', [type, lengthLine(offer), ...others])], offer);
}

function optionsWith(name: string, others: readonly string[], start = options): Uint8Array {
  return wire([start, ...usualBut(name, '8 OPTIONS', [...others, 'l: 0'])]);
}

/** RFC 4475 section 3.1.2: wrong by the grammar. */
export const invalidTorture: readonly TortureMessage[] = [
  {
    name: 'badinv01',
    section: '3.1.2.1',
    bytes: inviteWith('badinv01', [
      'Via: SIP/2.0/UDP 192.0.2.55;;,;,,',
      'Contact: "Anna" <sip:anna@example.org>;;;;',
    ]),
    verdict: 400,
  },
  {
    name: 'clerr',
    section: '3.1.2.2',
    bytes: inviteWith('clerr', ['Content-Length: 9999']),
    verdict: 400,
  },
  {
    name: 'ncl',
    section: '3.1.2.3',
    bytes: inviteWith('ncl', ['Content-Length: -999']),
    verdict: 400,
  },
  {
    name: 'scalar02',
    section: '3.1.2.4',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      ...usualBut('scalar02', '36893488147419103232 REGISTER', [
        'Max-Forwards: 300',
        'Expires: 10000000000000',
        'Contact: <sip:anna@box129.example.com>;expires=280297596632815',
        'Content-Length: 0',
      ]),
    ]),
    verdict: 400,
  },
  {
    name: 'scalarlg',
    section: '3.1.2.5',
    bytes: wire([
      'SIP/2.0 503 Service Unavailable',
      ...usualBut('scalarlg', '9292394834772304023312 OPTIONS', [
        'Retry-After: 949302838503028349304023988',
        'Warning: 1812 overture "Underway"',
        'Content-Length: 0',
      ]),
    ]),
    verdict: 'dropped',
  },
  {
    name: 'quotbal',
    section: '3.1.2.6',
    bytes: inviteWith('quotbal', ['To: "Mr. B. Blau <sip:bert@example.com>']),
    verdict: 400,
  },
  {
    name: 'ltgtruri',
    section: '3.1.2.7',
    bytes: inviteWith('ltgtruri', [], 'INVITE <sip:bert@example.com> SIP/2.0'),
    verdict: 400,
  },
  {
    name: 'lwsruri',
    section: '3.1.2.8',
    bytes: inviteWith('lwsruri', [], 'INVITE sip:bert@example.com; lr SIP/2.0'),
    verdict: 400,
  },
  {
    name: 'lwsstart',
    section: '3.1.2.9',
    bytes: inviteWith('lwsstart', [], 'INVITE  sip:bert@example.com  SIP/2.0'),
    verdict: 400,
  },
  {
    name: 'trws',
    section: '3.1.2.10',
    bytes: optionsWith('trws', [], 'OPTIONS sip:bert@example.com SIP/2.0  '),
    verdict: 400,
  },
  {
    name: 'escruri',
    section: '3.1.2.11',
    bytes: inviteWith(
      'escruri',
      [],
      'INVITE sip:bert@example.com?Route=%3Csip:gate.example.com%3E SIP/2.0',
    ),
    verdict: 400,
  },
  {
    // Nobody needs the date; whoever asks for it gets the fault.
    name: 'baddate',
    section: '3.1.2.12',
    bytes: inviteWith('baddate', ['Date: Fri, 01 Jan 2010 16:00:00 EST']),
    verdict: 'good',
    receivers: [
      [phone, 'good'],
      [proxy, 'good'],
    ],
    check(message) {
      assert.throws(() => dateOf(message), CodecError);
    },
  },
  {
    name: 'regbadct',
    section: '3.1.2.13',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      ...usualBut('regbadct', '998332 REGISTER', [
        'Contact: sip:anna@example.org?Route=%3Csip:gate.example.com%3E',
        'l: 0',
      ]),
    ]),
    verdict: 400,
  },
  {
    name: 'badaspec',
    section: '3.1.2.14',
    bytes: optionsWith('badaspec', ['To: "Blau, Bert" < sip:bert@example.com >']),
    verdict: 400,
  },
  {
    name: 'baddn',
    section: '3.1.2.15',
    bytes: optionsWith('baddn', ['From: Gruen, Anna <sip:anna@example.org>;tag=43']),
    verdict: 400,
  },
  {
    name: 'badvers',
    section: '3.1.2.16',
    bytes: optionsWith('badvers', [], 'OPTIONS sip:bert@example.com SIP/7.0'),
    verdict: 505,
  },
  {
    name: 'mismatch01',
    section: '3.1.2.17',
    bytes: wire([options, ...usual('mismatch01', '8 INVITE'), 'l: 0']),
    verdict: 400,
  },
  {
    name: 'mismatch02',
    section: '3.1.2.18',
    bytes: inviteWith('mismatch02', [], 'NEWMETHOD sip:bert@example.com SIP/2.0'),
    verdict: 400,
  },
  {
    name: 'bigcode',
    section: '3.1.2.19',
    bytes: wire(['SIP/2.0 4294967301 better not', ...usual('bigcode', '8 INVITE'), 'l: 0']),
    verdict: 'dropped',
  },
];
