import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutSecrets } from './without-secrets.ts';

const secret = 'geh3im';

function hidden(path: string, text: string, instead = '') {
  const result = withoutSecrets(path, Buffer.from(text), instead);
  const read = result.kind === 'read' ? Buffer.from(result.bytes).toString('utf8') : undefined;
  return { kind: result.kind, text: read, names: result.kind === 'unread' ? [] : result.names };
}

test('the files of a 2004 hold no secret and stay as they are', () => {
  for (const [path, text] of [
    ['2004tftp.cfg', '\uFEFF[FW] \r\nVERSION 1 # a\r\n'],
    ['2004sysConfig.dat', 'VMAIL 64167530#\n'],
    ['a/SipUpgradeConfigFile.txt', 'S1.Server.IP=192.0.2.1'],
  ] as const)
    assert.deepEqual(hidden(path, text), { kind: 'read', text, names: [] });
});

test('files of later phones keep all but their secrets', () => {
  const text = `[USER_CONFIG]\n# by hand\nSRV_USER_NAME phones\nSRV_USER_PASS ${secret} # new\nPROTOCOL HTTP # as ever\n`;
  const file = '1140eSIP.cfg';
  assert.deepEqual(hidden(file, text), {
    kind: 'read',
    text: '[USER_CONFIG]\n#\nSRV_USER_NAME phones\nSRV_USER_PASS \nPROTOCOL HTTP\n',
    names: ['SRV_USER_PASS'],
  });
  assert.equal(
    hidden(file, text, '****').text,
    '[USER_CONFIG]\n# by hand\nSRV_USER_NAME phones\nSRV_USER_PASS ****\nPROTOCOL HTTP # as ever\n',
  );
});

const hidingPlaces: readonly (readonly [what: string, line: string])[] = [
  ['of a server', `SRV_USER_PASS ${secret}`],
  ['in small letters', `srv_user_pass ${secret}`],
  ['of the administrator', `ADMIN_PASSWORD ${secret}`],
  ['of a line', `AUTOLOGIN_PASSWD_KEY01 ${secret}`],
  ['of a line with a high number', `AUTOLOGIN_PASSWD_KEY24 ${secret}`],
  ['of a keyword that nobody knows', `WIFI_PASSPHRASE ${secret}`],
  ['behind a sign #', `ADMIN_PASSWORD x#${secret}`],
  ['in a comment', `# ADMIN_PASSWORD ${secret}`],
  ['in a comment behind a value', `VMAIL 1 # password ${secret}`],
  ['with an equals sign', `ADMIN_PASSWORD=${secret}`],
  ['on the line of another value', `BANNER x ADMIN_PASSWORD ${secret}`],
  ['of a URL', `BANNER http://admin:${secret}@192.0.2.1/`],
  ['behind a section', `[FW] password ${secret}`],
  ['with lone carriage returns', `VMAIL 1\rADMIN_PASSWORD ${secret}\rVMAIL 2`],
];

for (const [what, line] of hidingPlaces)
  test(`no secret is given away: ${what}`, () => {
    for (const [path, start] of [
      ['1140eSIP.cfg', '[FW]\n'],
      ['2004tftp.cfg', '[FW]\nVMAIL 1\n'],
      ['2004sysConfig.dat', ''],
    ] as const)
      for (const end of ['\n', '\r\n', '\r', '']) {
        const result = hidden(path, `${start}${line}${end}`);
        assert.equal(result.kind, 'read');
        assert.doesNotMatch(result.text ?? '', /geh3im/);
        assert.ok(result.names.length > 0 && !result.names.join().includes('geh3im'));
      }
  });

test('what is no file of theirs is not read', () => {
  for (const [path, text] of [
    ['SIPDefault.cnf', `line1_password: ${secret}`],
    ['notes.txt', `ADMIN_PASSWORD ${secret}`],
    ['2004SIP.img', 'x'],
    ['francais.lng', 'x'],
    ['router.cfg', 'hostname a'],
    ['2004tftp.cfg', '[FW]\0'],
  ] as const)
    assert.equal(hidden(path, text).kind, 'unread', path);
  const utf16 = withoutSecrets('2004tftp.cfg', Uint8Array.of(0xff, 0xfe, 0x41, 0), '');
  assert.equal(utf16.kind, 'unread');
});

test('a secret that was told of is in no byte of what is left, and the rest is read again', () => {
  const unit = fc.constantFrom(
    'VMAIL 1',
    'SRV_USER_PASS ',
    secret,
    '#',
    ' ',
    '\n',
    '\r\n',
    '[FW]',
    'é',
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const once = hidden(
        '2004tftp.cfg',
        `SRV_USER_PASS ${secret}\n${text.replaceAll(secret, '')}`,
      );
      assert.doesNotMatch(once.text ?? secret, /geh3im/);
      const twice = hidden('2004tftp.cfg', once.text ?? '');
      assert.ok(
        twice.names.every((name) => name !== 'SRV_USER_PASS' || !/PASS \S/.test(once.text ?? '')),
      );
    }),
  );
});
