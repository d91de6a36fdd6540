import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { UpgradeStep } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { attemptLimit } from './begin.ts';
import { execute } from './execute.ts';
import { refusalLimit } from './refusals.ts';

const mac = '020000000001' as Mac;

/** Images `1`, `2`, `3`: one step up at a time. Sorts: `low` up to 2, `high` above. */
const family = {
  id: 'test',
  vendor: 'Test',
  models: [],
  parseImage: (text: string) => (/^\d$/.test(text) ? named(text) : undefined),
  intermediates: () => ['1', '2', '3'].map(named),
  sortOf: (image: string) => (Number(image) <= 2 ? 'low' : 'high'),
  step: ({ text: from }: { text: string }, { text: to }: { text: string }) =>
    Number(to) - Number(from) === 1 ? step(to) : { code: 'too-far', text: `${from} to ${to}` },
} as unknown as PhoneFamily;

function named(text: string) {
  return { text, canonical: text, key: text };
}

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

test('what it proves by a shorter name is recorded with the name that its plan has', () => {
  const parseImage = (text: string) => ({ ...named(text), key: text.slice(0, 1) });
  const suffixed = { ...family, parseImage } as unknown as PhoneFamily;
  const who = { ...phone, image: '4b' };
  const steps = ['2', '3', '4b'].map(step);
  const progress = progressAt(2, { steps, target: '4b' });
  const proved = execute({ phone: who, family: suffixed, progress, now: 5 }, runs('4'));
  assert.deepEqual([proved.running, proved.progress?.state], ['4b', 'done']);
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
  for (let count = 1; count < refusalLimit; count++) {
    progress = after(progress, refused).progress;
    assert.equal(progress?.state, 'under-way');
  }
  const stopped = after(progress, refused);
  assert.equal(stopped.progress?.state, 'stopped');
  assert.equal(stopped.finding?.code, 'image-taken-away');
});

test('refusals count on through a new plan, and are forgotten after a day', () => {
  const once = after(progressAt(1), refused).progress;
  const anew = after(once, runs('1')).progress;
  assert.deepEqual([anew?.step, anew?.attempts, anew?.refused], [0, 2, ['2']]);
  assert.equal(after(anew, refused).progress?.state, 'stopped');
  const old = { ...once!, updatedAt: -100_000_000 };
  assert.equal(after(old, refused).progress?.refused?.length, 1);
});

test('an image that nobody offered is told of and planned from, a limited number of times', () => {
  const first = after(progressAt(3, { state: 'done' }), runs('2'));
  assert.equal(first.finding?.code, 'other-server-answers');
  assert.deepEqual([first.progress?.state, first.progress?.refused], ['under-way', ['4']]);
  const done = after({ ...first.progress!, step: 1 }, runs('4')).progress;
  assert.equal(done?.state, 'done');
  assert.equal(after(done, runs('2')).progress?.state, 'stopped');
});

