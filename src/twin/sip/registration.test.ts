import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerOf, headersOf } from '../../codec/sip/headers-of.ts';
import type { ResponseParts } from '../../codec/sip/respond.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import type { Nonces } from '../../codec/sip/nonces.ts';
import { serializeSip } from '../../codec/sip/serialize-sip.ts';
import { checkDigest } from '../../codec/sip/digest-server.ts';
import type { Script } from './testing/scripted-peer.ts';
import {
  backupAddress,
  javaSipTrial,
  ok,
  peerAddress,
  registrations,
  sipTrial,
} from './testing/sip-trial.ts';

const silent: Script = () => undefined;

/** Seconds between the REGISTERs that a peer heard. */
function gaps(heard: readonly { readonly at: number }[]): readonly number[] {
  return heard.slice(1).map(({ at }, index) => Math.round(at - (heard[index]?.at ?? 0)) / 1000);
}

function field(request: SipRequest | undefined, name: string): string {
  return (request && headerOf(request, name)) ?? '';
}

test('a 7960 with 8.12 registers in the words of a real one', async () => {
  const trial = await sipTrial();
  await trial.registered();
  const [first] = trial.peer.requests('REGISTER');
  assert.ok(first);
  const text = Buffer.from(serializeSip(first.message))
    .toString('latin1')
    .replaceAll(/z9hG4bK[0-9a-f]+/g, 'BRANCH')
    .replaceAll(/000e84c060a60002[0-9a-f]{8}-[0-9a-f]{8}/g, 'TAG')
    .replaceAll(/000e84c0-60a60003-[0-9a-f]{8}-[0-9a-f]{8}/g, 'CALL');
  assert.deepEqual(text.split('\r\n'), [
    'REGISTER sip:10.0.0.9 SIP/2.0',
    'Via: SIP/2.0/UDP 10.0.0.7:5060;branch=BRANCH',
    'From: <sip:205@10.0.0.9>;tag=TAG',
    'To: <sip:205@10.0.0.9>',
    'Call-ID: CALL@10.0.0.7',
    'Max-Forwards: 70',
    'CSeq: 101 REGISTER',
    'User-Agent: Cisco-CP7960G/8.0',
    'Contact: <sip:205@10.0.0.7:5060;user=phone;transport=udp>;+sip.instance="<urn:uuid:00000000-0000-0000-0000-000e84c060a6>";+u.sip!model.ccm.cisco.com="7"',
    'Content-Length: 0',
    'Expires: 3600',
    '',
    '',
  ]);
  assert.match(first.from, /^10\.0\.0\.7:(49|5\d)\d{3}$/, 'from another port than 5060');
  const end = await trial.end();
  assert.deepEqual(end.lines, [{ line: '205', state: 'registered', peer: '10.0.0.9:5060' }]);
  assert.deepEqual([end.state, end.restarts], ['idle', 0]);
});

/** Settings, and what a field of the first REGISTER is then. */
const table: readonly (readonly [Readonly<Record<string, string>>, string, RegExp])[] = [
  [{ timer_register_expires: '180' }, 'expires', /^180$/],
  [{ timer_register_expires: 'soon' }, 'expires', /^3600$/],
  [{ user_info: 'phone' }, 'to', /^<sip:205@10\.0\.0\.9;user=phone>$/],
  [{ user_info: 'ip' }, 'from', /^<sip:205@10\.0\.0\.9;user=ip>;tag=/],
  [{ user_info: 'ip' }, 'contact', /^<sip:205@10\.0\.0\.7:5060;user=ip;transport=udp>/],
  [{ voip_control_port: '5070' }, 'via', /^SIP\/2\.0\/UDP 10\.0\.0\.7:5070;/],
  [{ voip_control_port: '5070' }, 'contact', /^<sip:205@10\.0\.0\.7:5070;/],
  [{ nat_enable: '1', nat_address: '192.0.2.1' }, 'contact', /^<sip:205@192\.0\.2\.1:5060;/],
  [{ nat_enable: '1', nat_address: '192.0.2.1' }, 'via', /^SIP\/2\.0\/UDP 10\.0\.0\.7:5060;/],
  [{ nat_enable: '1', nat_address: 'UNPROVISIONED' }, 'contact', /^<sip:205@10\.0\.0\.7:5060;/],
  [{ nat_enable: '0', nat_address: '192.0.2.1' }, 'contact', /^<sip:205@10\.0\.0\.7:5060;/],
  [{ line1_name: 'a b' }, 'to', /^<sip:a%20b@10\.0\.0\.9>$/],
  [{ proxy1_address: 'proxy.example' }, 'to', /^<sip:205@proxy\.example>$/],
];

