import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inviteClient, otherClient, type ClientMachine } from './client-transaction.ts';
import { inviteServer, otherServer, type ServerMachine } from './server-transaction.ts';
import { parseSip } from './parse-sip.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';
import { usual, wire } from './testing/torture.ts';
import {
  usualTiming,
  type SipTiming,
  type TransactionAction,
  type TransactionEvent,
} from './transaction-machine.ts';

function response(status: number): SipResponse {
  const message = parseSip(wire([`SIP/2.0 ${status} x`, ...usual('a', '1 INVITE')]));
  assert.ok(message.kind === 'response');
  return message;
}

function request(method: string): SipRequest {
  const message = parseSip(wire([`${method} sip:a@b SIP/2.0`, ...usual('a', `1 ${method}`)]));
  assert.ok(message.kind === 'request');
  return message;
}

/** A machine on a clock of its own; what it does is written down as `500 send-request`. */
function run(
  machine: ClientMachine | ServerMachine,
  isReliable: boolean,
  events: readonly (readonly [number, TransactionEvent])[],
  timing: SipTiming = usualTiming,
): readonly string[] {
  const options = { timing, isReliable };
  const done: string[] = [];
  const timers = new Map<string, number>();
  let now = 0;
  const first = machine.start(options);
  let state: never = first.state as never;
  const act = (action: TransactionAction) => {
    if (action.kind === 'start') timers.set(action.name, now + action.ms);
    else if (action.kind === 'stop') timers.delete(action.name);
    else done.push(`${now} ${wordOf(action)}`);
    if (action.kind === 'end') timers.clear();
  };
  const step = (event: TransactionEvent) => {
    const next = machine.step(state, event, options);
    state = next.state as never;
    next.actions.forEach(act);
  };
  const runTo = (end: number) => {
    for (;;) {
      const [next] = [...timers].sort(([, one], [, other]) => one - other);
      if (!next || next[1] > end) break;
      timers.delete(next[0]);
      now = next[1];
      step({ kind: 'timer', name: next[0] as never });
    }
    now = end;
  };
  first.actions.forEach(act);
  for (const [at, event] of events) {
    runTo(at);
    step(event);
  }
  runTo(200_000);
  assert.equal(timers.size, 0);
  return done;
}

function wordOf(action: TransactionAction): string {
  if (action.kind === 'send-response' || action.kind === 'pass-response')
    return `${action.kind} ${action.response.status}`;
  return action.kind === 'fail' ? `fail ${action.because}` : action.kind;
}

const sendsAt = (done: readonly string[], what: string) =>
  done.filter((each) => each.endsWith(what)).map((each) => Number(each.split(' ')[0]));

const answers = (at: number, status: number) =>
  [at, { kind: 'response', response: response(status) }] as const;
const gives = (at: number, status: number) =>
  [at, { kind: 'answer', response: response(status) }] as const;
const comes = (at: number, method: string) =>
  [at, { kind: 'request', request: request(method) }] as const;

test('INVITE over UDP without answer: timers A and B', () => {
  const done = run(inviteClient, false, []);
  assert.deepEqual(sendsAt(done, 'send-request'), [0, 500, 1500, 3500, 7500, 15_500, 31_500]);
  assert.deepEqual(done.slice(-2), ['32000 fail timeout', '32000 end']);
});

test('INVITE over TCP without answer is sent once', () => {
  assert.deepEqual(run(inviteClient, true, []), [
    '0 send-request',
    '32000 fail timeout',
    '32000 end',
  ]);
});

test('other requests over UDP without answer: timers E and F', () => {
  const done = run(otherClient, false, []);
  assert.deepEqual(
    sendsAt(done, 'send-request'),
    [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500],
  );
  assert.deepEqual(done.slice(-2), ['32000 fail timeout', '32000 end']);
});

test('timer E waits for T2 once a provisional answer came', () => {
  const done = run(otherClient, false, [answers(600, 100), answers(10_000, 200)]);
  assert.deepEqual(sendsAt(done, 'send-request'), [0, 500, 1500, 5500, 9500]);
  assert.deepEqual(done.slice(-2), ['10000 pass-response 200', '15000 end']);
});

test('the defaults of phones, 6 and 10 retransmissions, are what 64*T1 allows', () => {
  const timing = { ...usualTiming, inviteRetransmissions: 6, requestRetransmissions: 10 };
  for (const machine of [inviteClient, otherClient])
    assert.deepEqual(run(machine, false, [], timing), run(machine, false, []));
});

