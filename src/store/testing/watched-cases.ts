import assert from 'node:assert/strict';
import type { Watched } from '../../model/watched.ts';
import { macOf, phone } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function watched(number: number, state: unknown, more: Partial<Watched> = {}): Watched {
  return { mac: macOf(number), family: 'cisco-7900', form: 1, state, ...more };
}

export const watchedCases: readonly StoreCase[] = [
  {
    name: 'how far a phone was followed comes back as it was, the last of it',
    async run(store) {
      const state = { stage: 'loader', taken: ['a.sb2'], hunts: 2, odd: 'Zoë\u0000', none: null };
      const last = watched(1, state, { bootId: 7, form: 3 });
      await store.watchedPut([watched(1, 'old'), watched(2, '')]);
      await store.watchedPut([last]);
      await store.watchedPut([]);
      assert.deepEqual(await store.watchedGet(macOf(1)), last);
      assert.deepEqual(await store.watchedGet(macOf(2)), watched(2, ''));
      assert.equal(await store.watchedGet(macOf(3)), undefined);
    },
  },
  {
    name: 'how far a phone was followed goes with it',
    async run(store) {
      await store.phonePut(phone(1));
      await store.watchedPut([watched(1, {}), watched(2, {})]);
      await store.phoneDelete(macOf(1));
      assert.equal(await store.watchedGet(macOf(1)), undefined);
      assert.deepEqual(await store.watchedGet(macOf(2)), watched(2, {}));
    },
  },
];
