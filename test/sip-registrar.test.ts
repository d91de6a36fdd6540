import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { authenticationText, parseAuthentication } from '../src/codec/sip/authentication.ts';
import { answerChallenge } from '../src/codec/sip/digest.ts';
import { headerOf, headersOf } from '../src/codec/sip/headers-of.ts';
import type { SipResponse } from '../src/codec/sip/sip-message.ts';
import { SipPhone } from './sip-phone.ts';
import { hookflash, temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';
import { deskMac, serveSip, sipSite, type SipSite } from './sip-site.ts';
import { runSipp, scenario, sends } from './sipp.ts';
import type { TestContext } from 'node:test';

const contact = 'Contact: <sip:7001@[local_ip]:[local_port]>';
const credentials = '[authentication username=u7001 password=p7001]';
const asked = '<recv response="401" auth="true"/>';
const taken = (check = '') => `<recv response="200">${check}</recv>`;
/** Fails the call unless the header matches. */
const checks = (header: string, pattern: string) =>
  `<action><ereg regexp="${pattern}" search_in="hdr" header="${header}" check_it="true" assign_to="1"/><log message="[$1]"/></action>`;

async function play(
  t: TestContext,
  site: SipSite,
  steps: readonly string[],
  more: readonly string[] = [],
) {
  const sipp = requirePeer(t, 'sipp');
  if (sipp === undefined) return undefined;
  const ended = await runSipp(sipp, await temporaryFolder(t), scenario(...steps), [
    ...more,
    site.sip,
  ]);
  assert.equal(ended.code, 0, ended.messages);
  return ended.messages;
}

for (const [name, transport] of [
  ['UDP', 'u1'],
  ['TCP', 't1'],
] as const)
  test(`SIPp registers, asks and takes back by ${name}`, async (t) => {
    const site = await sipSite(t);
    const messages = await play(
      t,
      site,
      [
        sends({ headers: [contact, 'Expires: 600'] }),
        asked,
        sends({ sequence: 2, headers: [contact, 'Expires: 600', credentials] }),
        taken(checks('Contact:', 'expires=600')),
        sends({ sequence: 3, headers: [credentials] }),
        taken(checks('Contact:', '7001')),
        sends({ sequence: 4, headers: ['Contact: *', 'Expires: 0', credentials] }),
        taken(),
      ],
      ['-t', transport],
    );
    if (messages === undefined) return;
    assert.match(messages, /WWW-Authenticate: Digest realm="hookflash"/);
    await site.server.line((line) => line.event === 'registration' && line.outcome === 'removed');
    const outcomes = site.events('registration').map(({ outcome }) => outcome);
    assert.deepEqual(outcomes, ['challenged', 'registered', 'asked', 'removed']);
    assert.equal(site.events('registration').at(-1)?.mac, deskMac);
    assert.doesNotMatch(JSON.stringify(site.events('registration')), /p7001/);
    assert.equal(await site.server.end(), 0);
  });

test('registrations and their order outlast kill -9 of the server', async (t) => {
  const site = await sipSite(t);
  const first = [
    sends({ headers: [contact] }),
    asked,
    sends({ sequence: 5, headers: [contact, credentials] }),
    taken(),
  ];
  const port = ['-p', '23981', '-cid_str', 'the-call'];
  if ((await play(t, site, first, port)) === undefined) return;
  await site.server.end('SIGKILL');
  const again = await serveSip(t, site.dir);
  // A number that the first run has had already is told so by the second one.
  await play(
    t,
    again,
    [
      sends({ sequence: 3, headers: [contact] }),
      asked,
      sends({ sequence: 4, headers: [contact, credentials] }),
      '<recv response="500"/>',
      sends({ sequence: 6, headers: [credentials] }),
      taken(checks('Contact:', '7001.*expires=')),
    ],
    port,
  );
  assert.equal(await again.server.end(), 0);
});

test('what is wrong is said: passwords, lines, times, methods', async (t) => {
  const site = await sipSite(t);
  const wrong = '[authentication username=u7001 password=other]';
  const one = await play(t, site, [
    sends({ headers: [contact] }),
    asked,
    sends({ sequence: 2, headers: [contact, wrong] }),
    asked,
    sends({ sequence: 3, headers: [contact, 'Expires: 5', credentials] }),
    `<recv response="423">${checks('Min-Expires:', '60')}</recv>`,
    sends({ sequence: 4, headers: ['Contact: *', credentials] }),
    '<recv response="400"/>',
  ]);
  if (one === undefined) return;
  const found = await site.server.line(({ event }) => event === 'finding');
  assert.equal((found.finding as { readonly code: string }).code, 'register-password-wrong');
  await play(t, site, [sends({ user: '9', headers: [contact] }), '<recv response="404"/>']);
  const rows: readonly (readonly [string, string, string])[] = [
    [
      'SUBSCRIBE',
      'sip:7001@[remote_ip]',
      `<recv response="405">${checks('Allow:', 'REGISTER')}</recv>`,
    ],
    ['FROBNICATE', 'sip:[remote_ip]', '<recv response="501"/>'],
    ['OPTIONS', 'sip:[remote_ip]', `<recv response="200">${checks('Allow:', 'REGISTER')}</recv>`],
    ['OPTIONS', 'sip:9@[remote_ip]', '<recv response="404"/>'],
    ['INVITE', 'sip:7001@[remote_ip]', '<recv response="480"/>'],
    ['INVITE', 'sip:9@[remote_ip]', '<recv response="404"/>'],
    ['OPTIONS', 'mailto:a@b', '<recv response="416"/>'],
  ];
  for (const [method, uri, answer] of rows) await play(t, site, [sends({ method, uri }), answer]);
  await play(t, site, [
    sends({ headers: [contact, 'Require: gruu'] }),
    `<recv response="420">${checks('Unsupported:', 'gruu')}</recv>`,
  ]);
  assert.equal(await site.server.end(), 0);
});

function rawRequest(more: readonly string[], start = 'REGISTER sip:127.0.0.1 SIP/2.0', body = '') {
  const lines = [
    'From: <sip:7001@h>;tag=1',
    'To: <sip:7001@h>',
    'Call-ID: raw',
    'CSeq: 1 REGISTER',
  ];
  return `${[start, ...more, ...lines].join('\r\n')}\r\n\r\n${body}`;
}

test('what comes again is answered the same; bad messages are told their fault', async (t) => {
  const site = await sipSite(t);
  const server = { address: '127.0.0.1', port: site.port };
  const phone = await SipPhone.open(t, { server, address: '127.0.0.4', user: '7001' });
  const via = (branch: string) => `Via: SIP/2.0/UDP 192.0.2.99:7;rport;branch=z9hG4bK${branch}`;
  const same = rawRequest([via('same'), 'Max-Forwards: 70']);
  const answers = [await phone.raw(same), await phone.raw(same)];
  assert.deepEqual(answers[0], answers[1]);
  assert.equal(answers[0]?.status, 401);
  const route = headerOf(answers[0], 'via') ?? '';
  assert.match(route, new RegExp(`rport=${phone.port}.*received=127\\.0\\.0\\.4`));
  const algorithms = headersOf(answers[0], 'www-authenticate').map(
    (each) => /algorithm=([^,]+)/.exec(each)?.[1],
  );
  assert.deepEqual(algorithms, ['SHA-256', 'MD5']);
  assert.equal(site.events('registration').length, 1, 'it counts once');
  const rows: readonly (readonly [text: string, status: number])[] = [
    [rawRequest([via('a'), 'Max-Forwards: 70', 'Max-Forwards: 70']), 400],
    [rawRequest([via('b')], 'REGISTER sip:127.0.0.1 SIP/7.0'), 505],
    [rawRequest([via('c')], 'OPTIONS sip:127.0.0.1 SIP/2.0'), 400],
    [rawRequest([via('d'), 'Content-Length: 500'], undefined, 'short'), 400],
    [rawRequest([via('e'), `Via: SIP/2.0/UDP ${site.sip};branch=z9hG4bKown`]), 482],
  ];
  for (const [text, status] of rows) assert.equal((await phone.raw(text)).status, status, text);
  await site.server.line(({ event }) => event === 'problem');
  // Nothing of it stands in the way of a phone with the stronger of the two.
  const strong = await SipPhone.open(t, {
    server,
    address: '127.0.0.4',
    user: '7001',
    password: 'p7001',
  });
  assert.equal((await strong.register()).status, 200);
  assert.equal(await site.server.end(), 0);
});

test('an answer to a challenge is good once: again it is stale, and a new one is asked for', async (t) => {
  const site = await sipSite(t);
  const server = { address: '127.0.0.1', port: site.port };
  const phone = await SipPhone.open(t, { server, address: '127.0.0.4', user: '7001' });
  const ask = (number: number, more: readonly string[] = []) => {
    const lines = [
      'REGISTER sip:127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.4:${phone.port};rport;branch=z9hG4bKreplay${number}`,
      ...['From: <sip:7001@h>;tag=1', 'To: <sip:7001@h>', 'Call-ID: replay', 'Max-Forwards: 9'],
      ...[`CSeq: ${number} REGISTER`, 'User-Agent: Cisco-CP7960G/8.0', ...more],
      `Contact: <sip:7001@127.0.0.4:${phone.port}>`,
    ];
    return phone.raw(`${lines.join('\r\n')}\r\n\r\n`);
  };
  const answerTo = (response: SipResponse, nonceCount = 1) => {
    const text = headerOf(response, 'www-authenticate') ?? '';
    const answer = answerChallenge(parseAuthentication('www-authenticate', text), {
      credentials: { username: 'u7001', password: 'p7001' },
      request: { method: 'REGISTER', uri: 'sip:127.0.0.1', body: new Uint8Array() },
      ...{ nonceCount, cnonce: 'abc' },
    });
    assert.ok(answer);
    return `Authorization: ${authenticationText(answer, { isAnswer: true })}`;
  };
  const first = await ask(1);
  const once = answerTo(first);
  assert.equal((await ask(2, [once])).status, 200);
  const again = await ask(3, [once]);
  assert.equal(again.status, 401);
  assert.match(headerOf(again, 'www-authenticate') ?? '', /stale=true/);
  // A phone that always counts one is asked anew each time, and gets there.
  assert.equal((await ask(4, [answerTo(again)])).status, 200);
  // So does one that counts on.
  assert.equal((await ask(5, [answerTo(again, 2)])).status, 200);
  assert.deepEqual(
    site.events('registration').map(({ outcome }) => outcome),
    ['challenged', 'registered', 'challenged', 'renewed', 'renewed'],
  );
  assert.equal(await site.server.end(), 0);
});

test('broken streams and idle ones do not keep the server from others', async (t) => {
  const site = await sipSite(t);
  const socket = connect(site.port, '127.0.0.1');
  socket.write('\r\n\r\n');
  const [pong] = (await once(socket, 'data')) as [Buffer];
  assert.equal(pong.toString(), '\r\n');
  socket.write(rawRequest(['Via: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKx']));
  const [refused] = (await once(socket, 'data')) as [Buffer];
  assert.match(refused.toString('latin1'), /^SIP\/2\.0 400 /);
  await once(socket, 'close');
  const server = { address: '127.0.0.1', port: site.port };
  const phone = await SipPhone.open(t, {
    server,
    address: '127.0.0.4',
    user: '7001',
    password: 'p7001',
  });
  assert.equal((await phone.register()).status, 200);
});

test('a phone whose settings name another server is told so, and so is the operator', async (t) => {
  const site = await sipSite(t, ['proxy1_address=192.0.2.20']);
  if (
    (await play(t, site, [
      sends({ headers: [contact] }),
      `<recv response="403">${checks('Warning:', '192.0.2.20')}</recv>`,
    ])) === undefined
  )
    return;
  const found = await site.server.line(({ event }) => event === 'finding');
  assert.equal((found.finding as { readonly code: string }).code, 'register-not-here');
  const { out } = await hookflash('boots', deskMac, '--dir', site.dir);
  assert.equal(typeof out, 'string');
});
