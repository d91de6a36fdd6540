import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startHookflash, temporaryFolder, type Running } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';
import { desk, phoneFiles, serveFiles, untilBound } from './phone-files.ts';
import {
  answers,
  hears,
  inDialog,
  runSipp,
  scenario,
  sdp,
  sends,
  startKamailio,
} from './sip-peers.ts';

/** Virtual phones on loopback against Kamailio, SIPp and tshark. */

const mac = '02000000A205';
const { password } = desk;
const configuration = (proxy: string, more: Readonly<Record<string, string>> = {}) =>
  phoneFiles(mac, proxy, more);
const scale = 0.05;

type Line = Readonly<Record<string, unknown>>;

type Phone = Running & { readonly lines: readonly Line[] };

function startPhone(t: TestContext, tftp: string, address: string, ...words: string[]): Phone {
  const phone = startHookflash(
    t,
    ...['twin', 'boot', '--model', '7960', '--mac', mac, '--image', 'P0S3-8-12-00'],
    ...['--tftp', tftp, '--address', address, '--time-scale', String(scale), '--seed', '5'],
    ...words,
  );
  const lines: Line[] = [];
  phone.each((line) => lines.push(line));
  return { ...phone, lines };
}

const isRegistered = (line: Line) => line.event === 'registration' && line.state === 'registered';