test('a target that was thought to run and is asked for again is its last step again', () => {
  const target: Fact = { kind: 'refused', image: '4', because: 'asked for again' };
  const again = after(progressAt(3, { state: 'done' }), target).progress;
  assert.deepEqual([again?.state, again?.step], ['under-way', 2]);
  assert.equal(after({ ...again!, step: 3, state: 'done' }, target).progress?.state, 'stopped');
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

const keeps = (image: string, instead: string): Fact => ({
  ...{ kind: 'keeps', image, instead, because: 'took nothing' },
});

test('a phone that kept what it was told to load goes on, where a next step will show', () => {
  const next = progressAt(1);
  assert.equal(after(next, keeps('3', '1')).progress?.step, 2);
  assert.equal(after(next, keeps('4', '1')).progress, undefined);
});

test('at the last step it is planned anew from the image that it may run instead', () => {
  const { progress, news } = after(progressAt(2), keeps('4', '1'));
  assert.deepEqual([progress?.from, progress?.step, progress?.attempts], ['1', 0, 1]);
  assert.match(news[0]?.because ?? '', /^took nothing/);
});

test('it keeps what it is known to run, or runs it where nothing is planned', () => {
  const known = after(progressAt(2), keeps('4', '1'), { ...phone, running: '4' });
  assert.equal(known.progress?.state, 'done');
  const { image: _image, ...free } = phone;
  assert.equal(after(undefined, keeps('3', '1'), free).running, '3');
});

test('where what it may run instead boots alike, a person has to look', () => {
  for (const [image, instead, at] of [
    ['2', '1', 0],
    ['4', '3', 2],
  ] as const) {
    const { progress, running, finding } = after(progressAt(at), keeps(image, instead));
    assert.deepEqual([progress, running, finding?.code], [undefined, undefined, 'image-unproved']);
    assert.match(finding?.cure ?? '', new RegExp(`--running ${image}; if not: .*import`));
  }
  const was = after(progressAt(2), keeps('4', '3'), { ...phone, running: '3' });
  assert.deepEqual([was.progress, was.finding?.severity], [undefined, 'warning']);
  assert.match(was.finding?.text ?? '', /last known to run 3/);
  const { image: _image, ...free } = phone;
  assert.deepEqual(after(undefined, keeps('2', '1'), free), { news: [] });
});

test('a proved step forgives the refusals before it', () => {
  const twice = progressAt(0, { attempts: 2 });
  assert.equal(after(twice, runs('2')).progress?.attempts, 0);
  assert.equal(after(twice, refused).progress?.state, 'stopped');
});

test('a plan that is begun over and over is given up like a refused image', () => {
  let progress: Progress | undefined = progressAt(1);
  const states = Array.from({ length: attemptLimit }, () => {
    progress = after(progress, like(progress?.from === '1' ? '3' : '1', 'neither')).progress;
    return progress?.state;
  });
  assert.deepEqual(states, [...Array<string>(attemptLimit - 1).fill('under-way'), 'stopped']);
});

test('the target proved ends the plan from wherever it stands', () => {
  for (const progress of [progressAt(0), progressAt(1, { state: 'stopped' })]) {
    const end = after(progress, runs('4'));
    assert.deepEqual([end.progress?.state, end.progress?.step, end.running], ['done', 3, '4']);
  }
});

test('what runs is recorded though the plan is stopped, or no way leads on', () => {
  assert.deepEqual(after(progressAt(0, { state: 'stopped' }), runs('2')), {
    ...{ running: '2', news: [] },
  });
  assert.equal(after(undefined, runs('3'), { ...phone, image: '1' }).running, '3');
  assert.deepEqual(after(progressAt(3, { state: 'done' }), runs('4'), { ...phone, running: '4' }), {
    news: [],
  });
});

test('a phone that is on its image at the first evidence is done without a step', () => {
  const { progress, running, news } = after(undefined, runs('4'));
  assert.deepEqual([progress?.state, progress?.steps, running], ['done', [], '4']);
  assert.deepEqual(news, [{ text: 'already runs 4', because: 'proof' }]);
});

test('a refusal without a plan, and a restart that no plan expects, change nothing', () => {
  assert.deepEqual(after(undefined, refused), { news: [] });
  assert.deepEqual(after(progressAt(3, { state: 'done' }), refused), { news: [] });
  const restarted: Fact = { kind: 'restarted-with', image: '2', because: 'b' };
  assert.deepEqual(after(undefined, restarted), { news: [] });
});

test('the news say what happened, and why in words of their own', () => {
  const words = ({ news }: ReturnType<typeof after>) => news.map(({ text }) => text);
  assert.deepEqual(words(after(undefined, like('1', 'low'))), [
    'from an image like 1 to 2, then 3, then 4',
  ]);
  assert.deepEqual(words(after(undefined, runs('2'))), ['from 2 to 3, then 4']);
  assert.deepEqual(words(after(progressAt(0), runs('2'))), ['step 1 of 3 is done']);
  assert.deepEqual(words(after(progressAt(2), runs('4'))), ['done, 3 of 3 steps']);
  assert.deepEqual(words(after(progressAt(0), refused)), ['did not take 2, time 1 of 2']);
  assert.deepEqual(words(after(progressAt(0, { attempts: 2 }), refused)), [
    '2 is taken away, no image is offered any more',
  ]);
  assert.deepEqual(words(after(undefined, runs('3'), { ...phone, image: '1' })), [
    'no way from 3 to 1',
  ]);
});

const facts = fc.oneof(
  fc.constantFrom('1', '2', '3', '4').map(runs),
  fc.tuple(fc.constantFrom('1', '3'), fc.constantFrom('low', 'high')).map(([a, b]) => like(a, b)),
  fc
    .constantFrom('1', '2', '3', '4')
    .map((image): Fact => ({ kind: 'refused', image, because: 'r' })),
  fc.constantFrom('2', '3').map((image): Fact => ({ kind: 'restarted-with', image, because: 't' })),
  fc.constantFrom('2', '4').map((image) => keeps(image, '1')),
);

test('whatever a phone shows, its plan stays whole', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 30 }), (seen) => {
      let progress: Progress | undefined;
      let running: string | undefined;
      for (const fact of seen) {
        const who = running === undefined ? phone : { ...phone, running };
        const outcome = after(progress, fact, who);
        ({ progress = progress, running = running } = outcome);
        if (!progress) continue;
        const { steps, step, state, attempts, target } = progress;
        assert.ok(step >= 0 && step <= steps.length, 'no step outside the plan');
        assert.ok(attempts <= attemptLimit);
        const isThere = step === steps.length && running === target;
        if (state === 'done' || !progress.refused) assert.equal(state === 'done', isThere, state);
        if (state !== 'stopped') assert.equal(steps.at(-1)?.image ?? target, target);
      }
    }),
  );
});
