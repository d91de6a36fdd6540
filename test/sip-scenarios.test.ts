import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { parseMac } from '../src/wire/mac.ts';
import { hookflash } from './hookflash-process.ts';
import { startKamailio } from './kamailio.ts';
import { findProgram, requirePeer } from './peers.ts';
import { phoneFiles, serveFiles, untilBound } from './phone-files.ts';
import { captureSip, type SipCapture } from './sip-capture.ts';
import { hears, inDialog, runSipp, scenario, sdp, sends, type SippRun } from './sip-peers.ts';
import { registrarNotifies, registrarScenarios, whoRegisters } from './sip-registrar-scenarios.ts';
import { asWritten, type SipScenario } from './sip-scenario.ts';
import { SipPhone } from './sip-phone.ts';
import { deskMac, javaMac, sipSite, type SipSite } from './sip-site.ts';
import { asCaller, asRegistrar, asRinging } from './sip-twin-scenarios.ts';
import {
  isRegistered,
  virtualDesk,
  type VirtualDesk,
  type VirtualDeskOptions,
} from './virtual-desk.ts';

/** SIPp against the registrar of a running server and against virtual phones. */

const image = 'P0S3-8-12-00';

/** All that goes on in this file, for the last test; undefined without tshark. */
const capturing = captured();
/** Of the registrar. */
const registrarPort = Promise.withResolvers<number>();

function captured(): Promise<SipCapture> | undefined {
  const tshark = findProgram('tshark');
  const hosts = 'net 127.80.0.0/16 or host 127.0.0.40 or host 127.0.0.41';
  return tshark === undefined ? undefined : captureSip(tshark, hosts);
}

before(() => capturing);
after(async () => await (await capturing)?.remove());

async function play(
  t: TestContext,
  sipp: string,
  { steps, words = [] }: SipScenario,
  run: Omit<SippRun, 'scenario'>,
): Promise<void> {
  const { code, text } = await runSipp(t, sipp, { ...run, words, scenario: scenario(...steps) });
  assert.equal(code, 0, text);
}

test('the registrar of a running server', async (t) => {
  const sipp = requirePeer(t, 'sipp');
  if (!sipp) return;
  const site = await sipSite(t);
  registrarPort.resolve(site.port);
  for (const [at, each] of registrarScenarios.entries())
    await t.test(`${each.topic}: ${each.name}`, (inner) => {
      const { user = '7001' } = each;
      return play(inner, sipp, each, { from: '127.0.0.40', port: 25_000 + at, to: site.sip, user });
    });
  for (const [at, each] of registrarNotifies.entries())
    await t.test(`${each.topic}: ${each.name}`, async (inner) => {
      const at7001 = { from: '127.0.0.41', port: 25_100 + at };
      const phone = { ...at7001, to: site.sip, user: '7001' };
      await play(inner, sipp, whoRegisters, phone);
      const hearing = play(inner, sipp, each, at7001);
      await untilBound(at7001.from, at7001.port);
      const { code, out } = await hookflash('reboot', deskMac, '--dir', site.dir);
      await hearing;
      assert.deepEqual([code, /(\d{3}) /.exec(out)?.[1]], [each.code, each.status], out);
    });
  await t.test('NOTIFY: service-control', (inner) => controlJava(inner, site));
  assert.equal(await site.server.end(), 0);
});

/** A Java phone registers, and its call manager, which is this server, asks it to restart. */
async function controlJava(t: TestContext, { dir, port }: SipSite): Promise<void> {
  const server = { address: '127.0.0.1', port };
  const own = { address: '127.0.0.41', user: '7002', password: 'p7002' };
  const java = await SipPhone.open(t, { server, ...own });
  assert.equal((await java.register()).status, 200);
  const mode = ['--set', 'proxy1_address=USECALLMANAGER', '--set', 'call_manager1_addr=127.0.0.1'];
  const stamp = ['--set', 'versionStamp=seven'];
  const set = await hookflash('phone', 'set', javaMac, ...mode, ...stamp, '--dir', dir);
  assert.equal(set.code, 0, set.err);
  for (const kind of ['restart', 'reset', 'check-version']) {
    const { code, out } = await hookflash('reboot', javaMac, '--kind', kind, '--dir', dir);
    assert.equal(code, 0, out);
  }
  const bodies = java.notified.map(({ body }) => Buffer.from(body).toString().split('\r\n')[0]);
  assert.deepEqual(bodies, ['action=restart', 'action=reset', 'action=check-version']);
  const last = Buffer.from(java.notified.at(-1)?.body ?? []).toString();
  assert.match(last, /ConfigVersionStamp=\{seven\}/);
}

type DeskParts = {
  readonly number: number;
  readonly proxy: string;
  readonly more: Readonly<Record<string, string>>;
  readonly person?: VirtualDeskOptions['person'];
  readonly timeScale?: number | undefined;
};

/** A 7960 with line 205, at an address of its own. */
async function deskFor(
  t: TestContext,
  { number, proxy, more, person, timeScale = 0.02 }: DeskParts,
): Promise<VirtualDesk> {
  const mac = `0200000AA${number.toString(16).toUpperCase().padStart(3, '0')}`;
  const served = await serveFiles(t, `127.80.4.${number}`, phoneFiles(mac, proxy, more));
  const [address = '', port] = served.split(':');
  return virtualDesk(t, {
    ...{ model: '7960', image, timeScale, mac: parseMac(mac) },
    ...{ address: `127.80.2.${number}`, tftp: { address, port: Number(port) } },
    ...(person && { person }),
  });
}

