import assert from 'node:assert/strict';
import type { BootRequest } from '../../model/boot.ts';
import { macOf, phone, request, storeError } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

export const bootCases: readonly StoreCase[] = [
  {
    name: 'ids of boots count up over all phones, known or not, and never come again',
    async run(store) {
      await store.phonePut(phone(1));
      const first = await store.bootStart(macOf(1), 100);
      const second = await store.bootStart(macOf(2), 50);
      const third = await store.bootStart(macOf(1), 60);
      assert.ok(first < second && second < third, `${first} < ${second} < ${third}`);
      await store.phoneDelete(macOf(1));
      assert.ok((await store.bootStart(macOf(1), 70)) > third);
    },
  },
  {
    name: 'boots are listed newest first, up to the limit, with how much they asked for',
    async run(store) {
      const ids: number[] = [];
      for (const at of [100, 90, 300]) ids.push(await store.bootStart(macOf(1), at));
      const [first = 0, second = 0, third = 0] = ids;
      await store.bootStart(macOf(2), 400);
      await store.requestsAppend([
        { bootId: first, request: request('a', 150) },
        { bootId: first, request: request('b', 120) },
        { bootId: second, request: request('c', 80) },
      ]);
      const mac = macOf(1);
      const boots = [
        { id: third, mac, startedAt: 300, lastAt: 300, requests: 0 },
        { id: second, mac, startedAt: 90, lastAt: 80, requests: 1 },
        { id: first, mac, startedAt: 100, lastAt: 150, requests: 2 },
      ];
      assert.deepEqual(await store.bootList(mac, 10), boots);
      assert.deepEqual(await store.bootList(mac, 2), boots.slice(0, 2));
      assert.deepEqual(await store.bootList(macOf(3), 10), []);
    },
  },
  {
    name: 'requests come back whole, in the order in which they were appended',
    async run(store) {
      const one = await store.bootStart(macOf(1), 1);
      const two = await store.bootStart(macOf(2), 2);
      const odd: BootRequest = {
        ...request('./überé/電話 🕿\\..%2F', 1_700_000_000_001),
        protocol: 'unistim',
        outcome: 'timed-out',
        bytes: 5_000_000_000,
        retries: 7,
        source: 'library',
        tie: '',
      };
      await store.requestsAppend([
        { bootId: one, request: request('z', 9) },
        { bootId: two, request: request('y', 1) },
        { bootId: one, request: request('x', 9) },
      ]);
      await store.requestsAppend([]);
      await store.requestsAppend([
        { bootId: one, request: odd },
        { bootId: one, request: request('a', 9) },
      ]);
      assert.deepEqual(await store.requestList(one), [
        ...[request('z', 9), request('x', 9), odd, request('a', 9)],
      ]);
      assert.deepEqual(await store.requestList(two), [request('y', 1)]);
      assert.deepEqual(await store.requestList(two + 1), []);
    },
  },
  {
    name: 'twenty thousand requests go in and out at once',
    async run(store) {
      const ids = [await store.bootStart(macOf(1), 1), await store.bootStart(macOf(2), 2)];
      const rows = Array.from({ length: 20_000 }, (_, index) => ({
        bootId: ids[index % 2] ?? 0,
        request: request(`file-${index}`, index),
      }));
      await store.requestsAppend(rows);
      for (const bootId of ids) {
        const expected = rows.filter((row) => row.bootId === bootId).map((row) => row.request);
        assert.deepEqual(await store.requestList(bootId), expected);
      }
      const [boot] = await store.bootList(macOf(2), 1);
      assert.equal(boot?.requests, 10_000);
      assert.equal(boot.lastAt, 19_999);
    },
  },
  {
    name: 'a request for a boot that is not there takes its whole append with it',
    async run(store) {
      const bootId = await store.bootStart(macOf(1), 1);
      const many = Array.from({ length: 1200 }, () => ({ bootId, request: request('kept?') }));
      const append = store.requestsAppend([
        ...many,
        { bootId: bootId + 77, request: request('lost') },
        ...many,
      ]);
      await assert.rejects(append, storeError('unknown-boot', `boot ${bootId + 77}`));
      assert.deepEqual(await store.requestList(bootId), []);
      await store.requestsAppend([{ bootId, request: request('next') }]);
      assert.deepEqual(await store.requestList(bootId), [request('next')]);
    },
  },
];
