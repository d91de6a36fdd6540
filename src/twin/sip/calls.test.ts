import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeRtp } from '../../codec/rtp/rtp.ts';
import { headerOf } from '../../codec/sip/headers-of.ts';
import { tagOf } from '../../codec/sip/name-addr.ts';
import { parseSdp } from '../../codec/sip/sdp.ts';
import { audioOf } from '../../codec/sip/sdp-audio.ts';
import type { TwinEvent } from '../report.ts';
import { offer, requestText, type RequestParts } from './testing/requests.ts';
import {
  phoneAddress,
  sipTrial,
  type SipTrial,
  type SipTrialOptions,
} from './testing/sip-trial.ts';

async function ready(options: SipTrialOptions = {}): Promise<SipTrial> {
  const trial = await sipTrial(options);
  await trial.registered();
  return trial;
}

function say(trial: SipTrial, parts: RequestParts): void {
  trial.peer.send(requestText(parts), phoneAddress);
}

function statuses(trial: SipTrial, method = 'INVITE'): readonly number[] {
  return trial.peer.responses(method).map(({ message }) => message.status);
}

function calls(events: readonly TwinEvent[]): readonly string[] {
  return events.flatMap((each) =>
    each.kind === 'call' ? [each.because ? `${each.state}: ${each.because}` : each.state] : [],
  );
}

/** Of the phone's last answer. */
function toTag(trial: SipTrial): string {
  const { message } = trial.peer.responses('INVITE').at(-1) ?? {};
  return (message && tagOf('to', headerOf(message, 'to') ?? '')) ?? '';
}

const invite: RequestParts = { method: 'INVITE', body: offer };

test('nobody at the phone: it rings until the caller hangs up', async () => {
  const trial = await ready();
  say(trial, invite);
  await trial.pass(5000);
  assert.deepEqual(statuses(trial), [180]);
  say(trial, { method: 'CANCEL', branch: 'INVITE1' });
  await trial.pass(100);
  assert.deepEqual(statuses(trial), [180, 487]);
  assert.deepEqual(statuses(trial, 'CANCEL'), [200]);
  assert.deepEqual(calls(trial.events), ['ringing', 'ended: the caller hung up']);
  await trial.end();
});

test('nobody takes it for as long as a call may ring', async () => {
  const trial = await ready({ settings: { timer_invite_expires: '30' } });
  say(trial, invite);
  await trial.pass(31_000);
  assert.equal(statuses(trial)[1], 487);
  say(trial, { ...invite, callId: 'two', branch: 'two', more: ['Expires: 5'] });
  await trial.pass(5100);
  assert.deepEqual(calls(trial.events).slice(2), ['ringing', 'ended: nobody took it']);
  await trial.end();
});

