import { answers, hears, hearsWith, sdp, sends } from './sip-peers.ts';
import { asWritten, type SipScenario } from './sip-scenario.ts';

/** What SIPp plays to virtual phones: as their registrar, and as whoever calls or notifies them. */

/** `ends`: what becomes of the line. */
export type RegistrarPlay = SipScenario & {
  readonly ends: string;
  /** Of the phone: how long it repeats its requests hangs on it. */
  readonly timeScale?: number;
};

const password = 'secret';
const isRight = `<recv request="REGISTER"><action><verifyauth assign_to="isRight" username="205" password="${password}"/></action></recv>`;
const asksFor = (more = '') => `WWW-Authenticate: Digest realm="site", nonce="abc"${more}`;
const good = answers('200 OK', ['Expires: 60']);
const heard = '<recv request="REGISTER"/>';
/** 200 for the right credentials, 403 for others. */
const judged = [
  isRight,
  '<nop hide="true" test="isRight" next="good"/>',
  answers('403 Forbidden'),
  '<label id="good"/>',
  good,
];
/** The header must fit. */
const heardWith = (header: string, pattern: string) =>
  `<recv request="REGISTER"><action><ereg regexp="${pattern}" search_in="hdr" header="${header}" check_it="true" assign_to="1"/><log message="[$1]"/></action></recv>`;

export const asRegistrar: readonly RegistrarPlay[] = [
  play('registration', 'taken at once', 'registered', [heard, good]),
  play('registration', '423: it asks for as long as it may', 'registered', [
    heard,
    answers('423 Interval Too Brief', ['Min-Expires: 900']),
    heardWith('Expires:', '900'),
    answers('200 OK', ['Expires: 900']),
  ]),
  play('registration', '403: refused, with the answer', 'refused: 403 Forbidden', [
    heard,
    answers('403 Forbidden'),
  ]),
  play('registration', '302: refused, with the answer', 'refused: 302 Moved Temporarily', [
    heard,
    answers('302 Moved Temporarily', ['Contact: <sip:elsewhere@127.0.0.1>']),
  ]),
  play('registration', '503: refused, with the answer', 'refused: 503 Service Unavailable', [
    heard,
    answers('503 Service Unavailable'),
  ]),
  play('authentication', '401 with qop', 'registered', [
    heard,
    answers('401 Unauthorized', [asksFor(', algorithm=MD5, qop="auth"')]),
    ...judged,
  ]),
  play('authentication', '401 of RFC 2069', 'registered', [
    heard,
    answers('401 Unauthorized', [asksFor()]),
    ...judged,
  ]),
  play('authentication', '407 of a proxy', 'registered', [
    heard,
    answers('407 Proxy Authentication Required', [asksFor().replace('WWW', 'Proxy')]),
    heardWith('Proxy-Authorization:', 'Digest username=.205'),
    good,
  ]),
  play('authentication', '401 with stale: once more', 'registered', [
    heard,
    answers('401 Unauthorized', [asksFor(', qop="auth"')]),
    heard,
    answers('401 Unauthorized', [asksFor(', qop="auth", stale=true').replace('abc', 'def')]),
    heardWith('Authorization:', 'nonce=.def'),
    good,
  ]),
  play('authentication', '401 again: refused', 'refused: 401 Unauthorized', [
    heard,
    answers('401 Unauthorized', [asksFor()]),
    heard,
    answers('401 Unauthorized', [asksFor()]),
  ]),
  play('authentication', '401 with SHA-256 alone: refused', 'refused: 401 Unauthorized', [
    heard,
    answers('401 Unauthorized', [asksFor(', algorithm=SHA-256')]),
  ]),
  {
    ...play('retransmission', 'two REGISTERs lost: the same one a third time', 'registered', [
      ...[heardWith('CSeq:', '101 '), heardWith('CSeq:', '101 '), heardWith('CSeq:', '101 ')],
      good,
    ]),
    words: asWritten,
    timeScale: 0.05,
  },
  play('forking', 'two answers with different tags: the first one counts', 'registered', [
    heard,
    good,
    answers('403 Forbidden', [], 'another'),
  ]),
  play('forking', '100 and 180 of two servers before the answer', 'registered', [
    heard,
    answers('100 Trying', [], 'one'),
    answers('180 Ringing', [], 'two'),
    answers('200 OK', ['Expires: 60'], 'three'),
  ]),
];

function play(
  topic: SipScenario['topic'],
  name: string,
  ends: string,
  steps: readonly string[],
): RegistrarPlay {
  return { topic, name, ends, steps };
}

const ack = sends({ method: 'ACK', inDialog: true });
const call = (branch = '[branch]') => sends({ method: 'INVITE', body: sdp, branch });
const hangsUp = [sends({ method: 'BYE', sequence: 2, inDialog: true }), hears(200)];
const notify = (event: string) => sends({ method: 'NOTIFY', more: [`Event: ${event}`] });

