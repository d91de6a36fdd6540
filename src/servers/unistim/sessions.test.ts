import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../../wire/mac.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import { offerOf, VirtualSite } from './testing/virtual-site.ts';

const mac = '001122334455' as Mac;
const files = { 'CT12D97.bin': new Uint8Array(60_000).fill(7) };
const hello = 'ffffffff 0202 ffffffff 9e0308';
const resume = '00000000 0202 ffffffff 9e0308';
const offers = { registered: () => Promise.resolve({ title: '', offer: offerOf('CT12D97') }) };

const toPhone = (site: VirtualSite) => site.wire.filter(({ from }) => from === 'server');
const ends = (site: VirtualSite) => site.events.filter((each) => each.includes('closed'));

test('the watchdog is set again every two minutes, for longer than that', async () => {
  const site = new VirtualSite();
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(10 * 60_000);
  const watchdogs = phone.commands.filter(({ kind }) => kind === 'reset-watchdog');
  assert.deepEqual(watchdogs, Array(5).fill({ kind: 'reset-watchdog', seconds: 138 }));
  assert.equal(site.service.sessions.length, 1);
});

test('a phone that is silent is forgotten', async () => {
  const site = new VirtualSite();
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(5000);
  phone.receive = () => undefined;
  await site.pass(115_000 + 14_000);
  assert.equal(site.service.sessions.length, 1);
  await site.pass(10_000);
  assert.equal(site.service.sessions.length, 0);
  assert.deepEqual(ends(site), [`${mac} closed: the phone was silent`]);
  assert.equal(site.counters.counts.lost, 1);
});

test('a phone that begins anew gets a new session; a copy of its hello that comes late does not', async () => {
  const site = new VirtualSite();
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(1000);
  site.inject(hello, '192.0.2.20');
  await site.pass(1000);
  assert.deepEqual(ends(site), []);
  phone.press('Config');
  await site.pass(1000);
  assert.equal(phone.display.softKeys[0], 'Version');
  await site.pass(60_000);
  phone.hello();
  await site.pass(5000);
  assert.deepEqual(ends(site), [`${mac} closed: the phone began anew`]);
  assert.equal(phone.display.softKeys[0], 'Config');
  assert.equal(site.counters.counts.registered, 2);
});

test('a phone that begins anew at once is known by its resuming', async () => {
  const site = new VirtualSite({ files, handler: offers, delayMs: 20 });
  const phone = site.phone({ mac });
  const pauses = [50, 130, 200, 350, 500];
  for (const pause of pauses) {
    phone.hello();
    await site.pass(pause);
  }
  await site.pass(100);
  phone.hello();
  assert(await site.until(() => phone.fetched !== undefined, 60_000));
  assert.equal(phone.fetched?.length, 60_000);
  assert.equal(site.service.sessions.length, 1);
  assert.equal(site.service.sessions[0]?.state, 'registered');
});

test('a transfer that begins anew at once', async () => {
  const site = new VirtualSite({ files, handler: offers, delayMs: 40 });
  const phone = site.phone({ mac });
  phone.hello();
  await site.until(() => site.service.fileConnections > 0);
  for (const pause of [100, 300, 500]) {
    await site.pass(pause);
    phone.fetch('CT12D97.bin');
  }
  assert(await site.until(() => phone.fetched !== undefined, 60_000));
  assert.equal(phone.fetched?.length, 60_000);
});

test('a phone that comes from another port has one session', async () => {
  const site = new VirtualSite();
  site.phone({ mac }, '192.0.2.20', 5000).hello();
  await site.pass(1000);
  site.phone({ mac }, '192.0.2.20', 5001).hello();
  await site.pass(1000);
  assert.deepEqual(ends(site), [`${mac} closed: the phone came by another connection`]);
  assert.deepEqual(
    site.service.sessions.map(({ port }) => port),
    [5001],
  );
});

test('locked: sessions end in order, phones are not let in, and no image leaves', async () => {
  const site = new VirtualSite({ files, handler: offers, delayMs: 50 });
  const phone = site.phone({ mac });
  const idle = site.phone({ mac: '001122334466' as Mac, asksFor: 'x' }, '192.0.2.21');
  phone.hello();
  idle.hello();
  await site.until(() => site.service.fileConnections > 0 && idle.isDenied);
  let isLocked = false;
  void site.service.lock().then(() => (isLocked = true));
  assert.equal(site.service.lockState, 'locking');
  await site.pass(1000);
  // The one is sent away; the other has its file to the end.
  assert.equal(idle.isReset, true);
  assert.equal(isLocked, false);
  assert(await site.until(() => isLocked));
  assert.equal(phone.fetched?.length, 60_000);
  assert.equal(site.service.lockState, 'locked');
  assert.deepEqual(
    ends(site).map((each) => each.slice(13)),
    ['closed: the service is locked', 'closed: the service is locked'],
  );
  const before = toPhone(site).length;
  const late = site.phone({ mac: '001122334477' as Mac }, '192.0.2.22');
  late.hello();
  late.fetch('CT12D97.bin');
  phone.fetch('CT12D97.bin');
  await site.pass(20_000);
  assert.equal(toPhone(site).length, before);
  assert.equal(site.service.sessions.length, 0);
  site.service.unlock();
  late.hello();
  assert(await site.until(() => late.fetched !== undefined));
});

