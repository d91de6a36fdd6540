import assert from 'node:assert/strict';
import type { Rollout, RolloutPhone } from '../../model/rollout.ts';
import { macOf, phone, storeError } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function rollout(name: string, parts: Partial<Rollout> = {}): Rollout {
  return {
    name,
    target: { labels: { floor: '3' } },
    change: { image: 'P0S3-8-12-00', settings: { dnd: 'é' } },
    groups: [{ kind: 'percent', percent: 100 }],
    ...{ atOnce: 5, zone: 'UTC', approve: false, success: 95, errors: 5, retries: 2 },
    ...{ retryWaitMs: 1, weight: 1, steadyMs: 1, opportunistic: false },
    ...{ createdAt: 1, updatedAt: 1, state: 'created', reason: '', group: 0, run: 0, forgiven: 0 },
    groupNames: ['all'],
    ...parts,
  };
}

function member(name: string, number: number, parts: Partial<RolloutPhone> = {}): RolloutPhone {
  return {
    ...{ rollout: name, mac: macOf(number), group: 0, state: 'waiting', since: 1, reason: '' },
    ...{ zone: 'UTC', lastsMs: 9, hop: 0, hops: 2, attempts: 0, asked: 0, boots: 0 },
    ...{ sent: false, registered: false },
    ...parts,
  };
}

export const rolloutCases: readonly StoreCase[] = [
  {
    name: 'a rollout and its phones come back as they were put last, in order',
    async run(store) {
      const [one, two] = [rollout('one'), rollout('two', { perSubnet: 3, beginsAt: 7 })];
      const asked = member('one', 2, {
        ...{ state: 'asked', askedAt: 5, before: { settings: {} }, settings: { dnd: null } },
      });
      await store.rolloutWrite({ rollout: two });
      await store.rolloutWrite({ rollout: one, phones: [member('one', 2), member('one', 1)] });
      await store.rolloutWrite({ rollout: { ...one, state: 'running' }, phones: [asked] });
      assert.deepEqual(await store.rolloutList(), [{ ...one, state: 'running' }, two]);
      assert.deepEqual(await store.rolloutGet('two'), two);
      assert.equal(await store.rolloutGet('three'), undefined);
      assert.deepEqual(await store.rolloutPhones('one'), [member('one', 1), asked]);
      assert.deepEqual(await store.rolloutPhones('two'), []);
    },
  },
  {
    name: 'every state of a phone in a rollout is kept in its history',
    async run(store) {
      await store.rolloutWrite({ rollout: rollout('one'), phones: [member('one', 1)] });
      await store.rolloutWrite({
        phones: [member('one', 2), member('one', 1, { state: 'asked' })],
      });
      const failed = { state: 'failed', cause: 'flaps', reason: 'up and down', since: 4 } as const;
      await store.rolloutWrite({ phones: [member('one', 1, failed)] });
      const states = (await store.rolloutHistory('one', macOf(1))).map(({ state }) => state);
      assert.deepEqual(states, ['waiting', 'asked', 'failed']);
      const all = await store.rolloutHistory('one');
      assert.equal(all.length, 4);
      assert.deepEqual(all.at(-1), {
        ...{ rollout: 'one', mac: macOf(1), at: 4, hop: 0, hops: 2, asked: 0 },
        ...{ state: 'failed', cause: 'flaps', reason: 'up and down' },
      });
    },
  },
  {
    name: 'no phone is open in two rollouts; what asks for it writes nothing at all',
    async run(store) {
      await store.rolloutWrite({ rollout: rollout('one'), phones: [member('one', 1)] });
      const both = [member('two', 2), member('two', 1)];
      const taken = store.rolloutWrite({ rollout: rollout('two'), phones: both });
      await assert.rejects(taken, storeError('phone-taken', 'one'));
      assert.equal(await store.rolloutGet('two'), undefined);
      assert.deepEqual(await store.rolloutPhones(), [member('one', 1)]);
      await store.rolloutWrite({ phones: [member('two', 1, { state: 'refused' })] });
      await store.rolloutWrite({ phones: [member('one', 1, { state: 'done' })] });
      await store.rolloutWrite({ phones: both });
      assert.equal((await store.rolloutPhones()).length, 3);
      const again = store.rolloutWrite({ phones: [member('one', 1, { state: 'back' })] });
      await assert.rejects(again, storeError('phone-taken', 'two'));
    },
  },
  {
    name: 'phones are put anew in place of those that were there',
    async run(store) {
      const one = rollout('one');
      await store.rolloutWrite({ rollout: one, phones: [member('one', 1), member('one', 2)] });
      await store.rolloutWrite({ rollout: one, phones: [member('one', 3)], anew: true });
      assert.deepEqual(await store.rolloutPhones('one'), [member('one', 3)]);
      assert.equal((await store.rolloutHistory('one')).length, 3, 'the history stays');
    },
  },
  {
    name: 'intents wait in order until they are carried out, in one with what they did',
    async run(store) {
      await store.rolloutWrite({ rollout: rollout('one') });
      const first = await store.intentAdd('one', 'start', 3);
      const second = await store.intentAdd('one', 'pause', 4);
      assert.ok(second > first);
      assert.deepEqual(await store.intentList(), [
        { id: first, rollout: 'one', order: 'start', at: 3 },
        { id: second, rollout: 'one', order: 'pause', at: 4 },
      ]);
      await store.rolloutWrite({ rollout: rollout('one', { run: 1 }), intents: [first] });
      assert.deepEqual(
        (await store.intentList()).map(({ id }) => id),
        [second],
      );
    },
  },
  {
    name: 'a rollout goes with all that belongs to it',
    async run(store) {
      await store.rolloutWrite({ rollout: rollout('one'), phones: [member('one', 1)] });
      await store.rolloutWrite({ rollout: rollout('two'), phones: [member('two', 2)] });
      const others = [member('two', 1)];
      await store.rolloutDelete('one');
      await store.rolloutWrite({ phones: others });
      await store.intentAdd('two', 'abort', 1);
      assert.equal(await store.rolloutDelete('two'), true);
      assert.equal(await store.rolloutDelete('two'), false);
      assert.deepEqual(await store.rolloutList(), []);
      assert.deepEqual(await store.rolloutPhones(), []);
      assert.deepEqual(await store.rolloutHistory('two'), []);
      assert.deepEqual(await store.intentList(), []);
    },
  },
  {
    name: 'what a phone should run changes alone, and only of the settings that are named',
    async run(store) {
      const settings = { a: '1', b: '2' };
      await store.phonePut(phone(1, { image: 'A', running: 'R', settings }));
      await store.wantedPut(macOf(1), { settings: { b: null, c: '3' } });
      const changed = { a: '1', c: '3' };
      assert.deepEqual(
        await store.phoneGet(macOf(1)),
        phone(1, { image: 'A', running: 'R', settings: changed }),
      );
      await store.wantedPut(macOf(1), { image: 'B' });
      assert.equal((await store.phoneGet(macOf(1)))?.image, 'B');
      await store.wantedPut(macOf(1), { image: null });
      assert.deepEqual(
        await store.phoneGet(macOf(1)),
        phone(1, { running: 'R', settings: changed }),
      );
      await store.wantedPut(macOf(2), { image: 'B' });
      assert.equal(await store.phoneGet(macOf(2)), undefined);
    },
  },
];
