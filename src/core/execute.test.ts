import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { UpgradeStep } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { attemptLimit, execute } from './execute.ts';

const mac = '020000000001' as Mac;

/** Images `1`, `2`, `3`: one step up at a time. Sorts: `low` up to 2, `high` above. */
const family = {
  id: 'test',
  vendor: 'Test',
  models: [],
  parseImage: (text: string) => (/^\d$/.test(text) ? { text, canonical: text } : undefined),
  intermediates: () => ['1', '2', '3'],
  sortOf: (image: string) => (Number(image) <= 2 ? 'low' : 'high'),
  step: (from: string, to: string) =>
    Number(to) - Number(from) === 1 ? step(to) : { code: 'too-far', text: `${from} to ${to}` },
} as unknown as PhoneFamily;

function step(image: string): UpgradeStep {
  return { image, procedure: 'A', order: { image }, absent: [], firmware: [], why: [] };
}

const phone: Phone = { mac, family: 'test', model: 'T', image: '4', labels: {}, settings: {} };

function progressAt(at: number, more: Partial<Progress> = {}): Progress {
  const steps = ['2', '3', '4'].map(step);
  const base = { mac, from: '1', because: '', target: '4', steps, attempts: 0, reason: '' };
  return { ...base, step: at, state: 'under-way', updatedAt: 0, ...more };
}

type Fact = Parameters<typeof execute>[1];
function after(progress: Progress | undefined, fact: Fact, who = phone) {
  return execute({ phone: who, family, progress, now: 5 }, fact);
}

const runs = (image: string): Fact => ({ kind: 'runs', image, because: 'proof' });
const like = (image: string, sort: string): Fact => ({
  kind: 'runs-like',
  image,
  sorts: [sort],
  because: 'b',
});
const refused: Fact = { kind: 'refused', image: '2', because: 'came back' };

test('the first evidence of what runs makes the plan', () => {
  const { progress } = after(undefined, like('1', 'low'));
  assert.deepEqual(
    progress?.steps.map(({ image }) => image),
    ['2', '3', '4'],
  );
  assert.equal(progress.state, 'under-way');
});

test('the recorded image is planned from when the evidence agrees with it', () => {
  const known = { ...phone, running: '2' };
  assert.equal(after(undefined, like('1', 'low'), known).progress?.from, '2');
  assert.equal(after(undefined, like('3', 'high'), known).progress?.from, '3');
});

test('a phone without a wanted image gets no plan', () => {
  const { image: _image, ...free } = phone;
  assert.equal(after(undefined, like('1', 'low'), free).progress, undefined);
  assert.equal(after(undefined, runs('1'), free).running, '1');
});

test('proof of the present step goes on to the next, of the last one ends the plan', () => {
  assert.equal(after(progressAt(0), runs('2')).progress?.step, 1);
  const end = after(progressAt(2), runs('4'));
  assert.equal(end.progress?.state, 'done');
  assert.equal(end.running, '4');
});

test('a restart with the image goes on, but never ends the plan', () => {
  const fact = (image: string): Fact => ({ kind: 'restarted-with', image, because: 'b' });
  assert.equal(after(progressAt(0), fact('2')).progress?.step, 1);
  assert.equal(after(progressAt(0), fact('3')).progress, undefined);
  assert.equal(after(progressAt(2), fact('4')).progress, undefined);
});

test('what no plan expects is planned anew', () => {
  const { progress } = after(progressAt(0), runs('3'));
  assert.equal(progress?.from, '3');
  assert.equal(after(progressAt(0), like('3', 'high')).progress?.from, '3');
  assert.equal(after(progressAt(0), like('1', 'low')).progress, undefined);
});

test('a phone that came back on another image after all was done is planned anew', () => {
  const done = progressAt(3, { state: 'done' });
  assert.equal(after(done, runs('4')).progress, undefined);
  assert.equal(after(done, like('1', 'low')).progress?.state, 'under-way');
});

test('after so many refusals the image is no longer offered', () => {
  let progress: Progress | undefined = progressAt(0);
  for (let count = 1; count < attemptLimit; count++) {
    progress = after(progress, refused).progress;
    assert.equal(progress?.state, 'under-way');
  }
  assert.equal(after(progress, refused).progress?.state, 'stopped');
});

test('a stopped plan is not begun again by itself, but a new wish begins one', () => {
  const stopped = progressAt(0, { state: 'stopped' });
  assert.equal(after(stopped, like('3', 'high')).progress, undefined);
  assert.equal(after(stopped, runs('2'), { ...phone, image: '3' }).progress?.target, '3');
});

test('where there is no way the reason is kept, once', () => {
  const back = { ...phone, image: '1' };
  const first = after(undefined, runs('3'), back);
  assert.equal(first.progress?.state, 'stopped');
  assert.match(first.progress.reason, /^too-far/);
  assert.deepEqual(after(first.progress, runs('3'), back).news, []);
});

test('nothing moves on boots and phases', () => {
  assert.deepEqual(after(progressAt(0), { kind: 'boot', because: '' }), { news: [] });
  assert.deepEqual(after(progressAt(0), { kind: 'phase', phase: 'x', because: '' }), { news: [] });
});
