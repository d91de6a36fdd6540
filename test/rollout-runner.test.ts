import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backProblem, backSpec, wishesBack } from '../src/core/rollout/back.ts';
import { nextRun } from '../src/core/rollout/cron.ts';
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

test('a server that was away for long gives those under way their time, and asks nobody again', async () => {
  const phones = numbers(6).map((n) => phone(n));
  let lives = 0;
  const lifeSpan = () => (lives++ === 0 ? 60 : Infinity);
  const site = await simulatedSite({ phones, lifeSpan, downMs: 3_600_000 });
  await site.create(spec({ retries: 0 }));
  await site.order('r', 'start');
  await site.until('r', ['done', 'paused']);
  assert.equal(site.lives(), 2);
  const members = await site.store.rolloutPhones('r');
  assert.deepEqual(
    members.map(({ state }) => state),
    members.map(() => 'done'),
  );
  assert.equal(site.asked.length, 6);
});

const ended = ['done', 'paused', 'aborted'];

test('a phone in a call is left alone and asked later', async () => {
  let calls = 4;
  const isBusy = (mac: Mac) => mac === macOf(1) && calls-- > 0;
  const site = await simulatedSite({ phones: [phone(1), phone(2)], isBusy });
  await site.create(spec({ retries: 0 }));
  await site.order('r', 'start');
  await site.clock.pass(5000);
  assert.equal((await site.store.phoneGet(macOf(1)))?.image, undefined, 'it is offered nothing');
  await site.until('r', ended);
  const phones = await site.store.rolloutPhones('r');
  assert.deepEqual(
    phones.map(({ state }) => state),
    ['done', 'done'],
  );
});

test('a phone that restarts before its turn gets nothing new', async () => {
  const phones = [phone(1), phone(2), phone(3)];
  const site = await simulatedSite({ phones });
  await site.create(spec({ groups: [{ kind: 'count', count: 1 }], approve: true }));
  await site.order('r', 'start');
  await site.until('r', ['awaiting-approval']);
  const [waiting] = (await site.store.rolloutPhones('r')).filter(
    ({ state }) => state === 'waiting',
  );
  const { mac } = waiting!;
  site.restart(mac);
  await site.clock.pass(600_000);
  assert.equal(site.image(mac), '1');
  await site.order('r', 'approve');
  await site.until('r', ended);
  assert.equal(site.image(mac), '3');
});

test('with opportunistic it comes by itself, and is never asked', async () => {
  const site = await simulatedSite({ phones: [phone(1), phone(2), phone(3)] });
  const groups = [{ kind: 'count', count: 1 }] as const;
  await site.create(spec({ groups, approve: true, opportunistic: true }));
  await site.order('r', 'start');
  await site.until('r', ['awaiting-approval']);
  const [waiting] = (await site.store.rolloutPhones('r')).filter(
    ({ state }) => state === 'waiting',
  );
  const { mac } = waiting!;
  site.restart(mac);
  await site.clock.pass(600_000);
  const now = (await site.store.rolloutPhones('r')).find((each) => each.mac === mac);
  assert.equal(now?.state, 'done');
  assert.equal(now.reason, 'came by itself');
  assert.ok(site.asked.every((each) => each.mac !== mac));
});

test('a scheduled rollout begins at its time with the phones of then, again and again', async () => {
  const site = await simulatedSite({ phones: [phone(1)], nextRun });
  await site.create(spec({ schedule: '0 2 * * *' }));
  await site.clock.pass(60_000);
  assert.equal((await site.store.rolloutGet('r'))?.state, 'scheduled');
  await site.store.phonePut(phone(2));
  await site.clock.pass(3 * 3_600_000);
  const states = async () => (await site.store.rolloutPhones('r')).map(({ state }) => state);
  assert.deepEqual(await states(), ['done', 'done']);
  assert.equal((await site.store.rolloutGet('r'))?.state, 'scheduled');
  await site.clock.pass(24 * 3_600_000);
  assert.equal((await site.store.rolloutGet('r'))?.run, 2);
  assert.deepEqual(await states(), ['skipped', 'skipped'], 'they have it already');
});

test('after an abort nobody is asked; taking it back leads where the rules allow', async () => {
  const site = await simulatedSite({ phones: [phone(1, { settings: { a: '1' } }), phone(2)] });
  await site.create(spec({ atOnce: 1, change: { settings: { a: '2' } } }));
  await site.order('r', 'start');
  await site.order('r', 'abort');
  await site.clock.pass(3_600_000);
  const phones = await site.store.rolloutPhones('r');
  assert.deepEqual(phones.map(({ state }) => state).sort(), ['done', 'skipped']);
  const done = phones.find(({ state }) => state === 'done')!;
  assert.equal((await site.store.phoneGet(done.mac))?.settings.a, '2');
  const rollout = (await site.store.rolloutGet('r'))!;
  assert.equal(backProblem(rollout, phones), undefined);
  const back = backSpec(rollout, phones, 'r-back');
  await site.create(back, wishesBack(phones));
  await site.order('r-back', 'start');
  await site.until('r-back', ended);
  const before = done.mac === macOf(1) ? '1' : undefined;
  assert.equal((await site.store.phoneGet(done.mac))?.settings.a, before);
});

test('an image that no way leads back from is refused by the rule', async () => {
  const site = await simulatedSite({ phones: [phone(1)] });
  await site.create(spec());
  await site.order('r', 'start');
  await site.until('r', ended);
  const phones = await site.store.rolloutPhones('r');
  const back = backSpec((await site.store.rolloutGet('r'))!, phones, 'r-back');
  await site.create(back, wishesBack(phones));
  const [refused] = await site.store.rolloutPhones('r-back');
  assert.deepEqual([refused?.state, refused?.refusal], ['refused', 'too-far']);
});

test('a plain restart is done when the phone is up and registered again', async () => {
  const faults = new Map<Mac, Fault>([[macOf(2), 'unregistered']]);
  const site = await simulatedSite({ phones: [phone(1), phone(2)], faults });
  await site.create(spec({ change: {}, errors: 100, success: 0 }));
  await site.order('r', 'start');
  await site.until('r', ended);
  const phones = await site.store.rolloutPhones('r');
  assert.deepEqual(
    phones.map(({ state, cause }) => [state, cause]),
    [
      ['done', undefined],
      ['failed', 'registers-no-more'],
    ],
  );
  assert.equal(site.image(macOf(1)), '1');
});
