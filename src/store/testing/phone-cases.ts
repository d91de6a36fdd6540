import assert from 'node:assert/strict';
import { macOf, phone, progress, request } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

const strange = {
  line1_displayname: 'Zoë “Straße” 電話 🕿 👩🏽‍🔧 עִבְרִית e\u0301',
  'two words': 'a "quoted" \\ value, ünd\r\nthe next line\ttab',
  constructor: 'not the one of Object',
  "'; drop table phones; --": '',
  control: '\u0000\u0001\u007f\u2028',
};

export const phoneCases: readonly StoreCase[] = [
  {
    name: 'a phone that was never put is undefined, and the list is empty',
    async run(store) {
      assert.equal(await store.phoneGet(macOf(1)), undefined);
      assert.deepEqual(await store.phoneList(), []);
    },
  },
  {
    name: 'a phone comes back as it was put, whatever its text',
    async run(store) {
      const whole = phone(0xffffffffffff, {
        image: 'P0S3-8-12-00',
        running: '',
        labels: { site: 'Köln 🏢', group: 'a,b' },
        settings: strange,
      });
      await store.phonePut(whole);
      assert.deepEqual(await store.phoneGet(whole.mac), whole);
      assert.deepEqual(await store.phoneList(), [whole]);
    },
  },
  {
    name: 'what a phone does not have is absent, not undefined or null',
    async run(store) {
      await store.phonePut(phone(1, { image: undefined }));
      const found = await store.phoneGet(macOf(1));
      assert.deepEqual(Object.keys(found ?? {}).sort(), [
        ...['family', 'labels', 'mac', 'model', 'settings'],
      ]);
    },
  },
  {
    name: 'a second put replaces the whole phone',
    async run(store) {
      await store.phonePut(phone(1, { image: 'A', running: 'B', settings: { a: '1', b: '2' } }));
      await store.phonePut(phone(1, { model: '7940', settings: { b: '3' } }));
      assert.deepEqual(await store.phoneList(), [
        phone(1, { model: '7940', settings: { b: '3' } }),
      ]);
    },
  },
  {
    name: 'several phones are put at once, over what was there; none is no error',
    async run(store) {
      await store.phonePut(phone(2, { image: 'A' }));
      await store.phonesPut([]);
      await store.phonesPut([phone(3, { labels: { a: 'b' } }), phone(1), phone(2)]);
      assert.deepEqual(await store.phoneList(), [
        phone(1),
        phone(2),
        phone(3, { labels: { a: 'b' } }),
      ]);
    },
  },
  {
    name: 'phones are put all or none',
    async run(store) {
      await store.phonePut(phone(1));
      const unwritable = phone(3, { settings: { a: 1n as unknown as string } });
      await assert.rejects(store.phonesPut([phone(2), unwritable]));
      assert.deepEqual(await store.phoneList(), [phone(1)]);
    },
  },
  {
    name: 'phones are listed by MAC, not as they came',
    async run(store) {
      for (const number of [0xb0, 9, 0xa0, 1, 0x90]) await store.phonePut(phone(number));
      const macs = (await store.phoneList()).map(({ mac }) => mac);
      assert.deepEqual(macs, [1, 9, 0x90, 0xa0, 0xb0].map(macOf));
    },
  },
  {
    name: 'what the caller changes afterwards does not reach the store',
    async run(store) {
      const labels = { site: 'one' };
      await store.phonePut(phone(1, { labels }));
      labels.site = 'two';
      const found = await store.phoneGet(macOf(1));
      assert.deepEqual(found?.labels, { site: 'one' });
      Object.assign(found.labels, { site: 'three' });
      assert.deepEqual((await store.phoneGet(macOf(1)))?.labels, { site: 'one' });
    },
  },
  {
    name: 'what a phone runs is put without touching the rest; an unknown phone stays unknown',
    async run(store) {
      const whole = phone(1, { image: 'A', running: 'B', labels: { a: 'b' } });
      await store.phonePut(whole);
      await store.runningPut(macOf(1), 'A');
      await store.runningPut(macOf(2), 'A');
      assert.deepEqual(await store.phoneList(), [{ ...whole, running: 'A' }]);
    },
  },
  {
    name: 'deleting a phone that is not there says false',
    async run(store) {
      assert.equal(await store.phoneDelete(macOf(1)), false);
    },
  },
  {
    name: 'a phone takes its boots, requests, progress and ties along, and no others',
    async run(store) {
      const ids: number[] = [];
      for (const number of [1, 2]) {
        await store.phonePut(phone(number));
        await store.progressPut(progress(number));
        await store.tiePut({ address: `127.0.7.${number}`, mac: macOf(number), seenAt: number });
        const bootId = await store.bootStart(macOf(number), number);
        ids.push(bootId);
        await store.requestsAppend([{ bootId, request: request('RINGLIST.DAT') }]);
      }
      const [gone = 0, kept = 0] = ids;
      assert.equal(await store.phoneDelete(macOf(1)), true);
      assert.equal(await store.phoneDelete(macOf(1)), false);
      assert.equal(await store.phoneGet(macOf(1)), undefined);
      assert.equal(await store.progressGet(macOf(1)), undefined);
      assert.deepEqual(await store.bootList(macOf(1), 10), []);
      assert.deepEqual(await store.requestList(gone), []);
      assert.deepEqual(await store.phoneList(), [phone(2)]);
      assert.deepEqual(await store.progressList(), [progress(2)]);
      assert.deepEqual(await store.tieList(), [{ address: '127.0.7.2', mac: macOf(2), seenAt: 2 }]);
      assert.deepEqual(await store.requestList(kept), [request('RINGLIST.DAT')]);
    },
  },
];
