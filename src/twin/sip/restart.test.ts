import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerOf } from '../../codec/sip/headers-of.ts';
import type { Hooks } from '../boots.ts';
import type { FamilyRules, FaultyParts } from '../faults/fault.ts';
import { chooseFault } from '../faults/faults.ts';
import type { TwinEvent } from '../report.ts';
import { readServiceControl, serviceDecision } from './service-control.ts';
import { syncDecision } from './sync-decision.ts';
import { offer, requestText } from './testing/requests.ts';
import {
  javaSipTrial,
  mac,
  peerAddress,
  phoneAddress,
  sipTrial,
  type SipTrial,
} from './testing/sip-trial.ts';

function notify(trial: SipTrial, event: string, body = '', branch = 'n1'): void {
  const parts = { method: 'NOTIFY', callId: branch, branch, more: [`Event: ${event}`] };
  trial.peer.send(requestText({ ...parts, body, type: 'text/plain' }), phoneAddress);
}

function statuses(trial: SipTrial, method = 'NOTIFY'): readonly number[] {
  return trial.peer.responses(method).map(({ message }) => message.status);
}

function askedAt(events: readonly TwinEvent[], path: string): readonly number[] {
  return events.flatMap((each) => (each.kind === 'request' && each.path === path ? [each.at] : []));
}

function reboots(events: readonly TwinEvent[]): readonly string[] {
  return events.flatMap((each) => (each.kind === 'reboot' ? [each.because] : []));
}

const syncinfo = (version: string, sync: string) =>
  `<SYNCINFO><IMAGE VERSION="${version}" SYNC="${sync}"/></SYNCINFO>`;

/** Own image and sync are P0S3-8-12-00 and 1. Steps a to e of the guide. */
const decisions: readonly (readonly [string, boolean])[] = [
  [syncinfo('P0S3-8-12-00', '2'), true],
  [syncinfo('P0S3-8-12-00', '1'), false],
  [syncinfo('*', '2'), true],
  [syncinfo('*', '1'), false],
  [syncinfo('P0S3-8-11-00', '2'), false],
  [syncinfo('p0s3-8-12-00', '2'), false],
  [syncinfo('*', '01'), true],
  [syncinfo('*', 'do-not-change'), true],
  ['<IMAGE VERSION="*" SYNC="2"/>', true],
  [
    '<SYNCINFO><IMAGE VERSION="*" SYNC="2"/><IMAGE VERSION="P0S3-8-12-00" SYNC="1"/></SYNCINFO>',
    false,
  ],
  ['<SYNCINFO><IMAGE VERSION="P0S3-8-12-00 SYNC="1"/></SYNCINFO>', false],
  ['', false],
];

for (const [text, restarts] of decisions)
  test(`${text || 'an empty file'}: ${restarts ? 'restarts' : 'stays'}`, () => {
    assert.equal(syncDecision(text, 'P0S3-8-12-00', '1').restarts, restarts);
  });

test('check-sync: 200, 20 s of idleness, syncinfo.xml, restart, registered again', async () => {
  const trial = await sipTrial({ sip: { until: 'restarted' } });
  trial.files['syncinfo.xml'] = syncinfo('*', '2');
  await trial.registered();
  const at = trial.clock.now();
  notify(trial, 'check-sync');
  const end = await trial.result;
  assert.deepEqual(statuses(trial), [200]);
  const [asked = 0] = askedAt(trial.events, 'syncinfo.xml');
  assert.equal(Math.round((asked - at) / 100), 200);
  assert.deepEqual([end.state, end.boots, end.restarts], ['idle', 2, 1]);
  assert.deepEqual(reboots(trial.events), ['check-sync: sync is "2", its own "1"']);
  const ids = trial.peer.requests('REGISTER').map(({ message }) => headerOf(message, 'call-id'));
  assert.equal(new Set(ids).size, 2);
});

test('sync of its own settings is what counts', async () => {
  const trial = await sipTrial({ settings: { sync: 'monday' } });
  trial.files['syncinfo.xml'] = syncinfo('*', 'monday');
  await trial.registered();
  notify(trial, 'check-sync');
  await trial.pass(60_000);
  assert.equal(askedAt(trial.events, 'syncinfo.xml').length, 1);
  assert.deepEqual(reboots(trial.events), []);
  await trial.end();
});

test('without syncinfo.xml nothing happens', async () => {
  const trial = await sipTrial();
  await trial.registered();
  notify(trial, 'check-sync');
  await trial.pass(60_000);
  assert.deepEqual(reboots(trial.events), []);
  await trial.end();
});

