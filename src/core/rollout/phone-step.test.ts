import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress } from '../../model/progress.ts';
import type { RolloutPhone } from '../../model/rollout.ts';
import { fakeStep } from '../testing/fake-family.ts';
import type { Sign } from './phone-events.ts';
import { afterSign, afterTime, type Quiet, type StepRules } from './phone-step.ts';
import { fakeTimes, restartFamily } from './testing/restart-family.ts';
import { macOf, member } from './testing/words.ts';

const start = 1_000_000;

function rulesAt(now: number): StepRules {
  const rest = { steadyMs: 30_000, retries: 1, retryWaitMs: 60_000, busyWaitMs: 60_000 };
  return { now, family: restartFamily, times: fakeTimes, ...rest, mayRetry: true };
}

/** A phone with one hop that was asked and heard it. */
function asked(more: Partial<RolloutPhone> = {}): RolloutPhone {
  const rest = { askedAt: start, since: start, dueAt: start + fakeTimes.hear.withinMs };
  return member(1, {
    ...{ image: '3', from: '2', hops: 1, registered: true, before: { settings: {} } },
    ...{ state: 'asked', attempts: 1, asked: 1, sent: true, ...rest },
    ...more,
  });
}

function after(phone: RolloutPhone, ...signs: readonly Sign[]): RolloutPhone {
  return signs.reduce((now, sign, at) => afterSign(now, sign, rulesAt(start + at + 1)), phone);
}

function progress(state: Progress['state'], step = 0, more: Partial<Progress> = {}): Sign {
  const steps = [fakeStep('3')];
  const rest = { attempts: 0, because: '', reason: 'as it showed', updatedAt: 0 };
  const all: Progress = { mac: macOf(1), from: '2', target: '3', steps, step, state, ...rest };
  return { kind: 'progress', progress: { ...all, ...more } };
}

const heard: Quiet = { since: start, isNew: false };
const boots: Sign = { kind: 'booted' };
const runsIt: Sign = { kind: 'shows', shown: 'runs', image: '3' };
const registers: Sign = { kind: 'registered' };
const unreachable: Sign = { kind: 'answer', answer: 'unreachable' };

test('one that starts again and again has failed, however often it shows that it runs the image', () => {
  const round = [boots, runsIt];
  const phone = after(asked(), ...Array.from({ length: 5 }, () => round).flat());
  assert.deepEqual([phone.state, phone.cause], ['failed', 'flaps']);
  assert.equal(after(phone, boots, runsIt, registers).state, 'failed');
});

test('one that does not register is done when it does, not when it starts once more', () => {
  const back = after(asked(), boots, runsIt);
  const failed = afterTime(back, heard, rulesAt((back.dueAt ?? 0) + 1));
  assert.equal(failed.cause, 'registers-no-more');
  assert.equal(after(failed, boots, runsIt).state, 'failed');
  const done = after(failed, boots, runsIt, registers);
  assert.deepEqual([done.state, done.cause], ['done', undefined]);
});

test('one that took the asking and is gone never came back, though it cannot be reached again', () => {
  const due = start + fakeTimes.hear.withinMs;
  const waiting = afterTime(asked(), heard, rulesAt(due));
  assert.equal(waiting.state, 'waiting');
  const again: RolloutPhone = { ...waiting, state: 'asked', attempts: 2, asked: 2, sent: false };
  const lost = after(again, unreachable);
  assert.deepEqual([lost.state, lost.cause], ['failed', 'never-came-back'], lost.reason);
  const wasSeen = after(after(again, registers), unreachable);
  assert.equal(wasSeen.cause, 'unreachable', 'it was heard of in between');
  const neverThere = after(asked({ sent: false, attempts: 2 }), unreachable);
  assert.equal(neverThere.cause, 'unreachable');
});

test('one that is back, registered and shows nothing is not one that never came back', () => {
  const phone = after(asked({ attempts: 2 }), boots, progress('under-way'), registers);
  const end = afterTime(phone, heard, rulesAt(start + 10 * fakeTimes.silentMs));
  assert.deepEqual([end.state, end.cause], ['failed', 'came-back-on-old'], end.reason);
});

test('refused by its own checks, or taken and come back without it', () => {
  const stopped = progress('stopped', 0, { refused: ['3', '3'] });
  const refusal: Sign = { kind: 'shows', shown: 'refused', image: '3' };
  const loss: Sign = { kind: 'shows', shown: 'came-back', image: '3' };
  const tries = [boots, progress('under-way')];
  assert.equal(after(asked(), ...tries, refusal, stopped).cause, 'refused-image');
  assert.equal(after(asked(), ...tries, loss, stopped).cause, 'came-back-on-old');
});

test('one whose proof was none is on the same hop again', () => {
  const back = after(asked(), boots, progress('under-way'), runsIt);
  assert.deepEqual([back.state, back.hop, back.hops], ['back', 1, 1]);
  const again = after(back, boots, progress('under-way', 0, { refused: ['3'], attempts: 1 }));
  assert.deepEqual([again.state, again.hop, again.hops], ['upgrading', 0, 1]);
});

test('one that a person holds up is named so, and is done when it comes after all', () => {
  const phone = after(asked(), boots, progress('under-way'));
  const rules = rulesAt(start + fakeTimes.hop.withinMs + 10);
  const heldUp = 'nobody has pressed the key';
  const end = afterTime(phone, { since: rules.now - 1, isNew: false, heldUp }, rules);
  assert.deepEqual([end.state, end.cause, end.reason], ['failed', 'held-up', heldUp]);
  assert.equal(after(end, runsIt).state, 'done');
});

test('late is who was heard of; of whom nothing was since the program began is gone', () => {
  const phone = after(asked(), boots, progress('under-way'));
  const rules = rulesAt(start + fakeTimes.hop.withinMs + 10);
  const cause = (isNew: boolean) => afterTime(phone, { since: rules.now - 1, isNew }, rules).cause;
  assert.deepEqual([cause(false), cause(true)], ['late', 'never-came-back']);
});