for (const [settings, name, expected] of table)
  test(`${JSON.stringify(settings)}: ${name} is ${expected.source}`, async () => {
    const trial = await sipTrial({ settings });
    await trial.registered();
    assert.match(field(trial.peer.requests('REGISTER')[0]?.message, name), expected);
    await trial.end();
  });

test('behind NAT requests come from the control port', async () => {
  const trial = await sipTrial({ settings: { nat_enable: '1', voip_control_port: '5070' } });
  await trial.registered();
  assert.equal(trial.peer.requests('REGISTER')[0]?.from, '10.0.0.7:5070');
  await trial.end();
});

test('nat_received_processing: the old Contact is taken back, the one that was seen registered', async () => {
  const settings = { nat_enable: '1', nat_address: '192.0.2.1', nat_received_processing: '1' };
  const trial = await sipTrial({
    settings,
    sip: { ownAddress: () => Promise.resolve('10.0.0.77') },
  });
  await trial.pass(120_000);
  const seen = trial.peer.requests('REGISTER').map(({ message }) => {
    const contact = /@([\d.]+):/.exec(field(message, 'contact'))?.[1];
    return `${contact} ${field(message, 'expires')}`;
  });
  // The phone thinks that it is 10.0.0.77; answers go by `received`, so that they reach it.
  assert.deepEqual(seen, ['192.0.2.1 3600', '192.0.2.1 0', '10.0.0.7 3600']);
  await trial.end();
});

test('lines have their own proxy or that of the first, and its credentials', async () => {
  const settings = { line2_name: '206', line3_name: '207', proxy3_address: backupAddress };
  const trial = await sipTrial({ settings, backup: ok });
  await trial.registered();
  await trial.pass(1000);
  const names = (peer: typeof trial.peer) =>
    peer.requests('REGISTER').map(({ message }) => field(message, 'to'));
  assert.deepEqual(names(trial.peer), ['<sip:205@10.0.0.9>', '<sip:206@10.0.0.9>']);
  assert.deepEqual(names(trial.backup), ['<sip:207@10.0.0.10>']);
  await trial.end();
});

test('proxy_register 0: nothing is sent, and nothing is waited for', async () => {
  const trial = await sipTrial({ settings: { proxy_register: '0' }, sip: { until: 'registered' } });
  const end = await trial.result;
  assert.equal(end.state, 'idle');
  assert.equal(trial.peer.heard.length, 0);
});

test('an outbound proxy takes the requests; the registrar stays the same', async () => {
  const settings = { outbound_proxy: backupAddress, outbound_proxy_port: '5060' };
  const trial = await sipTrial({ settings, backup: ok });
  await trial.registered();
  assert.equal(trial.peer.heard.length, 0);
  assert.equal(trial.backup.requests('REGISTER')[0]?.message.uri, 'sip:10.0.0.9');
  await trial.end();
});

test('the backup proxy takes over where the proxy is silent', async () => {
  const trial = await sipTrial({
    script: silent,
    settings: { proxy_backup: backupAddress },
    backup: ok,
  });
  await trial.registered();
  assert.equal(trial.backup.requests('REGISTER')[0]?.message.uri, 'sip:10.0.0.10');
  const end = await trial.end();
  assert.equal(end.lines?.[0]?.peer, '10.0.0.10:5060');
});