test('fewer retransmissions fail sooner, when the last had its time', () => {
  const timing = { ...usualTiming, inviteRetransmissions: 2, requestRetransmissions: 0 };
  assert.deepEqual(run(inviteClient, false, [], timing), [
    ...['0 send-request', '500 send-request', '1500 send-request'],
    ...['3500 fail timeout', '3500 end'],
  ]);
  assert.deepEqual(run(otherClient, false, [], timing), [
    ...['0 send-request', '500 fail timeout', '500 end'],
  ]);
});

test('a refused INVITE is acknowledged each time; timer D', () => {
  const done = run(inviteClient, false, [answers(300, 180), answers(400, 486), answers(900, 486)]);
  assert.deepEqual(done, [
    ...['0 send-request', '300 pass-response 180', '400 send-ack', '400 pass-response 486'],
    ...['900 send-ack', '32400 end'],
  ]);
});

test('timer D is at least 32 s, and none over TCP', () => {
  const timing = { t1: 100, t2: 400, t4: 500 };
  assert.deepEqual(run(inviteClient, false, [answers(50, 404)], timing).at(-1), '32050 end');
  assert.deepEqual(run(inviteClient, true, [answers(50, 404)]).at(-1), '50 end');
});

test('each 2xx to an INVITE is handed on until timer M', () => {
  const done = run(inviteClient, false, [answers(100, 200), answers(600, 200), answers(700, 404)]);
  assert.deepEqual(done, [
    ...['0 send-request', '100 pass-response 200', '600 pass-response 200', '32100 end'],
  ]);
});

test('nothing that is lost after a final answer is told as a failure', () => {
  const lost = [200, { kind: 'send-failed' }] as const;
  for (const [machine, status] of [
    [inviteClient, 200],
    [inviteClient, 486],
    [otherClient, 200],
  ] as const) {
    const done = run(machine, false, [answers(100, status), lost]);
    assert.deepEqual(sendsAt(done, 'fail transport'), [], String(status));
  }
  assert.deepEqual(run(otherClient, false, [lost]), [
    ...['0 send-request', '200 fail transport', '200 end'],
  ]);
});

test('a server says 100 by itself after 200 ms, unless it has answered', () => {
  assert.deepEqual(run(inviteServer, false, [comes(500, 'INVITE')]), ['200 send-trying']);
  const done = run(inviteServer, false, [gives(100, 180), comes(500, 'INVITE')]);
  assert.deepEqual(done, ['100 send-response 180', '500 send-response 180']);
});

test('a refusal is sent until its ACK: timers G, H and I', () => {
  const done = run(inviteServer, false, [gives(0, 486), comes(2000, 'ACK'), comes(2100, 'ACK')]);
  assert.deepEqual(done, [
    ...['0 send-response 486', '500 send-response 486', '1500 send-response 486', '7000 end'],
  ]);
  const alone = run(inviteServer, false, [gives(0, 486)]);
  assert.deepEqual(
    sendsAt(alone, 'send-response 486'),
    [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500],
  );
  assert.deepEqual(alone.slice(-2), ['32000 fail timeout', '32000 end']);
});

test('over TCP a refusal is sent once, and ends with its ACK', () => {
  const done = run(inviteServer, true, [gives(0, 486), comes(2000, 'ACK')]);
  assert.deepEqual(done, ['0 send-response 486', '2000 end']);
});

test('a 2xx is sent until its ACK, also over TCP; timer L', () => {
  for (const isReliable of [false, true]) {
    const done = run(inviteServer, isReliable, [
      ...[gives(0, 200), comes(600, 'INVITE'), comes(2000, 'ACK'), comes(2500, 'ACK')],
    ]);
    assert.deepEqual(done, [
      ...['0 send-response 200', '500 send-response 200', '1500 send-response 200'],
      ...['2000 pass-ack', '32000 end'],
    ]);
  }
  assert.deepEqual(run(inviteServer, false, [gives(0, 200)]).slice(-2), [
    '32000 fail timeout',
    '32000 end',
  ]);
});

test('other requests that come again get the last answer; timer J', () => {
  const done = run(otherServer, false, [
    ...[comes(100, 'OPTIONS'), gives(200, 100), comes(300, 'OPTIONS')],
    ...[gives(400, 200), comes(500, 'OPTIONS'), gives(600, 404)],
  ]);
  assert.deepEqual(done, [
    ...['200 send-response 100', '300 send-response 100', '400 send-response 200'],
    ...['500 send-response 200', '32400 end'],
  ]);
  assert.deepEqual(run(otherServer, true, [gives(0, 200)]), ['0 send-response 200', '0 end']);
});
