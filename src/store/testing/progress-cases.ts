import assert from 'node:assert/strict';
import { macOf, progress } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

export const progressCases: readonly StoreCase[] = [
  {
    name: 'progress comes back as it was put, and is listed by MAC',
    async run(store) {
      const second = progress(2, { steps: [], state: 'stopped', attempts: 3, reason: '拒否' });
      await store.progressPut(second);
      await store.progressPut(progress(1));
      assert.deepEqual(await store.progressGet(macOf(2)), second);
      assert.deepEqual(await store.progressList(), [progress(1), second]);
      assert.equal(await store.progressGet(macOf(3)), undefined);
    },
  },
  {
    name: 'a second progress of a phone replaces the first',
    async run(store) {
      await store.progressPut(progress(1));
      const later = progress(1, { step: 1, state: 'done', updatedAt: 1_700_000_999_999 });
      await store.progressPut(later);
      assert.deepEqual(await store.progressList(), [later]);
    },
  },
];

export const tieCases: readonly StoreCase[] = [
  {
    name: 'an address is tied to the phone that was put last; a phone may hold several',
    async run(store) {
      const address = '127.0.7.9';
      await store.tiePut({ address, mac: macOf(1), seenAt: 5 });
      await store.tiePut({ address, mac: macOf(2), seenAt: 4 });
      await store.tiePut({ address: '127.0.7.10', mac: macOf(2), seenAt: 6 });
      assert.deepEqual(await store.tieList(), [
        { address: '127.0.7.10', mac: macOf(2), seenAt: 6 },
        { address, mac: macOf(2), seenAt: 4 },
      ]);
    },
  },
];