/** Somebody takes each call at once. */
export const asCaller: readonly SipScenario[] = [
  said('NOTIFY', 'check-sync: 200', notify('check-sync'), hears(200)),
  said('NOTIFY', 'message-summary: 200', notify('message-summary'), hears(200)),
  said('NOTIFY', 'service-control to a 7960: 489', notify('service-control'), hears(489)),
  said('NOTIFY', 'no Event: 489', sends({ method: 'NOTIFY' }), hears(489)),
  {
    topic: 'NOTIFY',
    name: 'check-sync twice: the same answer',
    words: asWritten,
    steps: twice(
      sends({ method: 'NOTIFY', more: ['Event: check-sync'], branch: 'z9hG4bKn[call_id]' }),
      hears(200),
    ),
  },
  {
    topic: 'retransmission',
    name: '200 again until there is an ACK',
    words: asWritten,
    steps: [call(), hears(180), hears(200), hears(200), hears(200), ack, ...hangsUp],
  },
  {
    topic: 'retransmission',
    name: 'OPTIONS twice, BYE twice: the same answer',
    words: asWritten,
    steps: [
      ...twice(sends({ method: 'OPTIONS', branch: 'z9hG4bKo[call_id]' }), hears(200)),
      call(),
      ...[hears(180), hears(200), ack],
      ...twice(
        sends({ method: 'BYE', sequence: 2, inDialog: true, branch: 'z9hG4bKb[call_id]' }),
        hears(200),
      ),
    ],
  },
  said('bad messages', 'a method that nobody knows: 501', sends({ method: 'DANCE' }), hears(501)),
  said(
    'bad messages',
    'SUBSCRIBE: 405',
    sends({ method: 'SUBSCRIBE', more: ['Event: presence'] }),
    hearsWith(405, 'Allow:', 'INVITE'),
  ),
  said(
    'bad messages',
    'Require of what it cannot do: 420',
    sends({ method: 'INVITE', more: ['Require: nothing'], body: sdp }),
    hearsWith(420, 'Unsupported:', 'nothing'),
  ),
  said(
    'bad messages',
    'another version: 505',
    sends({ method: 'OPTIONS', version: 'SIP/7.0' }),
    hears(505),
  ),
  said(
    'bad messages',
    'a line that it has not: 404',
    sends({ method: 'INVITE', uri: 'sip:9@[remote_ip]', body: sdp }),
    hears(404),
  ),
  said(
    'bad messages',
    'a body that is no SDP: 415',
    sends({ method: 'INVITE', more: ['Content-Type: text/html'], body: ['hello'] }),
    hearsWith(415, 'Accept:', 'application/sdp'),
  ),
  said(
    'bad messages',
    'no codec in common: 488',
    sends({
      method: 'INVITE',
      body: sdp.map((line) =>
        line.replace(/\b0 PCMU|AVP 0/, (word) => word.replace('0', '96').replace('PCMU', 'opus')),
      ),
    }),
    hears(488),
  ),
  said(
    'bad messages',
    'SDP that cannot be read: 400',
    sends({ method: 'INVITE', body: ['v=1', 'nonsense'] }),
    hears(400),
  ),
  said('bad messages', 'BYE of no call: 481', sends({ method: 'BYE', inDialog: true }), hears(481)),
  said('bad messages', 'CANCEL of no call: 481', sends({ method: 'CANCEL' }), hears(481)),
  said('bad messages', 'no From: 400', sends({ method: 'OPTIONS', without: ['From'] }), hears(400)),
  said(
    'bad messages',
    'Max-Forwards that is no number: 400',
    sends({ method: 'OPTIONS', without: ['Max-Forwards'], more: ['Max-Forwards: many'] }),
    hears(400),
  ),
  said(
    'bad messages',
    'a body shorter than it says: 400',
    sends({ method: 'OPTIONS', length: '500' }),
    hears(400),
  ),
  said(
    'bad messages',
    'a URI that is none of SIP: 416',
    sends({ method: 'OPTIONS', uri: 'mailto:a@b' }),
    hears(416),
  ),
];

const first = 'z9hG4bKone[call_id]';
const cancelled = [
  sends({ method: 'CANCEL', branch: first }),
  ...[hears(200), hears(487)],
  sends({ method: 'ACK', inDialog: true, branch: first }),
];

/** Nobody takes the call. */
export const asRinging: readonly SipScenario[] = [
  {
    topic: 'retransmission',
    name: 'INVITE twice: one call, 180 again',
    words: asWritten,
    steps: [...twice(call(first), hears(180)), ...cancelled],
  },
  {
    topic: 'forking',
    name: 'a copy of an INVITE that came another way: 482',
    words: asWritten,
    steps: [call(first), hears(180), call('z9hG4bKtwo[call_id]'), hears(482), ...cancelled],
  },
  {
    topic: 'forking',
    name: 'another phone took it: CANCEL, 200, 487',
    words: asWritten,
    steps: [call(first), hears(180), ...cancelled],
  },
];

function said(
  topic: SipScenario['topic'],
  name: string,
  request: string,
  answer: string,
): SipScenario {
  const isInvite = request.includes(' INVITE\n');
  return { topic, name, steps: [request, answer, ...(isInvite ? [ack] : [])] };
}

function twice(request: string, answer: string): readonly string[] {
  return [request, answer, request, answer];
}
