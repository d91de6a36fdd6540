import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { authenticationText, parseAuthentication } from './authentication.ts';
import { checkSip } from './check-sip.ts';
import { composeRequest } from './compose-request.ts';
import { headerOf, headersOf, withHeader, withoutHeader } from './headers-of.ts';
import { nameAddrText, parseNameAddr } from './name-addr.ts';
import { parseSip } from './parse-sip.ts';
import { receiveSip } from './receive-sip.ts';
import { respond } from './respond.ts';
import { serializeSip } from './serialize-sip.ts';
import type { SipMessage } from './sip-message.ts';
import { escapedUser, parseSipUri, sipUriText, unescaped } from './sip-uri.ts';
import { latin1Text, utf8Text } from './sip-text.ts';
import { usual, usualBut, wire } from './testing/torture.ts';
import * as typed from './typed-headers.ts';
import { isSameSipUri, parseUri } from './uri.ts';
import { parseProducts } from './user-agent.ts';
import { parseVia, viaText } from './via.ts';

const start = 'NOTIFY sip:7001@192.0.2.7:5060 SIP/2.0';

function messageWith(...headers: readonly string[]): SipMessage {
  return parseSip(wire([start, ...usualBut('t', '1 NOTIFY', headers)]));
}

test('golden bytes of a request', () => {
  const request: SipMessage = {
    ...{ kind: 'request', method: 'NOTIFY', uri: 'sip:7001@192.0.2.7', version: 'SIP/2.0' },
    headers: [
      { name: 'v', value: 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1' },
      { name: 'Content-Length', value: '99' },
      { name: 'Event', value: 'check-sync' },
    ],
    body: Buffer.from('ab'),
  };
  assert.equal(
    Buffer.from(serializeSip(request)).toString(),
    'NOTIFY sip:7001@192.0.2.7 SIP/2.0\r\nv: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n' +
      'Content-Length: 2\r\nEvent: check-sync\r\n\r\nab',
  );
});

test('a request of its parts', () => {
  const request = composeRequest({
    ...{ method: 'NOTIFY', uri: 'sip:7001@192.0.2.7', branch: 'b1', callId: 'c1', sequence: 3 },
    sentBy: { transport: 'UDP', host: '192.0.2.1', port: 5060 },
    from: { uri: 'sip:a@192.0.2.1', parameters: new Map([['tag', 't1']]) },
    to: { displayName: 'A "B"', uri: 'sip:7001@192.0.2.7', parameters: new Map() },
    asksForPort: true,
    headers: [{ name: 'Event', value: 'check-sync' }],
  });
  assert.equal(
    Buffer.from(serializeSip(request)).toString(),
    [
      ...['NOTIFY sip:7001@192.0.2.7 SIP/2.0'],
      ...['Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKb1;rport', 'Max-Forwards: 70'],
      ...['From: <sip:a@192.0.2.1>;tag=t1', 'To: "A \\"B\\"" <sip:7001@192.0.2.7>', 'Call-ID: c1'],
      ...['CSeq: 3 NOTIFY', 'Event: check-sync', 'Content-Length: 0', '', ''],
    ].join('\r\n'),
  );
  assert.equal(checkSip(request), undefined);
});

test('what would end a line, or is no Latin-1, is not written', () => {
  const message = messageWith();
  for (const header of [
    { name: 'X', value: 'a\r\nContact: <sip:evil@example.org>' },
    { name: 'X', value: 'Zürich'.replace('ü', 'ű') },
    { name: 'X:Y', value: 'a' },
  ])
    assert.throws(() => serializeSip(withHeader(message, header)), CodecError);
  assert.throws(() => serializeSip({ ...message, version: 'SIP/2.0\n' }), CodecError);
});

const token = fc.stringMatching(/^[A-Za-z0-9\-.!%*_+`'~]{1,12}$/);
const value = fc.stringMatching(/^(?:[!-~\xa0-\xff](?:[ -~\xa0-\xff]{0,20}[!-~\xa0-\xff])?)?$/);
const headers = fc.array(
  fc.record({ name: token.filter((name) => !/^(l|content-length)$/i.test(name)), value }),
  { maxLength: 8 },
);

test('messages come back as they were written', () => {
  fc.assert(
    fc.property(headers, token, fc.uint8Array({ maxLength: 50 }), (list, method, body) => {
      const message: SipMessage = {
        ...{ kind: 'request', method, uri: 'sip:a@b', version: 'SIP/2.0', body },
        headers: [...list.map((each) => ({ ...each })), { name: 'L', value: String(body.length) }],
      };
      const read = parseSip(serializeSip(message));
      assert.deepEqual({ ...read, body: Uint8Array.from(read.body) }, message);
    }),
  );
});

test('addresses, URIs and credentials come back as they were written', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 });
  fc.assert(
    fc.property(text, token, text, (display, name, user) => {
      const displayName = latin1Text(display.replace(/[\r\n]/g, ''));
      const uri = sipUriText({
        ...{ scheme: 'sip', host: 'a.example', port: 5061 },
        ...(user !== '' && { user: escapedUser(user) }),
        parameters: new Map([[name.toLowerCase(), name]]),
      });
      const address = { displayName, uri, parameters: new Map([['tag', name]]) };
      assert.deepEqual(parseNameAddr('to', nameAddrText(address)), address);
      assert.equal(utf8Text(unescaped(parseSipUri(uri).user ?? '')), user.toWellFormed());
      assert.equal(sipUriText(parseSipUri(uri)), uri);
      const answer = { scheme: 'Digest', parameters: new Map([['realm', displayName]]) };
      assert.deepEqual(parseAuthentication('x', authenticationText(answer)), answer);
    }),
  );
});

test('errors name the field and the offset', () => {
  const faultOf = (text: string) => {
    try {
      return parseSip(Buffer.from(text)).kind;
    } catch (error) {
      return error instanceof CodecError ? [error.fault.field, error.fault.offset] : error;
    }
  };
  assert.deepEqual(faultOf(''), ['start line', 0]);
  assert.deepEqual(faultOf('HELLO\r\n\r\n'), ['start line', 0]);
  assert.deepEqual(faultOf('A sip:b HTTP/1.1\r\n\r\n'), ['start line', 0]);
  assert.deepEqual(faultOf('A sip:b SIP/2.0\r\n'), ['headers', 17]);
  assert.deepEqual(faultOf('A sip:b SIP/2.0\r\n x\r\n\r\n'), ['header', 17]);
  assert.deepEqual(faultOf('A sip:b SIP/2.0\r\nTo: x\r\nbad\r\n\r\n'), ['header', 24]);
  assert.deepEqual(faultOf('A sip:b SIP/2.0\r\nl: 5\r\n\r\nabc'), ['Content-Length', 25]);
  const flood = `A sip:b SIP/2.0\r\n${'a: b\r\n'.repeat(600)}\r\n`;
  assert.deepEqual(faultOf(flood), ['headers', 3089]);
  assert.equal(faultOf('\r\n\r\nA sip:b SIP/2.0\n\n'), 'request');
});

test('runs of blanks and brackets take no quadratic time', () => {
  const many = 60_000;
  const blanks = ' '.repeat(many);
  const before = process.cpuUsage().user;
  for (const text of [
    `INVITE${blanks}x`,
    `INVITE sip:a ${blanks}x`,
    `SIP/2.0 200${blanks}`,
    `A sip:b SIP/2.0\r\nX${blanks}`,
  ])
    assert.throws(() => parseSip(Buffer.from(`${text}\r\n`)), CodecError);
  for (const text of [`a${blanks}b`, `a ${'<'.repeat(many)}`, `a ${'"\\'.repeat(many)}`]) {
    assert.throws(() => parseVia(`SIP/2.0/UDP ${text}`), CodecError);
    assert.throws(() => parseNameAddr('to', text), CodecError);
    assert.throws(() => parseSipUri(`sip:${text}`), CodecError);
    assert.throws(() => parseAuthentication('x', `Digest ${text}`), CodecError);
    parseProducts(`((${text}`);
  }
  // Quadratic, this is minutes; it is milliseconds.
  assert.ok(process.cpuUsage().user - before < 20_000_000);
});

test('headers are found by any spelling, put in place and taken out', () => {
  const message = messageWith('M: <sip:a@b>, "x, y" <sip:c@d>;q=0.5', 'contact: <sip:e@f,g>');
  assert.deepEqual(headersOf(message, 'contact'), [
    ...['<sip:a@b>', '"x, y" <sip:c@d>;q=0.5', '<sip:e@f,g>'],
  ]);
  assert.equal(headerOf(withoutHeader(message, 'contact'), 'contact'), undefined);
  const other = withHeader(message, { name: 'm', value: '*' });
  assert.equal(typed.contactsOf(other), '*');
  assert.equal(other.headers.length, message.headers.length - 1);
});

test('typed headers', () => {
  const message = messageWith(
    ...['Event: check-sync;reboot=true', 'Subscription-State: terminated;reason=timeout'],
    ...['Reason: SIP ;cause=200 ;text="Call \\"done\\""', 'Require: a , b', 'Max-Forwards: 0'],
    ...['Date: Sat, 13 Nov 2010 23:29:00 GMT', 'Content-Type: Text / Plain ; charset=utf-8'],
    ...['Contact: <sip:a@b>;expires=60;q=0.2'],
  );
  assert.deepEqual(typed.eventOf(message), {
    ...{ word: 'check-sync', parameters: new Map([['reboot', 'true']]) },
  });
  assert.equal(typed.subscriptionStateOf(message)?.parameters.get('reason'), 'timeout');
  assert.equal(typed.reasonsOf(message)[0]?.parameters.get('text'), 'Call "done"');
  assert.deepEqual(typed.tokensOf(message, 'require'), ['a', 'b']);
  assert.equal(typed.maxForwardsOf(message), 0);
  assert.equal(typed.dateOf(message), Date.UTC(2010, 10, 13, 23, 29));
  assert.equal(typed.contentTypeOf(message)?.word, 'text/plain');
  const [contact] = typed.contactsOf(message);
  assert.ok(typeof contact === 'object');
  assert.equal(typed.secondsOf(contact.parameters.get('expires')), 60);
  assert.equal(typed.secondsOf('10000000000000'), 2 ** 32 - 1);
  assert.equal(typed.secondsOf('soon'), undefined);
  for (const bad of ['Max-Forwards: x', 'Event: ;a', 'Require: a b', 'Contact: *, <sip:a@b>'])
    assert.throws(() => {
      const wrong = messageWith(bad);
      typed.maxForwardsOf(wrong);
      typed.eventOf(wrong);
      typed.tokensOf(wrong, 'require');
      typed.contactsOf(wrong);
    }, CodecError);
});

test('URIs', () => {
  assert.deepEqual(parseSipUri('SIPS:a%40b:pw@[2001:DB8::1]:5061;lr;Transport=tcp?Subject=x'), {
    ...{ scheme: 'sips', user: 'a%40b', password: 'pw', host: '[2001:db8::1]', port: 5061 },
    parameters: new Map([
      ['lr', undefined],
      ['transport', 'tcp'],
    ]),
    headers: 'Subject=x',
  });
  assert.deepEqual(parseUri('tel:+1-201-555-0123;phone-context=example.com'), {
    ...{ scheme: 'tel', number: '+1-201-555-0123' },
    parameters: new Map([['phone-context', 'example.com']]),
  });
  assert.deepEqual(parseUri('Mailto:a@b'), { scheme: 'mailto', text: 'Mailto:a@b', isOther: true });
  for (const bad of [
    'sip:',
    'sip:@a',
    'sip:a b',
    'sip:a:99999',
    'sip:a@b@c',
    'sip:%zz@a',
    'nothing',
  ])
    assert.throws(() => parseUri(bad), CodecError, bad);
});

test('URIs that mean the same, and such that do not: RFC 3261 section 19.1.4', () => {
  const isSame = (one: string, other: string) => isSameSipUri(parseSipUri(one), parseSipUri(other));
  for (const [one, other] of [
    ['sip:%61lice@atlanta.com;transport=TCP', 'sip:alice@AtLanTa.CoM;Transport=tcp'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com;newparam=5'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;newparam=5'],
    ['sip:a@b?to=x&subject=y', 'sip:a@b?Subject=y&to=x'],
  ] as const)
    assert.ok(isSame(one, other), other);
  for (const [one, other] of [
    ['SIP:ALICE@AtLanTa.CoM', 'sip:alice@AtLanTa.CoM'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com:5060'],
    ['sip:bob@biloxi.com', 'sip:bob@biloxi.com;transport=udp'],
    ['sip:carol@chicago.com;security=on', 'sip:carol@chicago.com;security=off'],
    ['sip:carol@chicago.com', 'sip:carol@chicago.com?Subject=next'],
    ['sip:a@b', 'sips:a@b'],
  ] as const)
    assert.ok(!isSame(one, other), other);
});

test('products and comments of User-Agent', () => {
  assert.deepEqual(parseProducts('Cisco-CP7960G/8.0 (a (b) \\) c) odd / x('), [
    ...[{ name: 'Cisco-CP7960G', version: '8.0' }, { comment: 'a (b) ) c' }, { name: 'odd' }],
    ...[{ name: '', version: '' }, { name: 'x' }, { comment: '' }],
  ]);
});

test('Via is written as it was read', () => {
  const text = 'SIP/2.0/UDP [2001:db8::1]:5062;branch=z9hG4bK1;rport;received=192.0.2.1';
  assert.equal(viaText(parseVia(text)), text);
  for (const bad of ['', 'SIP/2.0/UDP', 'SIP/2.0 UDP a', 'SIP/2.0/UDP a b', 'SIP/2.0/UDP a:x'])
    assert.throws(() => parseVia(bad), CodecError, bad);
});

test('answers have one tag, also where To is broken', () => {
  const parts = { status: 400, reason: 'Bad Request', tag: 'mine' };
  const toOf = (to: string) => {
    const request = messageWith(`To: ${to}`);
    assert.ok(request.kind === 'request');
    return headerOf(respond(request, parts), 'to');
  };
  assert.equal(toOf('<sip:a@b;tag=no>'), '<sip:a@b;tag=no>;tag=mine');
  assert.equal(toOf('"a>;tag=no" <sip:a@b>'), '"a>;tag=no" <sip:a@b>;tag=mine');
  assert.equal(toOf('<sip:a@b>;tag=theirs'), '<sip:a@b>;tag=theirs');
  assert.equal(toOf('"a <sip:a@b>'), '"a <sip:a@b>;tag=mine');
});

test('sizes, methods and encodings that a receiver does not take', () => {
  const statusOf = (abilities: object, ...lines: readonly string[]) => {
    const role = { role: 'user-agent', ...abilities } as const;
    const bytes = wire([start, ...usual('s', '1 NOTIFY'), 'c: text/plain', ...lines], 'four');
    const received = receiveSip(bytes, role);
    return received.kind === 'refused' ? received.problem.status : received.kind;
  };
  assert.equal(statusOf({ mostBodyBytes: 3 }), 413);
  assert.equal(statusOf({ mostUriLength: 10 }), 414);
  assert.equal(statusOf({ methods: ['INVITE'] }), 405);
  assert.equal(statusOf({ contentTypes: ['text/plain'] }, 'e: gzip'), 415);
  assert.equal(statusOf({ contentTypes: ['text/plain'], mostBodyBytes: 4 }), 'good');
  assert.equal(receiveSip(Buffer.from('x')).kind, 'unreadable');
  const methods = messageWith();
  const problem = checkSip(methods, { role: 'user-agent', methods: ['BYE', 'ACK'] });
  assert.deepEqual(problem?.headers, [{ name: 'Allow', value: 'BYE, ACK' }]);
});
