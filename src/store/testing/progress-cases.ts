import assert from 'node:assert/strict';
import { finding, macOf, phone, progress } from './fixtures.ts';
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
  {
    name: 'a deleted progress is gone and the phone stays; deleting none is no error',
    async run(store) {
      for (const number of [1, 2]) {
        await store.phonePut(phone(number));
        await store.progressPut(progress(number));
      }
      await store.progressDelete(macOf(1));
      await store.progressDelete(macOf(1));
      await store.progressDelete(macOf(3));
      assert.equal(await store.progressGet(macOf(1)), undefined);
      assert.deepEqual(await store.progressList(), [progress(2)]);
      assert.deepEqual(await store.phoneList(), [phone(1), phone(2)]);
    },
  },
  {
    name: 'what a phone refused comes back, and what was put before stays in its history',
    async run(store) {
      const refused = ['P0S3-06-3-00', 'P0S3-06-3-00'];
      await store.progressPut(progress(1));
      const stopped = progress(1, { state: 'stopped', attempts: 2, refused, updatedAt: 7 });
      await store.progressPut(stopped);
      await store.progressPut(progress(2));
      assert.deepEqual(await store.progressGet(macOf(1)), stopped);
      await store.progressDelete(macOf(1));
      const history = await store.progressHistory(macOf(1));
      assert.deepEqual(
        history.map(({ state, attempts, at, hops }) => [state, attempts, at, hops]),
        [
          ['under-way', 0, 1_700_000_000_000, ['P0S3-06-3-00']],
          ['stopped', 2, 7, ['P0S3-06-3-00']],
        ],
      );
      assert.deepEqual(await store.progressHistory(macOf(3)), []);
    },
  },
];

export const findingCases: readonly StoreCase[] = [
  {
    name: 'a finding stands once for each phone and code until it is deleted',
    async run(store) {
      await store.findingPut(finding(2, { at: 9 }));
      await store.findingPut(finding(1));
      const both = { consequence: 'it waits on', cure: '電源' };
      const later = finding(1, { at: 7, text: 'it still waits', ...both });
      await store.findingPut(later);
      await store.findingPut(finding(1, { code: 'late-loader', at: 8 }));
      const codes = (await store.findingList()).map(({ mac, code }) => [mac, code]);
      assert.deepEqual(codes, [
        [macOf(1), 'in-loader'],
        [macOf(1), 'late-loader'],
        [macOf(2), 'in-loader'],
      ]);
      await store.findingDelete(macOf(1), 'late-loader');
      await store.findingDelete(macOf(1), 'late-loader');
      assert.deepEqual(await store.findingList(macOf(1)), [later]);
    },
  },
  {
    name: "a phone's findings and history go with it",
    async run(store) {
      await store.phonePut(phone(1));
      await store.progressPut(progress(1));
      await store.findingPut(finding(1));
      await store.phoneDelete(macOf(1));
      assert.deepEqual(await store.findingList(), []);
      assert.deepEqual(await store.progressHistory(macOf(1)), []);
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
