import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rollout, RolloutPhone, RolloutPhoneState } from '../../model/rollout.ts';
import { afterPhones } from './gate.ts';
import { afterOrder, orderProblem } from './orders.ts';
import { member, rollout } from './testing/words.ts';

/** So many phones of group 0 in each state, and ten of group 1 that wait. */
function phones(counts: Partial<Record<RolloutPhoneState, number>>): readonly RolloutPhone[] {
  const states = Object.entries(counts) as [RolloutPhoneState, number][];
  const first = states.flatMap(([state, count]) => Array.from({ length: count }, () => state));
  return [
    ...first.map((state, n) => member(n, { state })),
    ...Array.from({ length: 10 }, (_, n) => member(1000 + n, { group: 1 })),
  ];
}

describe('after what phones of its group came to, a rollout is', () => {
  const two = rollout({ groupNames: ['canary', 'the rest'] });
  const rows: readonly (readonly [
    title: string,
    rollout: Partial<Rollout>,
    counts: Partial<Record<RolloutPhoneState, number>>,
    state: Rollout['state'],
    group: number,
  ])[] = [
    ['running while one is under way', {}, { done: 9, back: 1 }, 'running', 0],
    ['at the next group', {}, { done: 10 }, 'running', 1],
    ['at the next group past those left out', {}, { refused: 5, skipped: 5 }, 'running', 1],
    ['awaiting approval', { approve: true }, { done: 10 }, 'awaiting-approval', 0],
    ['paused by the first failure of few', {}, { failed: 1, waiting: 9 }, 'paused', 0],
    ['running after 2 failures of 100', {}, { failed: 2, waiting: 98 }, 'running', 0],
    ['paused by 3 failures of 100', {}, { failed: 3, waiting: 97 }, 'paused', 0],
    [
      'running after 4 of 100 with most done',
      {},
      { failed: 4, done: 90, waiting: 6 },
      'running',
      0,
    ],
    ['paused by too few that are done', { errors: 50 }, { failed: 1, done: 9 }, 'paused', 0],
    ['past failures that were let pass', { forgiven: 1 }, { failed: 1, done: 9 }, 'running', 1],
    ['as it was when paused', { state: 'paused' }, { failed: 9 }, 'paused', 0],
    ['as it was when aborted', { state: 'aborted' }, { done: 10 }, 'aborted', 0],
  ];
  for (const [title, more, counts, state, group] of rows)
    test(title, () => {
      const after = afterPhones({ ...two, ...more }, phones(counts), 7);
      assert.deepEqual([after.state, after.group], [state, group], after.reason);
    });

  test('done when the last group is', () => {
    const last = { ...two, group: 1 };
    const done = phones({ done: 1 }).map((phone) => ({ ...phone, state: 'done' as const }));
    assert.equal(afterPhones(last, done, 1).state, 'done');
    const again = [...done, member(5, { state: 'waiting' })];
    assert.equal(afterPhones(last, again, 1).state, 'running', 'one of an earlier group is left');
  });
});

test('orders', () => {
  const one = rollout({ groupNames: ['canary', 'the rest'] });
  const at = (state: Rollout['state']) => ({ ...one, state });
  const states = (state: Rollout['state'], order: Parameters<typeof afterOrder>[2]) =>
    afterOrder(at(state), [], order, 9).rollout.state;
  assert.equal(states('created', 'start'), 'running');
  assert.equal(states('running', 'pause'), 'paused');
  assert.equal(states('paused', 'resume'), 'running');
  assert.equal(afterOrder(at('awaiting-approval'), [], 'approve', 9).rollout.group, 1);
  assert.equal(states('done', 'start'), 'done');
  assert.match(orderProblem(at('done'), 'pause') ?? '', /^r is done: pause is for/);
  const failed = [member(1, { state: 'failed' }), member(2)];
  assert.equal(afterOrder(at('paused'), failed, 'resume', 9).rollout.forgiven, 1);
  const aborted = afterOrder(at('running'), [...failed, member(3, { state: 'asked' })], 'abort', 9);
  assert.deepEqual(
    aborted.phones.map(({ mac, state }) => `${mac} ${state}`),
    ['000000000002 skipped'],
  );
});