test('the emergency proxy takes no registrations', async () => {
  const settings = { proxy_emergency: backupAddress };
  const trial = await sipTrial({
    script: silent,
    settings,
    backup: ok,
    sip: { until: 'registered' },
  });
  const end = await trial.result;
  assert.equal(trial.backup.heard.length, 0);
  assert.deepEqual([end.state, end.because], ['stuck', 'line 205: no answer of 10.0.0.9:5060']);
});

const retransmissions: readonly (readonly [Readonly<Record<string, string>>, readonly number[]])[] =
  [
    [{}, [0.5, 1, 2, 4, 4, 4, 4, 4, 4, 4]],
    [{ timer_t1: '200', timer_t2: '800' }, [0.2, 0.4, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8]],
    [{ sip_retx: '3' }, [0.5, 1, 2]],
  ];

for (const [settings, expected] of retransmissions)
  test(`${JSON.stringify(settings)}: what is not answered is sent again after ${expected.join(', ')} s`, async () => {
    const trial = await sipTrial({ script: silent, settings, sip: { until: 'registered' } });
    await trial.result;
    const heard = trial.peer.requests('REGISTER');
    const first = heard.filter(({ message }) => field(message, 'cseq') === '101 REGISTER');
    assert.deepEqual(gaps(first), expected);
    assert.deepEqual(registrations(trial.events), ['205 silent', '205 silent', '205 silent']);
  });

const renewals: readonly (readonly [Readonly<Record<string, string>>, ResponseParts, number])[] = [
  [{ timer_register_expires: '120' }, { status: 200, reason: 'OK' }, 115],
  [{ timer_register_delta: '20' }, { status: 200, reason: 'OK' }, 3580],
  [{}, { status: 200, reason: 'OK', headers: [{ name: 'Expires', value: '60' }] }, 55],
  [
    {},
    {
      ...{ status: 200, reason: 'OK' },
      headers: [
        {
          name: 'Contact',
          value: '<sip:205@10.0.0.8:5060>;expires=10, <sip:205@10.0.0.7:5060>;expires=90',
        },
        { name: 'Expires', value: '60' },
      ],
    },
    85,
  ],
  [{ timer_register_expires: '6' }, { status: 200, reason: 'OK' }, 3],
];

for (const [settings, parts, seconds] of renewals)
  test(`${JSON.stringify(settings)}, ${JSON.stringify(parts.headers ?? [])}: renewed after ${seconds} s`, async () => {
    const trial = await sipTrial({ settings, script: () => parts });
    await trial.registered();
    await trial.pass(2 * seconds * 1000 + 5000);
    const [gap] = gaps(trial.peer.requests('REGISTER'));
    assert.equal(Math.round(gap ?? 0), seconds);
    const ids = new Set(
      trial.peer.requests('REGISTER').map(({ message }) => field(message, 'call-id')),
    );
    assert.equal(ids.size, 1);
    await trial.end();
  });

test('423 asks for a longer time, which it takes', async () => {
  const script: Script = (request) =>
    Number(field(request, 'expires')) < 300
      ? {
          status: 423,
          reason: 'Interval Too Brief',
          headers: [{ name: 'Min-Expires', value: '300' }],
        }
      : { status: 200, reason: 'OK' };
  const trial = await sipTrial({ settings: { timer_register_expires: '60' }, script });
  await trial.registered();
  const asked = trial.peer.requests('REGISTER').map(({ message }) => field(message, 'expires'));
  assert.deepEqual(asked, ['60', '300']);
  await trial.end();
});

/** Challenges, and takes one name and password. */
function registrar(
  password: string,
  challenges: readonly string[],
  status: 401 | 407 = 401,
): Script {
  const nonces: Nonces = { make: () => 'n', check: () => 'fresh', use: () => true, size: 0 };
  const header = status === 401 ? 'authorization' : 'proxy-authorization';
  const check = {
    ...({ header, realm: 'site', algorithms: ['MD5'], nonces, takesNoQop: true } as const),
    passwordOf: (name: string) => (name === 'desk' ? password : undefined),
  };
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  return (request) =>
    checkDigest(request, check).kind === 'good'
      ? { status: 200, reason: 'OK' }
      : { status, reason: 'No', headers: challenges.map((value) => ({ name, value })) };
}

