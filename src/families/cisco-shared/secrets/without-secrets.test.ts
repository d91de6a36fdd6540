import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cnfValues, decodeCnf } from '../../../codec/config/cnf.ts';
import { decodeXml } from '../../../codec/config/xml.ts';
import { labSignatureLength, signLab } from '../../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../../codec/image/signed-header.ts';
import { looksSecret } from '../../../model/secret-names.ts';
import { families } from '../../index.ts';
import { secretSettings } from './secret-settings.ts';
import { withoutSecrets } from './without-secrets.ts';

const secret = 'geh3im-x7';

function hidden(path: string, text: string | Uint8Array, instead = '') {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const result = withoutSecrets(path, bytes, instead);
  const read = result.kind === 'read' ? Buffer.from(result.bytes).toString('latin1') : undefined;
  return { kind: result.kind, text: read, names: result.kind === 'unread' ? [] : result.names };
}

test('a cnf file keeps all but its secrets, in the same syntax', () => {
  const text = [
    '# made by hand',
    'line1_name: "101" ; the lobby',
    `line1_password: "${secret}" ; changed`,
    `  phone_password : ${secret}`,
    'line2_password: ""',
    'line3_password: UNPROVISIONED',
    'proxy1_address: 192.0.2.20',
    '',
  ].join('\r\n');
  const { text: without = '', names } = hidden('SIP000E84C060A6.cnf', text);
  assert.deepEqual(names, ['line1_password', 'phone_password', 'line3_password']);
  assert.equal(
    without,
    [
      '#',
      'line1_name: "101"',
      'line1_password: ""',
      '  phone_password : ""',
      'line2_password: ""',
      'line3_password: ""',
      'proxy1_address: 192.0.2.20',
      '',
    ].join('\r\n'),
  );
});

const cnfHidingPlaces: readonly (readonly [what: string, line: string])[] = [
  ['bare', `line1_password: ${secret}`],
  ['behind a semicolon', `line1_password: a;${secret}`],
  ['behind the quotes', `line1_password: "a"${secret}`],
  ['in a quote that is not closed', `line1_password: "${secret}`],
  ['in curly quotes', `line1_password: “${secret}”`],
  ['in capitals', `LINE1_PASSWORD: ${secret}`],
  ['twice', `line1_password: x\nline1_password: ${secret}`],
  ['with an equals sign', `line1_password=${secret}`],
  ['with an equals sign and a colon in it', `line1_password=${secret}:x`],
  ['without a colon', `line1_password "${secret}"`],
  ['key in quotes', `"line1_password": ${secret}`],
  ['in a comment', `# line1_password: ${secret}`],
  ['in a comment behind another value', `phone_label: x ; password ${secret}`],
  ['on the line of another value', `phone_label: x line1_password: ${secret}`],
  ['on the line of another quoted value', `phone_label: "x" line1_password: ${secret}`],
  ['of another spelling', `line1_passwd: ${secret}`],
  ['of a parameter that nobody knows', `provisioning_secret: ${secret}`],
  ['of a URL', `directory_url: "http://admin:${secret}@192.0.2.1/dir"`],
  ['in the query of a URL', `services_url: "http://192.0.2.1/?user=a&password=${secret}"`],
  ['as XML', `<authPassword>${secret}</authPassword>`],
  ['as XML with a colon', `<authPassword>${secret}:x</authPassword>`],
  ['with lone carriage returns', `line1_name: a\rline1_password: ${secret}\rline2_name: b`],
  ['on the next line', `line1_password: "a\n${secret}"`],
];

for (const [what, line] of cnfHidingPlaces)
  test(`a cnf file gives no secret away: ${what}`, () => {
    for (const end of ['\n', '\r\n', '\r', ''])
      for (const start of ['', '\uFEFF', 'line1_name: 1\n']) {
        const result = hidden('SIPDefault.cnf', `${start}${line}${end}`);
        assert.equal(result.kind, 'read');
        assert.doesNotMatch(result.text ?? '', /geh3im/);
        assert.ok(result.names.length > 0 && !result.names.join().includes('geh3im'));
        if (start.startsWith('line')) assert.match(result.text ?? '', /^line1_name: 1$/m);
      }
  });

const device = (inside: string) => `<?xml version="1.0"?>\n<device>${inside}</device>\n`;

test('an XML file keeps all but its secrets', () => {
  const line = (password: string) => `<line button="1"><name>101</name>${password}</line>`;
  const text = device(`<!-- note -->${line(`<authPassword>${secret}</authPassword>`)}<a>b</a>`);
  const { text: without, names } = hidden('SEP000E84C060A6.cnf.xml', text);
  assert.deepEqual(names, ['authPassword']);
  assert.equal(without, device(`${line('<authPassword></authPassword>')}<a>b</a>`));
});

const xmlHidingPlaces: readonly (readonly [what: string, inside: string])[] = [
  ['element', `<phonePassword>${secret}</phonePassword>`],
  ['in capitals', `<PHONEPASSWORD>${secret}</PHONEPASSWORD>`],
  ['with a prefix', `<x:sshPassword>${secret}</x:sshPassword>`],
  ['CDATA', `<adminPassword><![CDATA[${secret}]]></adminPassword>`],
  ['element in an element', `<adminPassword><value>${secret}</value></adminPassword>`],
  ['between comments', `<adminPassword><!-- a -->${secret}<!-- b --></adminPassword>`],
  ['attribute', `<line authPassword="${secret}"/>`],
  ['attribute of such an element', `<authPassword value='${secret}'/>`],
  ['named by an attribute', `<setting name="adminPassword" value="${secret}"/>`],
  ['named by an attribute, as text', `<setting name="adminPassword">${secret}</setting>`],
  ['comment', `<!-- <authPassword>${secret}</authPassword> -->`],
  ['processing instruction', `<?password ${secret}?>`],
  ['URL', `<servicesURL>http://a:${secret}@192.0.2.1/</servicesURL>`],
  ['query of a URL', `<servicesURL>http://192.0.2.1/?a=b&amp;password=${secret}</servicesURL>`],
  ['attribute with a URL', `<x url="http://a:${secret}@192.0.2.1/"/>`],
  ['over lines', `<sshPassword>\n  ${secret}\n</sshPassword>`],
  ['of a domain', `<vendorConfig><energyWiseSecret>${secret}</energyWiseSecret></vendorConfig>`],
];

