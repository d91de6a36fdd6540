import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../src/wire/mac.ts';
import { simulatedSite, type Fault } from './rollout-site.ts';
import { macOf, phone, spec } from '../src/core/rollout/testing/words.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('every phone goes all hops, is asked once and counts when it has registered again', async () => {
  const site = await simulatedSite({ phones: numbers(12).map((n) => phone(n)) });
  await site.create(spec({ atOnce: 4 }));
  await site.clock.pass(60_000);
  assert.deepEqual(site.asked, [], 'nothing happens before it is started');
  await site.order('r', 'start');
  await site.until('r', ['done', 'paused']);
  const phones = await site.store.rolloutPhones('r');
  assert.deepEqual(new Set(phones.map(({ state }) => state)), new Set(['done']));
  assert.equal(site.asked.length, 12);
  assert.ok(site.asked.every(({ underWay }) => underWay <= 4));
  assert.ok(numbers(12).every((n) => site.image(macOf(n)) === '3'));
  const states = (await site.store.rolloutHistory('r', macOf(1))).map(({ state }) => state);
  const order = ['waiting', 'asked', 'restarting', 'upgrading', 'back', 'done'];
  assert.deepEqual([...new Set(states)], order);
  assert.deepEqual(site.problems, []);
});

const causes: readonly (readonly [Fault, string])[] = [
  ['refuses', 'refused-image'],
  ['dies', 'never-came-back'],
  ['keeps-old', 'came-back-on-old'],
  ['flaps', 'flaps'],
  ['deaf', 'never-came-back'],
  ['unregistered', 'registers-no-more'],
  ['stalls', 'never-came-back'],
];

for (const [fault, cause] of causes)
  test(`a phone that ${fault} fails with ${cause}`, async () => {
    const faults = new Map<Mac, Fault>([[macOf(1), fault]]);
    const site = await simulatedSite({ phones: [phone(1), phone(2)], faults });
    await site.create(spec({ errors: 100, success: 0 }));
    await site.order('r', 'start');
    await site.until('r', ['done', 'paused']);
    const [one, two] = await site.store.rolloutPhones('r');
    assert.equal(one?.state, 'failed');
    assert.equal(one.cause, cause, one.reason);
    assert.equal(two?.state, 'done');
    const [finding] = await site.store.findingList(macOf(1));
    assert.equal(finding?.code, `rollout-${cause}`);
    assert.deepEqual(site.problems, []);
  });
