import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RolloutSpec } from '../src/model/rollout.ts';
import type { Mac } from '../src/wire/mac.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { simulatedSite, type Fault, type SimulatedSite } from './rollout-site.ts';
import { macOf, phone, spec } from '../src/core/rollout/testing/words.ts';

const count = 1000;
const faulty = ['refuses', 'dies', 'keeps-old', 'flaps'] as const satisfies readonly Fault[];
const causeOf: Readonly<Record<(typeof faulty)[number], string>> = {
  refuses: 'refused-image',
  dies: 'never-came-back',
  'keeps-old': 'came-back-on-old',
  flaps: 'flaps',
};
const numbers = Array.from({ length: count }, (_, index) => index + 1);
const subnetOf = (mac: Mac) => `192.0.2.${parseInt(mac, 16) % 20}/24`;

/** Three of a hundred. */
const faults = new Map<Mac, (typeof faulty)[number]>(
  numbers
    .filter((n) => n % 33 === 5)
    .slice(0, 30)
    .map((n, index) => [macOf(n), faulty[index % faulty.length] ?? 'refuses']),
);

const limits: Partial<RolloutSpec> = {
  groups: [
    { kind: 'count', count: 50 },
    { kind: 'percent', percent: 50 },
  ],
  atOnce: 100,
  perSubnet: 8,
};

const phones = numbers.map((n) => phone(n, { model: n % 4 === 0 ? 'U' : 'T' }));

async function assertEnds(site: SimulatedSite): Promise<void> {
  const members = await site.store.rolloutPhones('r');
  assert.equal(members.length, count);
  for (const { mac, state, cause, reason } of members) {
    const fault = faults.get(mac);
    if (fault === undefined) {
      assert.equal(state, 'done', `${mac}: ${reason}`);
      assert.equal(site.image(mac), '3');
    } else {
      assert.equal(state, 'failed', `${mac} ${fault}: ${reason}`);
      assert.equal(cause, causeOf[fault], reason);
    }
  }
  assert.ok(site.asked.every(({ underWay }) => underWay <= 100));
  const times = Map.groupBy(site.asked, ({ mac }) => mac);
  for (const [mac, asked] of times) {
    if (!faults.has(mac)) assert.equal(asked.length, 1, `${mac} was asked ${asked.length} times`);
    const last = asked.at(-1)?.at ?? 0;
    const history = await site.store.rolloutHistory('r', mac);
    const done = history.find(({ state }) => state === 'back' || state === 'done')?.at;
    assert.ok(done === undefined || last < done, 'nobody is asked for what it has proved');
  }
}

test('the canaries of a thousand phones, of which 3 % are faulty, stop the rollout', async () => {
  const site = await simulatedSite({ phones, faults, subnetOf });
  const groups = [{ kind: 'count', count: 150 }] as const;
  await site.create(spec({ ...limits, groups, errors: 1 }));
  await site.order('r', 'start');
  await site.until('r', ['paused', 'done']);
  const rollout = await site.store.rolloutGet('r');
  assert.equal(rollout?.state, 'paused', rollout?.reason);
  assert.match(
    rollout.reason,
    /^\d of \d+ phones of group 1 \(150 of 1000\) failed, more than 1 %$/,
  );
  await site.clock.pass(3_600_000);
  assert.ok(new Set(site.asked.map(({ mac }) => mac)).size <= 150, 'nobody but canaries');
  assert.deepEqual(site.problems, []);
});

test('with a higher threshold all sound phones of a thousand get there, and each other is named', async () => {
  const site = await simulatedSite({ phones, faults, subnetOf });
  await site.create(spec({ ...limits, errors: 20, success: 80 }));
  await site.order('r', 'start');
  await site.until('r', ['paused', 'done']);
  const rollout = await site.store.rolloutGet('r');
  assert.equal(rollout?.state, 'done', rollout?.reason);
  await assertEnds(site);
  assert.deepEqual(site.problems, []);
});

test('50 kills at random moments: nobody is asked again for what it proved, nobody is forgotten', async () => {
  const random = seededRandom(7);
  let kills = 0;
  const lifeSpan = () => (kills++ < 50 ? 2 + Math.floor(random() * 600) : Infinity);
  const site = await simulatedSite({ phones, faults, subnetOf, lifeSpan });
  await site.create(spec({ ...limits, errors: 20, success: 80, retries: 2 }));
  await site.order('r', 'start');
  await site.until('r', ['paused', 'done']);
  assert.ok(site.lives() > 50, `${site.lives()} lives`);
  const rollout = await site.store.rolloutGet('r');
  assert.equal(rollout?.state, 'done', rollout?.reason);
  await assertEnds(site);
  assert.deepEqual(site.problems, []);
});