test('a call holds off the restart until 20 s after its end', async () => {
  const trial = await sipTrial({
    sip: { person: { answersAfterMs: 1000, hangsUpAfterMs: 60_000 } },
  });
  trial.files['syncinfo.xml'] = syncinfo('*', '2');
  await trial.registered();
  trial.peer.send(requestText({ method: 'INVITE', body: offer }), phoneAddress);
  await trial.pass(2000);
  notify(trial, 'check-sync');
  await trial.pass(50_000);
  assert.equal(askedAt(trial.events, 'syncinfo.xml').length, 0);
  await trial.pass(40_000);
  const ended = trial.events.find((each) => each.kind === 'call' && each.state === 'ended');
  const [asked = 0] = askedAt(trial.events, 'syncinfo.xml');
  assert.equal(Math.round((asked - (ended?.at ?? 0)) / 100), 200);
  assert.equal(reboots(trial.events).length, 1);
  await trial.end();
});

test('a call within the 20 s begins them anew', async () => {
  const trial = await sipTrial();
  trial.files['syncinfo.xml'] = syncinfo('*', '2');
  await trial.registered();
  notify(trial, 'check-sync');
  await trial.pass(15_000);
  trial.peer.send(requestText({ method: 'INVITE', body: offer }), phoneAddress);
  await trial.pass(10_000);
  trial.peer.send(requestText({ method: 'CANCEL', branch: 'INVITE1' }), phoneAddress);
  await trial.pass(15_000);
  assert.equal(askedAt(trial.events, 'syncinfo.xml').length, 0);
  await trial.pass(6000);
  assert.equal(askedAt(trial.events, 'syncinfo.xml').length, 1);
  await trial.end();
});

for (const [name, sip] of [
  ['busy', { isBusy: true }],
  ['ignores-notify', { ignoresNotify: true }],
] as const)
  test(`the fault ${name}: 200, and no restart`, async () => {
    const trial = await sipTrial({ hooks: { sip } });
    trial.files['syncinfo.xml'] = syncinfo('*', '2');
    await trial.registered();
    notify(trial, 'check-sync');
    await trial.pass(3_600_000);
    assert.deepEqual(statuses(trial), [200]);
    assert.equal(askedAt(trial.events, 'syncinfo.xml').length, 0);
    await trial.end();
  });

/** Of a fault of the phone's own program, which looks at nothing else. */
function hooksOf(name: string): Hooks {
  const chosen = chooseFault(name);
  assert.ok(typeof chosen === 'object');
  const parts = {} as FaultyParts<unknown>;
  return chosen.fault.apply(parts, {} as FamilyRules<unknown>, 0).hooks ?? {};
}

test('the fault never-comes-back: registered, and dark from the restart on', async () => {
  const trial = await sipTrial({ hooks: hooksOf('never-comes-back') });
  trial.files['syncinfo.xml'] = syncinfo('*', '2');
  await trial.registered();
  notify(trial, 'check-sync');
  const end = await trial.result;
  assert.deepEqual([end.state, end.boots, end.restarts], ['stuck', 1, 1]);
  assert.match(end.because ?? '', /hangs/);
  notify(trial, 'check-sync', '', 'n2');
  await trial.pass(60_000);
  assert.deepEqual(statuses(trial), [200], 'nobody is there');
});

test('the fault flaps: registered until the restart, never again after it', async () => {
  const trial = await sipTrial({ hooks: hooksOf('flaps') });
  trial.files['syncinfo.xml'] = syncinfo('*', '2');
  await trial.registered();
  const before = trial.peer.requests('REGISTER').length;
  notify(trial, 'check-sync');
  const end = await trial.result;
  assert.equal(end.state, 'stuck');
  assert.match(end.because ?? '', /over and over: it does not come to rest/);
  assert.equal(trial.peer.requests('REGISTER').length, before);
});

test('the fault never-idle: starts again before it speaks SIP', async () => {
  const trial = await sipTrial({ hooks: hooksOf('never-idle') });
  const end = await trial.result;
  assert.equal(end.state, 'stuck');
  assert.equal(trial.peer.requests('REGISTER').length, 0);
});

test('a phone may be restarted more often than one that goes in circles', async () => {
  const trial = await sipTrial();
  await trial.registered();
  for (let sync = 2; sync < 17; sync++) {
    trial.files['syncinfo.xml'] = syncinfo('*', `${sync}`);
    notify(trial, 'check-sync', '', `n${sync}`);
    await trial.pass(150_000);
  }
  const end = await trial.end();
  assert.deepEqual([end.state, end.restarts], ['idle', 15]);
});

test('other packages: 489; a 7940/7960 knows no service-control', async () => {
  const trial = await sipTrial();
  await trial.registered();
  for (const event of ['dialog', 'service-control', 'message-summary'])
    notify(trial, event, '', event);
  await trial.pass(100);
  assert.deepEqual(statuses(trial), [489, 489, 200]);
  await trial.end();
});

const line = (proxy: string) =>
  `<sipLines><line button="1"><featureID>9</featureID><proxy>${proxy}</proxy><name>207</name></line></sipLines>`;
