import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { headerOf } from '../src/codec/sip/headers-of.ts';
import { proxyPassword, proxyUser, startKamailio } from './kamailio.ts';
import { hookflash } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';
import { SipPhone } from './sip-phone.ts';
import { deskMac, javaMac, sipSite, sipWorkspace } from './sip-site.ts';

const run = promisify(execFile);

/** What a phone finds, asked from its own address. */
async function read(curl: string, tftp: string, address: string, path: string): Promise<string> {
  const words = ['--silent', '--interface', address, `tftp://${tftp}/${path}`];
  return run(curl, words).then(
    ({ stdout }) => stdout,
    () => 'missing',
  );
}

test('through Kamailio, the phones that shall restart are told, and no other', async (t) => {
  const kamailio = requirePeer(t, 'kamailio');
  if (kamailio === undefined) return;
  const { port } = await startKamailio(t, kamailio);
  const dir = await sipWorkspace(t, ['proxy1_address=192.0.2.20']);
  const server = { address: '127.0.0.1', port };
  const desk = await SipPhone.open(t, {
    address: '127.0.0.2',
    user: '7001',
    password: 'p7001',
    server,
    isStrict: true,
  });
  const java = await SipPhone.open(t, {
    address: '127.0.0.3',
    user: '7002',
    password: 'p7002',
    server,
    isStrict: true,
  });
  for (const phone of [desk, java]) assert.equal((await phone.register()).status, 200);
  const via = ['--via', `127.0.0.1:${port}`, '--dir', dir];
  const none = await hookflash('reboot', deskMac, ...via);
  assert.equal(none.code, 1);
  assert.match(none.out, /407 .*--user/);
  const user = ['--user', proxyUser, '--password', proxyPassword];
  const wrong = await hookflash('reboot', deskMac, ...via, ...user.with(3, 'wrong'));
  assert.match(wrong.out, /407/);
  assert.equal(desk.notified.length, 0);
  const done = await hookflash('reboot', deskMac, ...via, ...user);
  assert.deepEqual([done.code, done.err], [0, ''], done.out);
  assert.match(done.out, /asked {4}200 OK: it asks for syncinfo\.xml/);
  assert.deepEqual([desk.notified.length, java.notified.length], [1, 0]);
  const [notify] = desk.notified;
  assert.ok(notify);
  assert.equal(headerOf(notify, 'event'), 'check-sync');
  assert.equal(headerOf(notify, 'proxy-authorization'), undefined);
  const both = await hookflash(
    'reboot',
    deskMac,
    javaMac,
    ...via,
    ...user,
    '--batch',
    '1',
    '--every',
    '1',
  );
  assert.equal(both.code, 0, both.out);
  assert.deepEqual([desk.notified.length, java.notified.length], [2, 1]);
});

test('phones that listen to their registrar alone are told by it, and find their word', async (t) => {
  const curl = requirePeer(t, 'curl');
  if (curl === undefined) return;
  const site = await sipSite(t, ['sync=7']);
  const server = { address: '127.0.0.1', port: site.port };
  const common = { server, isStrict: true };
  const desk = await SipPhone.open(t, {
    ...common,
    address: '127.0.0.2',
    user: '7001',
    password: 'p7001',
  });
  const java = await SipPhone.open(t, {
    ...common,
    address: '127.0.0.3',
    user: '7002',
    password: 'p7002',
  });
  for (const phone of [desk, java]) assert.equal((await phone.register()).status, 200);
  const find = (mac: string, address: string, path: string) =>
    read(curl, site.tftp, address, path).then((text) => ({ mac, text }));
  await find(deskMac, '127.0.0.2', `SIP${deskMac}.cnf`);
  const before = await find(deskMac, '127.0.0.2', 'syncinfo.xml');
  assert.match(before.text, /VERSION="\*" SYNC="7"/);
  const done = await hookflash('reboot', deskMac, javaMac, '--kind', 'reset', '--dir', site.dir);
  assert.equal(done.code, 0, done.out + done.err);
  assert.deepEqual([desk.notified.length, java.notified.length], [1, 1]);
  assert.equal(headerOf(desk.notified[0]!, 'event'), 'check-sync');
  assert.equal(headerOf(java.notified[0]!, 'event'), 'check-sync', 'it has a proxy of its own');
  const { text } = await find(deskMac, '127.0.0.2', 'syncinfo.xml');
  assert.match(text, /VERSION="\*" SYNC="restart-[0-9a-f]{16}"/);
  const ready = await hookflash('reboot', deskMac, '--prepare', '--dir', site.dir);
  assert.match(ready.out, /ready .*registered with/);
  assert.equal(desk.notified.length, 1, 'nothing is sent');
  const another = await find(deskMac, '127.0.0.2', 'syncinfo.xml');
  assert.notEqual(another.text, text);
  // A boot of the phone is the end of it.
  for (const path of [`CTLSEP${deskMac}.tlv`, `SEP${deskMac}.cnf.xml`, `SIP${deskMac}.cnf`])
    await find(deskMac, '127.0.0.2', path);
  const after = await find(deskMac, '127.0.0.2', 'syncinfo.xml');
  assert.match(after.text, /SYNC="7"/);
  const told = site.events('news').map(({ text: words }) => String(words));
  assert.ok(
    told.some((words) => words.startsWith('restart: 200 OK')),
    told.join('; '),
  );
  assert.equal(await site.server.end(), 0);
});