const md5 = 'Digest realm="site", nonce="n", algorithm=MD5, qop="auth"';
const bare = 'Digest realm="site", nonce="n"';
const sha = 'Digest realm="site", nonce="n", algorithm=SHA-256, qop="auth"';

for (const [text, challenges, status] of [
  ['MD5 with qop', [md5], 401],
  ['MD5 without qop (RFC 2069)', [bare], 401],
  ['a proxy that asks', [md5], 407],
  ['SHA-256 before MD5, which these phones know alone', [sha, md5], 401],
] as const)
  test(`credentials: ${text}`, async () => {
    const trial = await sipTrial({
      script: registrar('secret', challenges, status),
      sip: { until: 'registered' },
    });
    const end = await trial.result;
    assert.equal(end.state, 'idle');
    const sequences = trial.peer.requests('REGISTER').map(({ message }) => field(message, 'cseq'));
    assert.deepEqual(sequences, ['101 REGISTER', '102 REGISTER']);
  });

test('its renewals answer the challenge that it knows, with the next count', async () => {
  const settings = { timer_register_expires: '60' };
  const trial = await sipTrial({ settings, script: registrar('secret', [md5]) });
  await trial.registered();
  await trial.pass(120_000);
  const counts = trial.peer
    .requests('REGISTER')
    .map(({ message }) => /nc=(\d+)/.exec(field(message, 'authorization'))?.[1]);
  assert.deepEqual(counts, [undefined, '00000001', '00000002', '00000003']);
  await trial.end();
});

for (const [text, challenges, hooks] of [
  ['a wrong password', [md5], { sip: { hasWrongPassword: true } }],
  ['SHA-256 alone', [sha], {}],
] as const)
  test(`${text}: stuck after three rounds of asking, not a flood`, async () => {
    const script = registrar('secret', challenges);
    const trial = await sipTrial({ script, hooks, sip: { until: 'registered' } });
    const end = await trial.result;
    assert.deepEqual([end.state, end.because], ['stuck', 'line 205: 401 No']);
    assert.ok(trial.peer.requests('REGISTER').length <= 6);
  });

test('the fault never-registers: not a REGISTER', async () => {
  const hooks = { sip: { neverRegisters: true } };
  const trial = await sipTrial({ hooks, sip: { until: 'registered' } });
  const end = await trial.result;
  assert.deepEqual([end.state, end.because], ['stuck', 'it does not register']);
  assert.equal(trial.peer.heard.length, 0);
});

test('a phone with 7.x writes less', async () => {
  const trial = await sipTrial({ image: 'P0S3-07-5-00' });
  await trial.registered();
  const [first] = trial.peer.requests('REGISTER');
  assert.equal(field(first?.message, 'user-agent'), 'CSCO/7');
  assert.equal(field(first?.message, 'contact'), '<sip:205@10.0.0.7:5060>');
  await trial.end();
});

test('a 7941 registers in the words of Java phones', async () => {
  const line = `<line button="1"><featureID>9</featureID><proxy>${peerAddress}</proxy><name>207</name><contact>desk7</contact></line>`;
  const trial = await javaSipTrial(
    `<sipStack><timerRegisterExpires>120</timerRegisterExpires></sipStack><sipLines>${line}</sipLines>`,
  );
  await trial.registered();
  const [first] = trial.peer.requests('REGISTER');
  const message = first?.message;
  assert.equal(field(message, 'user-agent'), 'Cisco-CP7941G/8.5.2');
  assert.equal(
    field(message, 'contact'),
    '<sip:desk7@10.0.0.7:5060;transport=udp>;+sip.instance="<urn:uuid:00000000-0000-0000-0000-000e84c060a6>";+u.sip!model.ccm.cisco.com="115"',
  );
  assert.equal(
    field(message, 'reason'),
    'SIP;cause=200;text="cisco-alarm:23 Name=SEP000E84C060A6 Load=SIP41.8-5-2S Last=initialized"',
  );
  assert.ok(message && headersOf(message, 'supported').includes('X-cisco-service-control'));
  assert.equal(field(message, 'expires'), '120');
  await trial.end();
});