test('somebody takes it: session, silence by RTP, BYE', async () => {
  const trial = await ready({ sip: { person: { answersAfterMs: 4000 } } });
  const sound = await trial.listen(4000);
  say(trial, invite);
  await trial.pass(4100);
  assert.deepEqual(statuses(trial), [180, 200]);
  const answer = trial.peer.responses('INVITE')[1]?.message;
  const audio = answer && audioOf(parseSdp(Buffer.from(answer.body).toString()));
  assert.ok(audio);
  assert.equal(audio.address, phoneAddress);
  assert.ok(audio.port >= 16_384 && audio.port <= 32_766 && audio.port % 2 === 0);
  // g711ulaw is what it prefers unless it is told otherwise.
  assert.deepEqual(
    audio.formats.map(({ name }) => name),
    ['PCMU', 'PCMA', 'telephone-event'],
  );
  say(trial, { method: 'ACK', branch: 'ack', toTag: toTag(trial) });
  await trial.pass(900);
  const packets = sound.map(({ bytes }) => decodeRtp(bytes));
  assert.ok(packets.length > 40);
  assert.deepEqual(packets.map(({ marker }) => marker).slice(0, 3), [true, false, false]);
  const [first, second] = packets;
  assert.equal(((second?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0, 160);
  assert.equal(((second?.sequence ?? 0) - (first?.sequence ?? 0)) & 0xffff, 1);
  assert.ok(sound.every(({ port }) => port === audio.port));
  say(trial, { method: 'BYE', sequence: 2, toTag: toTag(trial) });
  await trial.pass(100);
  const { length } = sound;
  await trial.pass(1000);
  assert.equal(sound.length, length, 'silence ends with the call');
  assert.deepEqual(calls(trial.events), ['ringing', 'answered', 'ended: the other side hung up']);
  await trial.end();
});

test('that somebody hangs up: a BYE to the Contact, along the route', async () => {
  const trial = await ready({ sip: { person: { answersAfterMs: 100, hangsUpAfterMs: 3000 } } });
  say(trial, { ...invite, more: ['Record-Route: <sip:10.0.0.9;lr>'] });
  await trial.pass(200);
  say(trial, { method: 'ACK', branch: 'ack', toTag: toTag(trial) });
  await trial.pass(3000);
  const [bye] = trial.peer.requests('BYE');
  assert.ok(bye);
  assert.equal(bye.message.uri, 'sip:300@10.0.0.9:5060');
  assert.equal(headerOf(bye.message, 'route'), '<sip:10.0.0.9;lr>');
  assert.equal(tagOf('from', headerOf(bye.message, 'from') ?? ''), toTag(trial));
  assert.equal(tagOf('to', headerOf(bye.message, 'to') ?? ''), 'caller');
  await trial.end();
});

test('an answer that nobody acknowledges is sent again and ends with BYE', async () => {
  const trial = await ready({ sip: { person: { answersAfterMs: 100 } } });
  say(trial, invite);
  await trial.pass(33_000);
  assert.ok(statuses(trial).filter((status) => status === 200).length > 5);
  assert.equal(trial.peer.requests('BYE').length, 1);
  await trial.end();
});

test('without a session in the INVITE the phone makes the offer, its codec first', async () => {
  const settings = { preferred_codec: 'g711alaw', dtmf_outofband: 'none' };
  const trial = await ready({ settings, sip: { person: { answersAfterMs: 100 } } });
  const sound = await trial.listen(4000);
  say(trial, { method: 'INVITE' });
  await trial.pass(200);
  const answer = trial.peer.responses('INVITE').at(-1)?.message;
  const audio = answer && audioOf(parseSdp(Buffer.from(answer.body).toString()));
  assert.deepEqual(
    audio?.formats.map(({ name }) => name),
    ['PCMA', 'PCMU', 'G729'],
  );
  say(trial, { method: 'ACK', branch: 'ack', toTag: toTag(trial), body: offer });
  await trial.pass(200);
  assert.equal(sound[0] && decodeRtp(sound[0].bytes).payloadType, 8);
  await trial.end();
});

test('held: nothing is sent until it is taken back', async () => {
  const trial = await ready({ sip: { person: { answersAfterMs: 100 } } });
  const sound = await trial.listen(4000);
  say(trial, invite);
  await trial.pass(200);
  const tag = toTag(trial);
  say(trial, { method: 'ACK', branch: 'ack', toTag: tag });
  await trial.pass(200);
  const held = offer.replace('a=ptime:20', 'a=ptime:20\r\na=sendonly');
  say(trial, { ...invite, branch: 'hold', sequence: 2, toTag: tag, body: held });
  await trial.pass(100);
  const { length } = sound;
  const answer = trial.peer.responses('INVITE').at(-1)?.message;
  assert.match(Buffer.from(answer?.body ?? []).toString(), /a=recvonly/);
  say(trial, { method: 'ACK', branch: 'ack2', sequence: 2, toTag: tag });
  await trial.pass(1000);
  assert.equal(sound.length, length);
  say(trial, { ...invite, branch: 'back', sequence: 3, toTag: tag });
  await trial.pass(200);
  assert.ok(sound.length > length);
  await trial.end();
});

const anonymous = { from: '"Anonymous" <sip:anonymous@anonymous.invalid>' };
const onlyGsm = offer.replace('RTP/AVP 8 0 101', 'RTP/AVP 3');

/** Settings, what comes, and the answer. */
const table: readonly (readonly [string, Record<string, string>, Partial<RequestParts>, number])[] =
  [
    ['DND on', { dnd_control: '1' }, {}, 486],
    ['DND on for good', { dnd_control: '3' }, {}, 486],
    ['DND off for good', { dnd_control: '2' }, {}, 180],
    ['anonymous, blocked', { anonymous_call_block: '1' }, anonymous, 433],
    ['hidden by Privacy', { anonymous_call_block: '1' }, { more: ['Privacy: id'] }, 433],
    ['anonymous, not blocked', { anonymous_call_block: '2' }, anonymous, 180],
    ['known, anonymous blocked', { anonymous_call_block: '1' }, {}, 180],
    ['another user', {}, { user: '999' }, 404],
    ['no codec in common', {}, { body: onlyGsm }, 488],
    ['no SDP', {}, { body: 'nonsense' }, 400],
    ['another body', {}, { type: 'application/isup' }, 415],
    ['an extension that it has not', {}, { more: ['Require: 100rel'] }, 420],
    ['a dialog that is none', {}, { toTag: 'gone' }, 481],
  ];

for (const [text, settings, parts, status] of table)
  test(`${text}: ${status}`, async () => {
    const trial = await ready({ settings });
    say(trial, { ...invite, ...parts });
    await trial.pass(100);
    assert.deepEqual(statuses(trial), [status]);
    await trial.end();
  });

for (const [value, status] of [
  ['0', 486],
  ['1', 180],
  ['2', 486],
  ['3', 180],
] as const)
  test(`call_waiting ${value}: a second call gets ${status}, a third 486`, async () => {
    const trial = await ready({ settings: { call_waiting: value } });
    for (const number of [1, 2, 3])
      say(trial, { ...invite, callId: `call${number}`, branch: `b${number}` });
    await trial.pass(100);
    assert.deepEqual(statuses(trial), [180, status, 486]);
    await trial.end();
  });

test('the fault busy: one call more with call waiting, none without', async () => {
  const hooks = { sip: { isBusy: true } };
  for (const [call_waiting, status] of [
    ['1', 180],
    ['0', 486],
  ] as const) {
    const trial = await ready({ hooks, settings: { call_waiting } });
    say(trial, invite);
    await trial.pass(100);
    assert.deepEqual(statuses(trial), [status]);
    await trial.end();
  }
});

test('the same INVITE by another branch: 482; sent again: answered again', async () => {
  const trial = await ready();
  say(trial, invite);
  await trial.pass(50);
  say(trial, { ...invite, branch: 'other' });
  say(trial, invite);
  await trial.pass(50);
  assert.deepEqual(statuses(trial), [180, 482, 180]);
  await trial.end();
});

for (const [text, changed, status] of [
  ['a method that nobody knows', (all: string) => all.replaceAll('OPTIONS', 'DANCE'), 501],
  ['a method that it does not do', (all: string) => all.replaceAll('OPTIONS', 'MESSAGE'), 405],
  ['OPTIONS', (all: string) => all, 200],
  ['no Max-Forwards that is a number', (all: string) => all.replace('s: 70', 's: many'), 400],
  ['another version', (all: string) => all.replace('SIP/2.0', 'SIP/7.0'), 505],
  ['another scheme', (all: string) => all.replace('OPTIONS sip:', 'OPTIONS nobody:'), 416],
  ['two CSeq', (all: string) => all.replace('CSeq:', 'CSeq: 1 OPTIONS\r\nCSeq:'), 400],
] as const)
  test(`${text}: ${status}`, async () => {
    const trial = await ready();
    trial.peer.send(changed(requestText({ method: 'OPTIONS' })), phoneAddress);
    await trial.pass(100);
    const heard = trial.peer.heard.flatMap(({ message }) =>
      message.kind === 'response' ? [message.status] : [],
    );
    assert.deepEqual(heard, [status]);
    await trial.end();
  });

test('bytes that are no SIP, and empty ones that keep NAT open, are passed over', async () => {
  const trial = await ready();
  for (const text of [
    '',
    '\r\n\r\n',
    '\0\0\0\0',
    'OPTIONS',
    'INVITE sip:x SIP/2.0\r\n\r\n',
    'SIP/2.0 200 OK\r\n\r\n',
  ])
    trial.peer.send(text, phoneAddress);
  await trial.pass(1000);
  say(trial, { method: 'OPTIONS' });
  await trial.pass(100);
  assert.deepEqual(statuses(trial, 'OPTIONS'), [200]);
  assert.equal((await trial.end()).state, 'idle');
});