test('locked before the phone fetches what it was offered: denied', async () => {
  const site = new VirtualSite({ files, handler: offers });
  const phone = site.phone({ mac });
  phone.fetch = () => undefined;
  phone.hello();
  await site.pass(1000);
  assert(phone.order);
  void site.service.lock();
  await site.pass(1000);
  const other = site.phone({ mac });
  other.fetch('CT12D97.bin');
  await site.pass(5000);
  assert.equal(other.fetched, undefined);
  assert.deepEqual(site.transfers, []);
});

test('resets and fail-over', async () => {
  const site = new VirtualSite();
  const phone = site.phone({ mac });
  assert.equal(site.service.reset(mac, 'soft'), false);
  phone.hello();
  await site.pass(1000);
  assert.equal(site.service.reset(mac, 'hard'), true);
  await site.pass(1000);
  assert.equal(phone.commands.at(-1)?.kind, 'hard-reset');
  assert.equal(site.service.failOver(1), 1);
  await site.pass(1000);
  assert.equal(phone.isSentAway, true);
  assert.deepEqual(phone.commands.at(-1), { kind: 'server-switch', server: 1 });
  assert.deepEqual(ends(site), [`${mac} closed: the phone was sent to another server`]);
  assert.equal(site.service.sessions.length, 0);
});

test('the phone suspends the connection', async () => {
  const site = new VirtualSite();
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(1000);
  phone.say({ kind: 'suspend-connection' });
  await site.pass(1000);
  assert.deepEqual(ends(site), [`${mac} closed: the phone suspended the connection`]);
});

test('hellos of many that never say who they are: the oldest give way, then all are forgotten', async () => {
  const limits = { halfOpen: 20, halfOpenPerAddress: 5, sessions: 30, sessionsPerAddress: 8 };
  const site = new VirtualSite({ limits });
  for (let each = 0; each < 400; each++) {
    site.inject(hello, `192.0.2.${30 + (each % 40)}`, 1000 + each);
    site.inject(resume, `192.0.2.${30 + (each % 40)}`, 1000 + each);
    await site.pass(1);
  }
  assert.equal(site.service.sessions.length, 20);
  for (let each = 0; each < 50; each++) site.inject(hello, '192.0.2.99', each);
  await site.pass(1);
  const ofOne = site.service.sessions.filter(({ address }) => address === '192.0.2.99');
  assert.equal(ofOne.length, 5);
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(1000);
  assert.equal(phone.display.title, 'Hookflash');
  await site.pass(60_000);
  assert.equal(site.service.sessions.length, 1);
  assert.deepEqual(ends(site), []);
});

test('strangers: nothing is kept of them, and nothing said to them', async () => {
  const site = new VirtualSite({ limit: { perSecond: 10, burst: 20 } });
  site.inject('00000007 0202 00000013 99040054');
  site.inject(resume);
  site.inject('00000003 0102 00000013');
  site.inject('00000003 0202 00000013 9e02');
  site.inject('cafe');
  await site.pass(10);
  assert.deepEqual(toPhone(site), []);
  assert.equal(site.service.sessions.length, 0);
  assert.equal(site.malformed.length, 2);
  for (let each = 0; each < 100; each++) site.inject(resume);
  await site.pass(10);
  const { strangers, limited, received, malformed } = site.counters.counts;
  assert.equal(received, strangers + limited + malformed);
  assert(limited >= 80);
});

test('files: a phone that begins its transfer anew, one that breaks off, one that is silent', async () => {
  const site = new VirtualSite({ files, handler: offers, delayMs: 100 });
  const phone = site.phone({ mac });
  phone.hello();
  await site.until(() => site.service.fileConnections > 0);
  await site.pass(5000);
  phone.fetch('CT12D97.bin');
  assert(await site.until(() => phone.fetched !== undefined));
  assert.equal(phone.fetched?.length, 60_000);
  await site.pass(10_000);
  assert.deepEqual(
    site.transfers.map(({ outcome }) => outcome),
    ['aborted', 'sent'],
  );
  const silent = new VirtualSite({ files, handler: offers, delayMs: 100 });
  const other = silent.phone({ mac });
  other.hello();
  await silent.until(() => silent.service.fileConnections > 0);
  await silent.pass(2000);
  other.receive = () => undefined;
  await silent.pass(120_000);
  assert.deepEqual(
    silent.transfers.map(({ outcome }) => outcome),
    ['timed-out'],
  );
  assert.equal(silent.service.fileConnections, 0);
  assert.equal(silent.counters.counts.filesBroken, 1);
});

test('a handler that throws where it is only told', async () => {
  const fail = () => {
    throw new Error('no disk');
  };
  const site = new VirtualSite({ handler: { event: fail, closed: fail } });
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(1000);
  assert.equal(phone.display.title, 'Hookflash');
  site.service.stop();
  assert.match(site.problems[0] ?? '', /the handler failed for 001122334455: no disk/);
});

test('the assumptions’ switches', async () => {
  const assumptions: Partial<UnistimAssumptions> = {
    staysConnected: false,
    unknownByte: 9,
    identifier: 'path',
    grants: 'details',
    lockBy: 'server-switch',
  };
  const site = new VirtualSite({ files, handler: offers, assumptions });
  const phone = site.phone({ mac });
  phone.hello();
  await site.pass(2000);
  const { flags, unknown, identifier } = phone.order ?? {};
  assert.deepEqual([flags, unknown, identifier], [0x42, 9, 'CT12D97.bin']);
  // It waits for the grant, which waits for what it wants.
  assert.equal(phone.fetched, undefined);
  void site.service.lock();
  await site.pass(2000);
  assert.deepEqual(phone.commands.at(-1), { kind: 'server-switch', server: 1 });
});
