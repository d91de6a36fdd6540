import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isUnderWay, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { pickPhones, type PickInput } from './pick.ts';
import { macOf, member, rollout } from './testing/words.ts';

const now = Date.UTC(2026, 0, 5, 12);

function pick(
  rollouts: readonly Rollout[],
  phones: readonly RolloutPhone[],
  more: Partial<PickInput> = {},
) {
  return pickPhones({
    ...{ now, rollouts, subnetOf: () => undefined },
    phonesOf: (name) => phones.filter((phone) => phone.rollout === name),
    ...more,
  });
}

const waiting = (count: number, name = 'r', from = 0) =>
  Array.from({ length: count }, (_, n) => member(from + n, { rollout: name }));

test('only the present group and those before, by the limits', () => {
  const later = member(9, { group: 1 });
  assert.equal(pick([rollout({ atOnce: 3 })], [...waiting(5), later]).phones.length, 3);
  assert.deepEqual(pick([rollout()], [later]).phones, []);
  assert.deepEqual(pick([rollout({ state: 'paused' })], waiting(5)).phones, []);
});

test('places go by weight where several want them', () => {
  const rollouts = [rollout({ weight: 3, atOnce: 8 }), rollout({ name: 's', atOnce: 8 })];
  const { phones } = pick(rollouts, [...waiting(20), ...waiting(20, 's', 100)]);
  const counts = Map.groupBy(phones, ({ rollout: name }) => name);
  assert.deepEqual([counts.get('r')?.length, counts.get('s')?.length], [6, 2]);
  const alone = pick(rollouts, [...waiting(1), ...waiting(20, 's', 100)]).phones;
  assert.equal(alone.length, 8, 'what one leaves the other takes');
});

test('a phone that is to be asked later and a closed window are looked at again', () => {
  const later = pick([rollout()], [member(2, { notBefore: now + 5000 })]);
  assert.deepEqual([later.phones.length, later.wakeAt], [0, now + 5000]);
  const night = rollout({ window: { from: 0, to: 240 } });
  const closed = pick([night], [member(1)]);
  assert.deepEqual([closed.phones.length, closed.wakeAt], [0, Date.UTC(2026, 0, 6)]);
  const tooLate = { now: Date.UTC(2026, 0, 6, 3, 50) };
  const long = [member(1, { lastsMs: 900_000 }), member(2, { lastsMs: 300_000 })];
  assert.deepEqual(
    pick([night], long, tooLate).phones.map(({ mac }) => mac),
    [macOf(2)],
    'it could still restart after the end',
  );
});

test('no cap is ever exceeded, whatever is under way', () => {
  const states = fc.constantFrom(
    'waiting',
    'asked',
    'restarting',
    'upgrading',
    'back',
    'done',
    'failed',
  );
  const one = fc.record({ state: states, first: fc.boolean(), net: fc.nat(2) });
  const limits = fc.record({
    atOnce: fc.integer({ min: 1, max: 6 }),
    perSubnet: fc.integer({ min: 1, max: 4 }),
  });
  const property = fc.property(fc.array(one, { maxLength: 40 }), limits, limits, (all, a, b) => {
    const rollouts = [rollout(a), rollout({ name: 's', ...b })];
    const nets = new Map<Mac, string>(all.map(({ net }, n) => [macOf(n), `net ${net}`]));
    const phones = all.map(({ state, first, net }, n) =>
      member(n, {
        state,
        rollout: first ? 'r' : 's',
        ...(state !== 'waiting' && { subnet: `net ${net}` }),
      }),
    );
    const before = phones.filter(isUnderWay);
    const { phones: picked } = pick(rollouts, phones, { subnetOf: (mac) => nets.get(mac) });
    for (const { name, atOnce, perSubnet = 0 } of rollouts) {
      const own = picked.filter((phone) => phone.rollout === name);
      const was = before.filter((phone) => phone.rollout === name);
      if (own.length > 0) assert.ok(own.length + was.length <= atOnce);
      for (const net of ['net 0', 'net 1', 'net 2']) {
        const more = own.filter(({ mac }) => nets.get(mac) === net).length;
        const there = was.filter(({ subnet }) => subnet === net).length;
        if (more > 0) assert.ok(more + there <= perSubnet);
      }
    }
    if (picked.length > 0) assert.ok(picked.length + before.length <= Math.max(a.atOnce, b.atOnce));
  });
  fc.assert(property, { numRuns: 500 });
});
