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
  usualBut,
  wire,
  type TortureMessage,
} from './torture.ts';

const oddMethod = "!odd-Method0189_*+`.%alright'~";
const escapedMethod = 'RE%47IST%45R';

function uriOf(message: SipMessage) {
  return parseSipUri(message.kind === 'request' ? message.uri : 'a response');
}

function addressOf(message: SipMessage, name: string) {
  return parseNameAddr(name, headerOf(message, name) ?? '');
}

function contactList(message: SipMessage) {
  const contacts = contactsOf(message);
  return contacts === '*' ? [] : contacts;
}

/** RFC 4475 sections 3.1.1.1 to 3.1.1.6: odd characters, and right. */
export const characterTorture: readonly TortureMessage[] = [
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
      assert.ok(contact);
      assert.equal(contact.displayName, 'Words in ""');
      assert.deepEqual(
        [...contact.parameters],
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
];
