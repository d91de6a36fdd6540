import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Temporal } from 'temporal-polyfill';
import fc from 'fast-check';
import { isOpen, isUnderWay } from '../src/model/rollout.ts';
import type { Mac } from '../src/wire/mac.ts';
import { macOf, phone, spec } from '../src/core/rollout/testing/words.ts';
import { simulatedSite, type Fault } from './rollout-site.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney'] as const;
const window = { from: 0, to: 240 };

function wallClock(at: number, zone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return time.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Changes of the clock: northern spring and southern autumn, and the other way about. */
const nights: readonly (readonly [title: string, start: number])[] = [
  ['Berlin in spring, 2026-03-29', Date.UTC(2026, 2, 28, 12)],
  ['Berlin in autumn, 2026-10-25', Date.UTC(2026, 9, 24, 12)],
  ['New York in spring, 2026-03-08', Date.UTC(2026, 2, 7, 12)],
  ['New York in autumn, 2026-11-01', Date.UTC(2026, 9, 31, 12)],
  ['Sydney in autumn, 2026-04-05', Date.UTC(2026, 3, 4, 6)],
  ['Sydney in spring, 2026-10-04', Date.UTC(2026, 9, 3, 6)],
];

describe('no phone in three zones restarts outside 00:00 to 04:00 of its own', () => {
  for (const [title, start] of nights)
    test(title, async () => {
      const phones = Array.from({ length: 60 }, (_, n) =>
        phone(n + 1, { labels: { zone: zones[n % zones.length] ?? 'UTC' } }),
      );
      const site = await simulatedSite({ phones, start });
      // One after the other, so that most of the night is used.
      await site.create(spec({ window, atOnce: 1, retries: 0 }));
      await site.order('r', 'start');
      await site.until('r', ['done', 'paused']);
      assert.equal((await site.store.rolloutGet('r'))?.state, 'done');
      for (const { mac } of phones) {
        const zone = phones.find((each) => each.mac === mac)?.labels.zone ?? '';
        const asked = site.asked.filter((each) => each.mac === mac);
        assert.equal(asked.length, 1);
        const history = await site.store.rolloutHistory('r', mac);
        for (const { at, state } of history) {
          if (state === 'waiting') continue;
          const time = wallClock(at, zone);
          assert.ok(time < '04:00', `${mac} in ${zone} is ${state} at ${time}`);
        }
      }
      assert.equal(site.asked.length, 60);
    });
});

test('whatever happens: caps hold, no phone is in two rollouts, none is asked for what it proved', async () => {
  const fault = fc.constantFrom<Fault | undefined>(
    ...(['refuses', 'dies', 'keeps-old', 'flaps', 'deaf', 'unregistered', 'stalls'] as const),
    ...Array.from({ length: 9 }, () => undefined),
  );
  const order = fc.constantFrom('pause', 'resume', 'approve', 'start', 'abort', 'restart', 'wait');
  const property = fc.asyncProperty(
    fc.array(fault, { minLength: 4, maxLength: 14 }),
    fc.record({
      atOnce: fc.integer({ min: 1, max: 5 }),
      perSubnet: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      approve: fc.boolean(),
      opportunistic: fc.boolean(),
      weight: fc.integer({ min: 1, max: 3 }),
    }),
    fc.array(fc.tuple(order, fc.constantFrom('r', 's'), fc.nat(900)), { maxLength: 14 }),
    fc.integer({ min: 40, max: 2000 }),
    async (faults, caps, more, orders, span) => {
      const phones = faults.map((_, n) =>
        phone(n + 1, { labels: { half: n % 2 === 0 ? 'r' : 's' } }),
      );
      const wrong = new Map<Mac, Fault>(
        faults.flatMap((each, n) => (each ? [[macOf(n + 1), each] as const] : [])),
      );
      const subnetOf = (mac: Mac) => `10.0.${parseInt(mac, 16) % 2}.0/24`;
      let lives = 0;
      const lifeSpan = () => (lives++ < 3 ? span : Infinity);
      const site = await simulatedSite({ phones, faults: wrong, subnetOf, lifeSpan });
      const rest = { ...caps, ...more, errors: 100, success: 0 };
      await site.create(spec({ ...rest, target: { labels: { half: 'r' } } }));
      await site.create(
        spec({
          ...rest,
          name: 's',
          target: { labels: { half: 's' } },
          groups: [{ kind: 'count', count: 2 }],
        }),
      );
      await site.order('r', 'start');
      await site.order('s', 'start');
      for (const [what, name, seconds] of orders) {
        if (what === 'restart') site.restart(macOf(1 + (seconds % phones.length)));
        else if (what !== 'wait') await site.order(name, what);
        await site.clock.pass(seconds * 1000);
        const all = await site.store.rolloutPhones();
        const open = all.filter(isOpen).map(({ mac }) => mac);
        assert.equal(new Set(open).size, open.length, 'no phone is in two rollouts');
        for (const each of ['r', 's']) {
          const own = all.filter((one) => one.rollout === each && isUnderWay(one));
          assert.ok(own.length <= caps.atOnce, `${own.length} of ${each} under way`);
          for (const subnet of ['10.0.0.0/24', '10.0.1.0/24'])
            assert.ok(own.filter((one) => one.subnet === subnet).length <= caps.perSubnet);
        }
        assert.ok(all.filter(isUnderWay).length <= caps.atOnce, 'both together');
      }
      for (const { mac, at } of site.asked) {
        const history = [
          ...(await site.store.rolloutHistory('r', mac)),
          ...(await site.store.rolloutHistory('s', mac)),
        ];
        const proved = history.find(({ state }) => state === 'back' || state === 'done')?.at;
        assert.ok(proved === undefined || at <= proved, `${mac} is asked for what it proved`);
      }
      assert.deepEqual(site.problems, []);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
