import assert from 'node:assert/strict';
import { macOf, phone, progress, request, storeError } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);

export const concurrencyCases: readonly StoreCase[] = [
  {
    name: 'a hundred puts at once all arrive',
    async run(store) {
      const phones = hundred.map((number) => phone(number, { settings: { n: `${number}` } }));
      await Promise.all(phones.map((each) => store.phonePut(each)));
      assert.deepEqual(await store.phoneList(), phones);
    },
  },
  {
    name: 'a hundred puts of one phone at once leave one of them, whole',
    async run(store) {
      const versions = hundred.map((n) => phone(1, { image: `${n}`, labels: { n: `${n}` } }));
      await Promise.all(versions.map((each) => store.phonePut(each)));
      const found = await store.phoneGet(macOf(1));
      assert.deepEqual(found, versions[Number(found?.image)]);
    },
  },
  {
    name: 'a hundred boots started at once have a hundred ids',
    async run(store) {
      const ids = await Promise.all(hundred.map((n) => store.bootStart(macOf(n % 3), n)));
      assert.equal(new Set(ids).size, 100);
    },
  },
  {
    name: 'appends at once keep their order and fail each for itself',
    async run(store) {
      const bootId = await store.bootStart(macOf(1), 1);
      const parts = hundred.map((n) => [
        request(`${n}`, 1),
        request(`${n}`, 2),
        request(`${n}`, 3),
      ]);
      const done = await Promise.allSettled(
        parts.map((requests, n) =>
          store.requestsAppend(
            requests.map((each) => ({ bootId: n % 10 === 9 ? -1 : bootId, request: each })),
          ),
        ),
      );
      assert.equal(done.filter(({ status }) => status === 'rejected').length, 10);
      const found = await store.requestList(bootId);
      assert.equal(found.length, 270);
      for (const [n, requests] of parts.entries()) {
        const own = found.filter(({ path }) => path === `${n}`);
        assert.deepEqual(own, n % 10 === 9 ? [] : requests);
      }
    },
  },
  {
    name: 'reads, writes and deletes at once do not disturb each other',
    async run(store) {
      await Promise.all(
        hundred.flatMap((n) => [
          store.phonePut(phone(n)),
          store.progressPut(progress(n)),
          n % 2 === 0 ? store.phoneDelete(macOf(n)) : store.phoneList(),
          store.bootStart(macOf(n), n),
        ]),
      );
      const odd = (await store.phoneList()).filter(({ mac }) => parseInt(mac, 16) % 2 === 1);
      assert.equal(odd.length, 50);
    },
  },
];

export const closeCases: readonly StoreCase[] = [
  {
    name: 'close waits for the calls before it',
    async run(store) {
      const calls = hundred.flatMap((n) => [
        store.phonePut(phone(n)),
        store.bootStart(macOf(n), n),
      ]);
      const closing = store.close();
      await Promise.all(calls);
      await closing;
    },
  },
  {
    name: 'after close every verb is refused; closing again is nothing',
    async run(store) {
      await store.phonePut(phone(1));
      await store.close();
      await store.close();
      const calls: readonly (() => Promise<unknown>)[] = [
        () => store.phonePut(phone(1)),
        () => store.phoneGet(macOf(1)),
        () => store.phoneList(),
        () => store.runningPut(macOf(1), 'A'),
        () => store.phoneDelete(macOf(1)),
        () => store.progressPut(progress(1)),
        () => store.tieList(),
        () => store.bootStart(macOf(1), 1),
        () => store.requestsAppend([{ bootId: 1, request: request('a') }]),
        () => store.bootList(macOf(1), 1),
        () => store.servedPut([]),
        () => store.servedList(macOf(1)),
      ];
      for (const call of calls) await assert.rejects(call, storeError('closed', 'closed'));
    },
  },
];