const device =
  `<versionStamp>one</versionStamp><devicePool><callManagerGroup><members><member><callManager>` +
  `<processNodeName>${peerAddress}</processNodeName></callManager></member></members></callManagerGroup></devicePool>`;

function control(action: string, callId: string, more = ''): string {
  return `action=${action}\r\nRegisterCallId={${callId}}\r\nConfigVersionStamp={one}\r\n${more}`;
}

async function managed(): Promise<SipTrial & { readonly callId: string }> {
  const trial = await javaSipTrial(line('USECALLMANAGER'), { device });
  await trial.registered();
  const [first] = trial.peer.requests('REGISTER');
  return Object.assign(trial, { callId: (first && headerOf(first.message, 'call-id')) ?? '' });
}

test('service-control: another RegisterCallId is refused', async () => {
  const trial = await managed();
  notify(trial, 'service-control', control('reset', 'else'));
  await trial.pass(1000);
  assert.deepEqual(statuses(trial), [400]);
  assert.deepEqual(reboots(trial.events), []);
  await trial.end();
});

test('service-control reset: unregisters, starts anew and says so', async () => {
  const trial = await managed();
  notify(trial, 'service-control', control('reset', trial.callId));
  await trial.pass(180_000);
  assert.deepEqual(statuses(trial), [200]);
  assert.deepEqual(reboots(trial.events), ['service-control: reset']);
  const seen = trial.peer
    .requests('REGISTER')
    .map(
      ({ message }) => `${headerOf(message, 'expires')} ${headerOf(message, 'reason')?.slice(-14)}`,
    );
  assert.deepEqual(
    seen,
    ['3600 t=initialized"', '0 t=initialized"', '3600 st=reset-reset"'].map((each) => {
      const [expires = '', rest = ''] = each.split(' ');
      return `${expires} ${rest.slice(-14)}`;
    }),
  );
  await trial.end();
});

test('service-control restart: reads its configuration again, without starting anew', async () => {
  const trial = await managed();
  const path = `SEP${mac}.cnf.xml`;
  const before = askedAt(trial.events, path).length;
  trial.files[path] = (trial.files[path] ?? '').replace('<name>207</name>', '<name>208</name>');
  notify(trial, 'service-control', control('restart', trial.callId));
  await trial.pass(30_000);
  assert.deepEqual(reboots(trial.events), []);
  assert.equal(askedAt(trial.events, path).length, before + 1);
  const end = await trial.end();
  assert.deepEqual([end.lines?.[0]?.line, end.lines?.[0]?.state], ['208', 'registered']);
  assert.deepEqual([end.boots, end.restarts], [1, 1]);
});

test('service-control waits for the end of a call', async () => {
  const trial = await managed();
  const invite = requestText({ method: 'INVITE', user: '207', body: offer });
  trial.peer.send(invite, phoneAddress);
  await trial.pass(100);
  notify(trial, 'service-control', control('reset', trial.callId));
  await trial.pass(60_000);
  assert.deepEqual(reboots(trial.events), []);
  trial.peer.send(requestText({ method: 'CANCEL', user: '207', branch: 'INVITE1' }), phoneAddress);
  await trial.pass(1000);
  assert.equal(reboots(trial.events).length, 1);
  await trial.end();
});

const known = { callIds: ['id'], versionStamp: 'one', load: 'SIP41.8-5-2S' };
const cases: readonly (readonly [string, typeof known, string])[] = [
  [control('check-version', 'id'), known, 'nothing'],
  [control('check-version', 'id').replace('{one}', '{two}'), known, 'restart'],
  [control('apply-config', 'id', 'FirmwareLoadId={SIP41.9-4-2S}\r\n'), known, 'reset'],
  [control('apply-config', 'id', 'FirmwareLoadId={SIP41.8-5-2S}\r\n'), known, 'nothing'],
  [control('call-preservation', 'id'), known, 'nothing'],
  [control('dance', 'id'), known, 'refuse'],
  [control('restart', ''), known, 'refuse'],
  [control('restart', ''), { ...known, callIds: [] }, 'restart'],
  ['', known, 'refuse'],
];

for (const [body, state, kind] of cases)
  test(`service-control ${JSON.stringify(body)}: ${kind}`, () => {
    assert.equal(serviceDecision(readServiceControl(body), state).kind, kind);
  });

test('a Java phone with a plain proxy: no service-control, restarts at check-sync', async () => {
  const trial = await javaSipTrial(line(peerAddress));
  await trial.registered();
  notify(trial, 'service-control', control('reset', ''), 'a');
  await trial.pass(100);
  notify(trial, 'check-sync', '', 'b');
  await trial.pass(1000);
  assert.deepEqual(statuses(trial), [489, 200]);
  assert.equal(reboots(trial.events).length, 1);
  await trial.end();
});
