import assert from 'node:assert/strict';
import type { BootEvent, BootRequest } from '../../model/boot.ts';
import { macOf, phone, request, storeError } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

const sntp: BootEvent = { at: 3, protocol: 'sntp', happening: { kind: 'sntp', from: 'phone' } };

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
        { id: third, mac, startedAt: 300, lastAt: 300, requests: 0, events: 0 },
        { id: second, mac, startedAt: 90, lastAt: 80, requests: 1, events: 0 },
        { id: first, mac, startedAt: 100, lastAt: 150, requests: 2, events: 0 },
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
  {
    name: 'events come back whole and count with the requests of their boot',
    async run(store) {
      const id = await store.bootStart(macOf(1), 100);
      const dhcp = { message: 'ack', address: '192.0.2.7', tftpServers: ['192.0.2.1'] } as const;
      const events: readonly BootEvent[] = [
        { at: 110, protocol: 'dhcp', address: '192.0.2.7', happening: { kind: 'dhcp', dhcp } },
        { ...sntp, at: 90 },
      ];
      await store.eventsAppend(events.map((event) => ({ bootId: id, event })));
      await store.requestsAppend([{ bootId: id, request: request('a', 105) }]);
      assert.deepEqual(await store.eventList(id), events);
      assert.deepEqual(await store.eventList(id + 1), []);
      const boot = { id, mac: macOf(1), startedAt: 100, lastAt: 110, requests: 1, events: 2 };
      assert.deepEqual(await store.bootList(macOf(1), 5), [boot]);
      const lost = store.eventsAppend([{ bootId: id + 9, event: sntp }]);
      await assert.rejects(lost, storeError('unknown-boot', `boot ${id + 9}`));
    },
  },
  {
    name: 'news are what was appended after a mark, of all phones, in order',
    async run(store) {
      assert.deepEqual(await store.newsMark(), { request: 0, event: 0 });
      const one = await store.bootStart(macOf(1), 1);
      const two = await store.bootStart(macOf(2), 2);
      await store.requestsAppend([{ bootId: one, request: request('a') }]);
      const mark = await store.newsMark();
      await store.requestsAppend([
        { bootId: two, request: request('b') },
        { bootId: one, request: request('c') },
      ]);
      await store.eventsAppend([{ bootId: two, event: sntp }]);
      const news = await store.bootNews(mark, 10);
      const words = news.requests.map((each) => [each.mac, each.bootId, each.request.path]);
      assert.deepEqual(words, [
        [macOf(2), two, 'b'],
        [macOf(1), one, 'c'],
      ]);
      const [event] = news.events;
      assert.deepEqual([event?.mac, event?.bootId, event?.event], [macOf(2), two, sntp]);
      assert.equal((await store.bootNews(mark, 1)).requests.length, 1);
      const end = await store.newsMark();
      assert.deepEqual(await store.bootNews(end, 10), { requests: [], events: [] });
    },
  },
  {
    name: 'old boots are forgotten in batches; the newest of a known phone stays',
    async run(store) {
      await store.phonePut(phone(1));
      const ids: number[] = [];
      for (const at of [10, 20, 30]) ids.push(await store.bootStart(macOf(1), at));
      await store.bootStart(macOf(2), 15);
      const [first = 0] = ids;
      await store.requestsAppend([{ bootId: first, request: request('a', 10) }]);
      await store.eventsAppend([{ bootId: first, event: sntp }]);
      assert.equal(await store.bootsPrune(10, 5), 0);
      assert.equal(await store.bootsPrune(1000, 2), 2);
      assert.deepEqual(await store.requestList(first), []);
      assert.deepEqual(await store.eventList(first), []);
      assert.equal(await store.bootsPrune(1000, 2), 1);
      assert.equal(await store.bootsPrune(1000, 2), 0);
      const left = await store.bootList(macOf(1), 9);
      assert.deepEqual(
        left.map(({ id }) => id),
        ids.slice(2),
      );
      assert.deepEqual(await store.bootList(macOf(2), 9), []);
    },
  },
];