test('Java phones under a call manager get service-control with the keys that they check', async (t) => {
  const site = await sipSite(t, ['proxy1_address=USECALLMANAGER', 'call_manager1_addr=127.0.0.1']);
  const server = { address: '127.0.0.1', port: site.port };
  const java = await SipPhone.open(t, {
    ...{ server, address: '127.0.0.3', user: '7002', password: 'p7002' },
  });
  const alarm = `cisco-alarm:25 Name=SEP${javaMac} Load=SIP41.9-3-1SR4-1S Last=initialized`;
  const reason = { name: 'Reason', value: `SIP;cause=200;text="${alarm}"` };
  assert.equal((await java.register([reason])).status, 200);
  const fact = await site.server.line((line) => line.event === 'fact');
  assert.deepEqual(
    [fact.mac, (fact.fact as { kind: string }).kind, (fact.fact as { image: string }).image],
    [javaMac, 'runs', 'SIP41.9-3-1SR4-1S'],
  );
  const done = await hookflash('reboot', javaMac, '--kind', 'reset', '--dir', site.dir);
  assert.equal(done.code, 0, done.out + done.err);
  const [notify] = java.notified;
  assert.ok(notify);
  assert.equal(headerOf(notify, 'event'), 'service-control');
  assert.equal(headerOf(notify, 'content-type'), 'text/plain');
  const keys = Buffer.from(notify.body).toString().split('\r\n');
  assert.deepEqual(keys.slice(0, 2), ['action=reset', `RegisterCallId={${java.callId}}`]);
  // Unregistering with a reason is how it says that it starts again.
  const again = {
    name: 'Reason',
    value: `SIP;cause=200;text="cisco-alarm:20 Name=SEP${javaMac} Load=SIP41.9-3-1SR4-1S Last=reset-reset"`,
  };
  await java.register([again, { name: 'Expires', value: '0' }]);
  await site.server.line((line) => line.event === 'registration' && line.outcome === 'restarts');
  assert.equal(await site.server.end(), 0);
});

test('without a server of SIP the command sends by itself, and says what cannot be done', async (t) => {
  const site = await sipSite(t);
  const server = { address: '127.0.0.1', port: site.port };
  const parts = { server, address: '127.0.0.2', user: '7001', password: 'p7001' };
  const desk = await SipPhone.open(t, { ...parts, answer: { status: 481, reason: 'Unknown' } });
  assert.equal((await desk.register()).status, 200);
  await site.server.end();
  const done = await hookflash('reboot', deskMac, '--dir', site.dir);
  assert.equal(done.code, 1);
  assert.match(done.out, /refused {2}481 Unknown: the phone knows no registration/);
  assert.equal(desk.notified.length, 1);
  const nowhere = await hookflash('reboot', javaMac, '--dir', site.dir);
  assert.match(nowhere.out, /cannot .*nobody here knows its address.*--via/);
  const set = ['phone', 'set', javaMac, '--running', 'SCCP41.9-4-2SR3-1S', '--dir', site.dir];
  assert.equal((await hookflash(...set)).code, 0);
  const sccp = await hookflash('reboot', javaMac, '--dir', site.dir, '--json');
  assert.equal((JSON.parse(sccp.out) as { readonly outcome: string }).outcome, 'cannot');
  assert.match(sccp.out, /runs SCCP.*call manager alone/);
});