for (const [what, inside] of xmlHidingPlaces)
  test(`an XML file gives no secret away: ${what}`, () => {
    const { kind, text = '', names } = hidden('SEP000E84C060A6.cnf.xml', device(inside));
    assert.equal(kind, 'read');
    assert.doesNotMatch(text, /geh3im/);
    assert.ok(names.length > 0);
    assert.equal(decodeXml(text).name, 'device');
    const shown = hidden('SEP000E84C060A6.cnf.xml', device(inside), '********').text ?? '';
    assert.doesNotMatch(shown, /geh3im/);
    assert.equal(shown.split('\n').length, device(inside).split('\n').length);
    assert.equal(decodeXml(shown).name, 'device');
  });

test('a file without secrets comes back as the same bytes', () => {
  for (const [name, text] of [
    ['SIPDefault.cnf', '# the usual ones\nproxy1_address: pbx ; here\nphone_prompt: "Password"\n'],
    ['SIPDefault.cnf', 'line1_password: ""\n'],
    ['SEP000E84C060A6.cnf.xml', device('<!-- note --><phonePassword/><label>Password</label>')],
    ['dialplan.xml', '<DIALTEMPLATE><TEMPLATE MATCH="*" Timeout="5"/></DIALTEMPLATE>'],
    ['RINGLIST.DAT', 'Secret agent\tsecret.pcm\n'],
  ] as const) {
    const bytes = Buffer.from(text);
    const result = withoutSecrets(name, bytes, '');
    assert.deepEqual(result, { kind: 'read', bytes, names: [] }, text);
    assert.equal(result.kind === 'read' && result.bytes, bytes);
  }
});

test('what cannot be read is said to be unread: core looks at it', () => {
  const utf16 = Buffer.from(`\uFEFFline1_password: ${secret}`, 'utf16le');
  for (const [name, content] of [
    ['SIPDefault.cnf', utf16],
    ['SIPDefault.cnf', utf16.subarray(2)],
    ['SEP000E84C060A6.cnf.xml', Buffer.from(`<device><authPassword>${secret}`)],
    ['SEP000E84C060A6.cnf.xml', Buffer.from(`<authPassword>${secret}</phonePassword>`)],
    ['notes.txt', Buffer.from(`the password is ${secret}`)],
    ['P0S3-8-12-00.sb2', Buffer.from('password')],
  ] as const)
    assert.equal(withoutSecrets(name, content, '').kind, 'unread', name);
});

test('a signed file with secrets is given whole or not at all', () => {
  const signed = (body: string) =>
    encodeSignedFile({
      ...{ fileName: 'SEP000E84C060A6.cnf.xml.sgn', body: Buffer.from(body), hash: 'sha1' },
      ...{ signerName: 'CN=a', signerSerial: Uint8Array.of(1), issuer: 'CN=b', sign: signLab },
      signatureLength: labSignatureLength,
    });
  const name = 'SEP000E84C060A6.cnf.xml.sgn';
  const password = `<authPassword>${secret}</authPassword>`;
  assert.equal(hidden(name, signed(device(password))).kind, 'whole-or-not');
  assert.equal(hidden('SEP000E84C060A6.xml', signed(device(password))).kind, 'whole-or-not');
  assert.deepEqual(hidden(name, signed(device('<a>b</a>'))).names, []);
});

test('whatever stands in a file, no password is left and the rest is what it was', () => {
  const word = fc.stringMatching(/^[\w.#;:"' <>&=-]{0,12}$/);
  const entry = fc.tuple(
    fc.constantFrom('line1_password', 'phone_password', 'line1_name', 'proxy1_address', 'sync'),
    fc.constantFrom(': ', ':', ' : '),
    word.map((text) => `"${text.replaceAll('"', '')}"`),
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 8 }), (entries) => {
      const text = entries.map((parts) => `${parts.join('')}\n`).join('');
      const before = cnfValues(decodeCnf(text));
      const after = cnfValues(decodeCnf(hidden('SIPDefault.cnf', text).text ?? ''));
      for (const [key, value] of before) {
        if (looksSecret(key)) assert.equal(after.get(key), '');
        else assert.equal(after.get(key), value, key);
      }
    }),
  );
});

test('random bytes give an answer, never an error', () => {
  const name = fc.constantFrom('a.cnf', 'SEP000E84C060A6.cnf.xml', 'x', 'a.xml', 'b.sgn', 'c.tlv');
  fc.assert(
    fc.property(name, fc.uint8Array({ maxLength: 300 }), (path, bytes) => {
      withoutSecrets(path, bytes, '');
    }),
  );
});

test('every parameter whose name says a secret is marked as one, and every one that is marked is known', () => {
  for (const { parameters } of families.filter(({ vendor }) => vendor === 'Cisco'))
    for (const { parameters: rows, id } of parameters)
      for (const { name, secret: isMarked, type } of rows) {
        if (type.kind !== 'text' && type.kind !== 'form') continue;
        assert.equal(isMarked === true, looksSecret(name), `${id}: ${name}`);
        if (isMarked) assert.ok(secretSettings.has(name), name);
      }
});