describe('with Kamailio', { concurrency: 3 }, () => {
  test('registers by digest and renews; what it sends is sound', async (t) => {
    const kamailio = requirePeer(t, 'kamailio');
    const tshark = requirePeer(t, 'tshark');
    if (!kamailio || !tshark) return;
    const [proxy, own] = ['127.77.1.1', '127.77.1.7'];
    await startKamailio(t, kamailio, proxy, password);
    const capture = join(await temporaryFolder(t), 'sip.pcap');
    const sniffer = spawn(tshark, ['-i', 'lo', '-f', `host ${own}`, '-w', capture], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = once(sniffer, 'exit');
    t.after(() => sniffer.kill('SIGKILL'));
    await once(sniffer.stderr, 'data');
    await delay(500);
    const files = configuration(proxy, { timer_register_expires: '6', timer_register_delta: '4' });
    const tftp = await serveFiles(t, '127.77.1.2', files);
    const phone = startPhone(t, tftp, own, '--stay');
    await phone.line(isRegistered);
    let renewals = 0;
    await phone.line((line) => isRegistered(line) && ++renewals === 2);
    assert.equal(await phone.end(), 0);
    const end = phone.lines.at(-1);
    assert.deepEqual(end?.lines, [{ line: '205', state: 'registered', peer: `${proxy}:5060` }]);
    await delay(300);
    sniffer.kill('SIGINT');
    await gone;
    const mine = `sip && ip.src == ${own}`;
    assert.ok((await fieldsOf(tshark, capture, mine)).length >= 3);
    const bad = `(${mine}) && (_ws.malformed || _ws.expert.severity >= "Warning")`;
    assert.deepEqual(await fieldsOf(tshark, capture, bad), []);
  });

  test('a wrong password: stuck, with the answer that it got', async (t) => {
    const kamailio = requirePeer(t, 'kamailio');
    if (!kamailio) return;
    const proxy = '127.77.2.1';
    await startKamailio(t, kamailio, proxy, password);
    const tftp = await serveFiles(t, '127.77.2.2', configuration(proxy));
    const words = ['--until', 'registered', '--fault', 'wrong-password'];
    const phone = startPhone(t, tftp, '127.77.2.7', ...words);
    const end = await phone.line((line) => line.event === 'end');
    assert.deepEqual([end.state, end.because], ['stuck', 'line 205: 401 Unauthorized']);
  });

  test('NOTIFY check-sync and calls come through the proxy; it restarts and is back', async (t) => {
    const kamailio = requirePeer(t, 'kamailio');
    const sipp = requirePeer(t, 'sipp');
    if (!kamailio || !sipp) return;
    const proxy = '127.77.3.1';
    await startKamailio(t, kamailio, proxy, password);
    const files = configuration(proxy);
    const tftp = await serveFiles(t, '127.77.3.2', files);
    const words = ['--until', 'restarted', '--answer-after', '0.2', '--seed', '9'];
    const phone = startPhone(t, tftp, '127.77.3.7', ...words);
    await phone.line(isRegistered);
    files['syncinfo.xml'] = '<SYNCINFO><IMAGE VERSION="*" SYNC="2"/></SYNCINFO>';
    const call = await runSipp(t, sipp, {
      ...{ from: '127.77.3.8', to: `${proxy}:5060` },
      scenario: scenario(
        sends({ method: 'INVITE', body: sdp }),
        ...[hears(100, true), hears(180), '<recv response="200" rrs="true"/>'],
        inDialog('ACK'),
        `<pause milliseconds="500"/>`,
        inDialog('BYE', 2),
        hears(200),
      ),
    });
    assert.equal(call.code, 0, call.text);
    const notified = await runSipp(t, sipp, {
      ...checkSync,
      from: '127.77.3.8',
      to: `${proxy}:5060`,
    });
    assert.equal(notified.code, 0, notified.text);
    const end = await phone.line((line) => line.event === 'end');
    assert.deepEqual([end.state, end.boots, end.restarts], ['idle', 2, 1]);
  });
});

const checkSync = {
  scenario: scenario(
    sends({ method: 'NOTIFY', more: ['Event: check-sync'] }),
    hears(100, true),
    hears(200),
  ),
};

const run = promisify(execFile);

/** Frame numbers of what a filter lets pass. */
async function fieldsOf(tshark: string, file: string, filter: string): Promise<readonly string[]> {
  const { stdout } = await run(tshark, [
    '-r',
    file,
    '-Y',
    filter,
    '-T',
    'fields',
    '-e',
    'frame.number',
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('with SIPp', { concurrency: 4 }, () => {
  test('a registrar that asks for credentials', async (t) => {
    const sipp = requirePeer(t, 'sipp');
    if (!sipp) return;
    const registrar = runSipp(t, sipp, {
      from: '127.77.4.1',
      scenario: scenario(
        '<recv request="REGISTER"/>',
        answers('401 Unauthorized', [
          'WWW-Authenticate: Digest realm="site", nonce="abc", algorithm=MD5',
        ]),
        `<recv request="REGISTER"><action><verifyauth assign_to="isRight" username="205" password="${password}"/></action></recv>`,
        '<nop hide="true" test="isRight" next="good"/>',
        answers('403 Forbidden'),
        '<label id="good"/>',
        answers('200 OK', ['Expires: 60']),
      ),
    });
    const tftp = await serveFiles(t, '127.77.4.2', configuration('127.77.4.1'));
    const phone = startPhone(t, tftp, '127.77.4.7', '--until', 'registered');
    const end = await phone.line((line) => line.event === 'end');
    assert.deepEqual(end.lines, [{ line: '205', state: 'registered', peer: '127.77.4.1:5060' }]);
    const { code, text } = await registrar;
    assert.equal(code, 0, text);
  });

  test('calls, NOTIFY during a call, forked and bad messages', async (t) => {
    const sipp = requirePeer(t, 'sipp');
    if (!sipp) return;
    const [from, own] = ['127.77.5.8', '127.77.5.7'];
    const files = configuration('127.77.5.1', { proxy_register: '0' });
    const tftp = await serveFiles(t, '127.77.5.2', files);
    const phone = startPhone(t, tftp, own, '--stay', '--answer-after', '0.1', '--seed', '6');
    await phone.line(({ event, path }) => event === 'request' && path === 'RINGLIST.DAT');
    await untilBound(own);
    const play = (text: string, port: number) =>
      runSipp(t, sipp, { from, port, to: `${own}:5060`, scenario: text });
    files['syncinfo.xml'] = '<SYNCINFO><IMAGE VERSION="*" SYNC="2"/></SYNCINFO>';
    const talking = play(
      scenario(
        sends({ method: 'INVITE', body: sdp }),
        ...[hears(100, true), hears(180), hears(200)],
        sends({ method: 'ACK', inDialog: true }),
        '<pause milliseconds="3000"/>',
        sends({ method: 'BYE', sequence: 2, inDialog: true }),
        hears(200),
      ),
      5061,
    );
    await phone.line(({ event, state }) => event === 'call' && state === 'answered');
    const scenarios = [
      checkSync.scenario,
      scenario(sends({ method: 'OPTIONS' }), hears(200)),
      scenario(sends({ method: 'DANCE' }), hears(501)),
      scenario(sends({ method: 'OPTIONS', version: 'SIP/7.0' }), hears(505)),
      scenario(sends({ method: 'INVITE', more: ['Require: nothing'], body: sdp }), hears(420), ack),
      scenario(sends({ method: 'BYE', inDialog: true }), hears(481)),
      // Two copies of one INVITE, as a proxy that forks sends them.
      scenario(
        sends({ method: 'INVITE', body: sdp, branch: 'z9hG4bKone[call_id]' }),
        hears(180),
        sends({ method: 'INVITE', body: sdp, branch: 'z9hG4bKtwo[call_id]' }),
        ...['<recv response="200" optional="true"/>', hears(482)],
      ),
    ];
    for (const [at, text] of scenarios.entries()) {
      const played = await play(text, 5062 + at);
      assert.equal(played.code, 0, `scenario ${at}: ${played.text}`);
    }
    const asked = () => phone.lines.filter(({ path }) => path === 'syncinfo.xml').length;
    assert.equal(asked(), 0, 'nothing is asked for during a call');
    assert.equal((await talking).code, 0);
    await phone.end();
  });
});

const ack = sends({ method: 'ACK', inDialog: true });
