import assert from 'node:assert/strict';
import { contactsOf, maxForwardsOf } from '../typed-headers.ts';
import { headerOf, headersOf } from '../headers-of.ts';
import { parseCSeq } from '../cseq.ts';
import { parseNameAddr } from '../name-addr.ts';
import { parseSipUri, unescaped } from '../sip-uri.ts';
import { parseVia } from '../via.ts';
import { utf8Text } from '../sip-text.ts';
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

const oddMethod = "!odd-Method0189_*+`.%alright'~";
const escapedMethod = 'RE%47IST%45R';
const long = (word: string) => word.repeat(24);
const binary = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 256);

function uriOf(message: SipMessage) {
  assert.equal(message.kind, 'request');
  return parseSipUri(message.kind === 'request' ? message.uri : '');
}

function addressOf(message: SipMessage, name: string) {
  return parseNameAddr(name, headerOf(message, name) ?? '');
}

function contactList(message: SipMessage) {
  const contacts = contactsOf(message);
  assert.notEqual(contacts, '*');
  return contacts === '*' ? [] : contacts;
}

/** Body with parts, one of them of arbitrary bytes. */
function mixedBody(): Uint8Array {
  const text = ['--part7', 'Content-Type: text/plain', '', 'bonjour', '--part7'];
  const head = [...text, 'Content-Type: application/octet-stream', '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), binary, Buffer.from('\r\n--part7--\r\n')]);
}

/** RFC 4475 section 3.1.1: odd, and right. */
export const validTorture: readonly TortureMessage[] = [
  {
    name: 'wsinv',
    section: '3.1.1.1',
    bytes: wire(
      [
        'INVITE sip:bert@desk.example.com;strangeparam SIP/2.0',
        'TO :',
        ' sip:bert@desk.example.com ;   tag    = 4711x',
        'from   : "A Gruen \\\\\\""       <sip:anna@example.org>',
        '  ;',
        '  tag = 0815y',
        'MaX-fOrWaRdS: 0068',
        'Call-ID: wsinv.7fae@192.0.2.41',
        `Content-Length   : ${offer.length}`,
        'cseq: 0009',
        '  INVITE',
        'Via  : SIP  /   2.0',
        ' /UDP',
        '    192.0.2.42;branch=781kdjuw',
        's :',
        'BrandNewHeader:   brand new value',
        ' and more of it',
        'HeaderNobodyKnowsWithOddValue: ;;,,;;,;',
        'Content-Type: application/sdp',
        'Route:',
        ' <sip:gate.example.com;lr;strangewith=value;strange-no-value>',
        'v:  SIP  / 2.0  / TCP     inner.example.com   ;',
        '  branch  =   z9hG4bK8811a  ,',
        ' SIP  /    2.0   / UDP  192.0.2.43   ; branch=',
        ' z9hG4bK8811b',
        'm:"Words in \\"\\"" <sip:anna@example.org> ; newparam =',
        '      newvalue ;',
        '  secondparam ; q = 0.33',
      ],
      offer,
    ),
    verdict: 'good',
    check(message) {
      assert.equal(parseCSeq(headerOf(message, 'cseq') ?? '').number, 9);
      assert.equal(maxForwardsOf(message), 68);
      assert.equal(headerOf(message, 'subject'), '');
      assert.equal(addressOf(message, 'from').displayName, 'A Gruen \\"');
      assert.equal(addressOf(message, 'to').parameters.get('tag'), '4711x');
      assert.equal(headerOf(message, 'brandnewheader'), 'brand new value and more of it');
      assert.equal(headerOf(message, 'headernobodyknowswithoddvalue'), ';;,,;;,;');
      const vias = headersOf(message, 'via').map(parseVia);
      assert.deepEqual(
        vias.map((via) => [via.transport, via.host, via.parameters.get('branch')]),
        [
          ['UDP', '192.0.2.42', '781kdjuw'],
          ['TCP', 'inner.example.com', 'z9hG4bK8811a'],
          ['UDP', '192.0.2.43', 'z9hG4bK8811b'],
        ],
      );
      const [contact] = contactList(message);
      assert.equal(contact?.displayName, 'Words in ""');
      assert.deepEqual(
        [...(contact?.parameters ?? [])],
        [
          ['newparam', 'newvalue'],
          ['secondparam', undefined],
          ['q', '0.33'],
        ],
      );
      assert.deepEqual([...uriOf(message).parameters], [['strangeparam', undefined]]);
      assert.equal(Buffer.from(message.body).toString(), offer);
    },
  },
  {
    name: 'intmeth',
    section: '3.1.1.2',
    bytes: wire([
      `${oddMethod} sip:7_odd.URI~(may-be!so)&isn't+it$/wild?,/;;*:&it+has=1,odd!*pa$ss~d_too.(doesn't-it)@example.org SIP/2.0`,
      "Via: SIP/2.0/TCP box3.example.org;branch=z9hG4bK-.!%66*_+`'~",
      'To: "BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f" <sip:7_odd.URI~(may-be!so)&isn\'t+it$/wild?,/;;*@example.org>',
      "From: word1~` word2'+_ word3*%!.- <sip:plain@example.org>;fromParam''~+*_!.-%=\"трубка\";tag=_tag~1'+`*%!-.",
      'Call-ID: intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{',
      `CSeq: 139122385 ${oddMethod}`,
      'Max-Forwards: 255',
      "extensionHeader-!.%*+_`'~:\ufeff電話機",
      'Content-Length: 0',
    ]),
    verdict: 'good',
    receivers: [
      [phone, 501],
      [proxy, 'good'],
    ],
    check(message) {
      const { user, password, host } = uriOf(message);
      assert.equal(user, "7_odd.URI~(may-be!so)&isn't+it$/wild?,/;;*");
      assert.equal(password, "&it+has=1,odd!*pa$ss~d_too.(doesn't-it)");
      assert.equal(host, 'example.org');
      assert.equal(addressOf(message, 'to').displayName, 'BEL:\x07 NUL:\x00 DEL:\x7f');
      const from = addressOf(message, 'from');
      assert.equal(from.displayName, "word1~` word2'+_ word3*%!.-");
      assert.equal(utf8Text(from.parameters.get("fromparam''~+*_!.-%") ?? ''), '"трубка"');
      assert.equal(from.parameters.get('tag'), "_tag~1'+`*%!-.");
      const extension = headerOf(message, "extensionheader-!.%*+_`'~") ?? '';
      assert.equal(extension, Buffer.from('\ufeff電話機').toString('latin1'));
    },
  },
  {
    name: 'esc01',
    section: '3.1.1.3',
    bytes: wire(
      [
        'INVITE sip:sips%3Abert%40example.com@example.org SIP/2.0',
        'To: sip:%62er%74@example.com',
        'From: <sip:Two%20words%20here@example.org>;tag=938',
        'Max-Forwards: 87',
        'i: esc01.7720',
        'CSeq: 234234 INVITE',
        'Via: SIP/2.0/UDP box5.example.org;branch=z9hG4bKesc01',
        'C: application/sdp',
        'Contact:',
        '  <sip:an%6Ea@box5.example.org;%6C%72;n%61me=v%61lue%25%34%31>',
        lengthLine(offer),
      ],
      offer,
    ),
    verdict: 'good',
    check(message) {
      assert.equal(unescaped(uriOf(message).user ?? ''), 'sips:bert@example.com');
      assert.equal(unescaped(parseSipUri(addressOf(message, 'to').uri).user ?? ''), 'bert');
      const from = parseSipUri(addressOf(message, 'from').uri);
      assert.equal(unescaped(from.user ?? ''), 'Two words here');
      const { user, parameters } = parseSipUri(contactList(message)[0]?.uri ?? '');
      assert.equal(unescaped(user ?? ''), 'anna');
      assert.deepEqual(
        [...parameters].map(([name, value]) => [unescaped(name), value && unescaped(value)]),
        [
          ['lr', undefined],
          ['name', 'value%41'],
        ],
      );
    },
  },
  {
    name: 'escnull',
    section: '3.1.1.4',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'To: sip:nul-%00-nul@example.com',
      'From: sip:nul-%00-nul@example.com;tag=839923423',
      'Max-Forwards: 70',
      'Call-ID: escnull.3920',
      'CSeq: 14398234 REGISTER',
      'Via: SIP/2.0/UDP box5.example.com;branch=z9hG4bKescnull',
      'Contact: <sip:%00@box5.example.com>',
      'Contact: <sip:%00%00@box5.example.com>',
      'L:0',
    ]),
    verdict: 'good',
    receivers: [[registrar, 'good']],
    check(message) {
      const to = parseSipUri(addressOf(message, 'to').uri);
      assert.equal(unescaped(to.user ?? ''), 'nul-\0-nul');
      const users = contactList(message).map(({ uri }) => unescaped(parseSipUri(uri).user ?? ''));
      assert.deepEqual(users, ['\0', '\0\0']);
    },
  },
  {
    name: 'esc02',
    section: '3.1.1.5',
    bytes: wire([
      `${escapedMethod} sip:registrar.example.com SIP/2.0`,
      'To: "%Z%45" <sip:anna@example.com>',
      'From: "%Z%45" <sip:anna@example.com>;tag=f232',
      'Call-ID: esc02.asd',
      'Via: SIP/2.0/TCP box.example.com;branch=z9hG4bK209%fzsn',
      `CSeq: 29344 ${escapedMethod}`,
      'Max-Forwards: 70',
      'Contact: <sip:first@box1.example.com>',
      'C%6Fntact: <sip:second@box2.example.com>',
      'Contact: <sip:third@box3.example.com>',
      'l: 0',
    ]),
    verdict: 'good',
    receivers: [
      [phone, 501],
      [registrar, 501],
    ],
    check(message) {
      assert.equal(addressOf(message, 'from').displayName, '%Z%45');
      assert.equal(contactList(message).length, 2);
    },
  },
  {
    name: 'lwsdisp',
    section: '3.1.1.6',
    bytes: wire([
      'OPTIONS sip:bert@example.com SIP/2.0',
      ...usualBut('lwsdisp', '60 OPTIONS', ['From: caller<sip:anna@example.org>;tag=323', 'l: 0']),
    ]),
    verdict: 'good',
    check: (message) => assert.equal(addressOf(message, 'from').displayName, 'caller'),
  },
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
      assert.equal(message.kind, 'response');
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