describe('a virtual phone that registers with SIPp', { concurrency: 4 }, () => {
  for (const [at, each] of asRegistrar.entries())
    test(`${each.topic}: ${each.name}`, async (t) => {
      const sipp = requirePeer(t, 'sipp');
      if (!sipp) return;
      const proxy = `127.80.1.${at + 1}`;
      const played = play(t, sipp, each, { from: proxy });
      await untilBound(proxy);
      const { timeScale } = each;
      const desk = await deskFor(t, { number: at + 1, proxy, more: {}, timeScale });
      const { line } = await desk.until(({ event }) => event === 'registration');
      assert.ok(line.event === 'registration');
      const { state, because } = line;
      assert.equal(because === undefined ? state : `${state}: ${because}`, each.ends);
      await played;
      const end = await desk.stop();
      assert.equal(end.lines?.[0]?.state, state);
    });
});

/** One phone hears all of it, one after the other. */
function hearsAll(
  name: string,
  scenarios: readonly SipScenario[],
  parts: Pick<DeskParts, 'number' | 'person' | 'timeScale'>,
): void {
  test(name, async (t) => {
    const sipp = requirePeer(t, 'sipp');
    if (!sipp) return;
    const desk = await deskFor(t, { ...parts, proxy: '127.80.3.1', more: { proxy_register: '0' } });
    await desk.until(({ event }) => event === 'stage');
    await untilBound(desk.address);
    for (const [at, each] of scenarios.entries())
      await t.test(`${each.topic}: ${each.name}`, (inner) => {
        const from = `127.80.3.${parts.number}`;
        return play(inner, sipp, each, { from, port: 5060 + at, to: `${desk.address}:5060` });
      });
    await desk.stop();
  });
}

describe('a virtual phone that SIPp calls', { concurrency: 2 }, () => {
  const person = { answersAfter: 0.05 };
  hearsAll('somebody takes calls', asCaller, { number: 100, person, timeScale: 0.05 });
  hearsAll('nobody takes calls', asRinging, { number: 101 });
});

test('Kamailio calls two phones of one line; one takes it, the other hears CANCEL', async (t) => {
  const [kamailio, sipp] = ['kamailio', 'sipp'].map((name) => requirePeer(t, name));
  if (!kamailio || !sipp) return;
  const proxy = '127.80.3.20';
  await startKamailio(t, kamailio, { address: proxy, port: 5060, users: { 205: 'secret' } });
  const parts = { proxy, more: {}, timeScale: 0.02 };
  const idle = await deskFor(t, { ...parts, number: 110 });
  await idle.until(isRegistered);
  const busy = await deskFor(t, { ...parts, number: 111, person: { answersAfter: 0.3 } });
  await busy.until(isRegistered);
  const call = await runSipp(t, sipp, {
    ...{ from: '127.80.3.21', to: `${proxy}:5060`, words: asWritten },
    scenario: scenario(
      sends({ method: 'INVITE', body: sdp }),
      ...[hears(100, true), hears(180), hears(180), '<recv response="200" rrs="true"/>'],
      inDialog('ACK'),
      inDialog('BYE', 2),
      hears(200),
    ),
  });
  assert.equal(call.code, 0, call.text);
  const ended = await idle.until((line) => line.event === 'call' && line.state === 'ended');
  assert.ok(ended.line.event === 'call');
  assert.equal(ended.line.because, 'the caller hung up');
  await busy.until((line) => line.event === 'call' && line.state === 'ended');
  const states = ({ seen }: VirtualDesk) =>
    seen.flatMap(({ line }) => (line.event === 'call' ? [line.state] : []));
  assert.deepEqual(
    [states(idle), states(busy)],
    [
      ['ringing', 'ended'],
      ['ringing', 'answered', 'ended'],
    ],
  );
});

test('tshark has nothing to say against any message or packet of ours', async (t) => {
  const tshark = requirePeer(t, 'tshark');
  const capture = await capturing;
  if (!tshark || !capture) return;
  await capture.end();
  const port = await registrarPort.promise;
  const own = `((ip.src == 127.0.0.1 && udp.srcport == ${port}) || ip.src == 127.80.2.0/24)`;
  const bad = '(_ws.malformed || _ws.expert.severity >= "Warning")';
  const told = ['frame.number', 'sip.Request-Line', 'sip.Status-Line', '_ws.expert.message'];
  assert.deepEqual(capture.rows(port, `${own} && (sip || rtp) && ${bad}`, ...told), []);
  const sent = (from: string) => {
    const rows = capture.rows(port, `sip && ${from}`, 'sip.Method', 'sip.Status-Code', 'sip.Event');
    return new Set(
      rows.map(([method, status, event = '']) => status || `${method} ${event}`.trim()),
    );
  };
  const byRegistrar = sent(`udp.srcport == ${port}`);
  for (const kind of ['NOTIFY check-sync', 'NOTIFY service-control', ...registrarAnswers])
    assert.ok(byRegistrar.has(kind), `the registrar sent no ${kind}: ${[...byRegistrar].join()}`);
  const byPhones = sent('ip.src == 127.80.2.0/24');
  for (const kind of ['REGISTER', ...phoneAnswers])
    assert.ok(byPhones.has(kind), `no phone sent ${kind}: ${[...byPhones].join()}`);
  const sound = capture.rows(port, 'rtp && ip.src == 127.80.2.0/24', 'rtp.p_type');
  assert.ok(sound.length > 0 && sound.every(([type]) => type === '0'), `${sound.length} packets`);
});

const registrarAnswers = '200 400 401 403 404 405 416 420 423 480 481 482 483 500 501 505'.split(
  ' ',
);
const phoneAnswers = '180 200 400 404 405 415 416 420 481 482 487 488 489 501 505'.split(' ');
