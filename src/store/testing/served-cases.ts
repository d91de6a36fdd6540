import assert from 'node:assert/strict';
import type { ServedFile } from '../../model/served.ts';
import { macOf, phone } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function served(number: number, path: string, parts: Partial<ServedFile> = {}): ServedFile {
  return {
    mac: macOf(number),
    path,
    at: 1_700_000_000_000,
    source: 'generated',
    size: 5,
    sha256: 'ab'.repeat(32),
    ...parts,
  };
}

export const servedCases: readonly StoreCase[] = [
  {
    name: 'what phones took comes back by phone, in the order of the paths',
    async run(store) {
      const text = 'line1_name: "Zoë 電話"\r\n\u0000';
      const cnf = served(1, 'SIPDefault.cnf', { text, size: 5_000_000_000, source: 'hand-made' });
      const odd = served(1, "a'; drop table served; --", { text: '' });
      await store.servedPut([cnf, served(2, 'SIPDefault.cnf')]);
      await store.servedPut([odd]);
      await store.servedPut([]);
      assert.deepEqual(await store.servedList(macOf(1)), [cnf, odd]);
      assert.deepEqual(await store.servedList(macOf(2)), [served(2, 'SIPDefault.cnf')]);
      assert.deepEqual(await store.servedList(macOf(3)), []);
    },
  },
  {
    name: 'of one path the last one taken stays, also within one put',
    async run(store) {
      await store.servedPut([served(1, 'a', { text: 'old' }), served(1, 'b')]);
      const last = served(1, 'a', { at: 1_700_000_000_009, sha256: '01'.repeat(32) });
      await store.servedPut([served(1, 'a', { text: 'between' }), last]);
      assert.deepEqual(await store.servedList(macOf(1)), [last, served(1, 'b')]);
    },
  },
  {
    name: 'two thousand files go in at once',
    async run(store) {
      const all = Array.from({ length: 2000 }, (_, index) => served(1, `${10_000 + index}`));
      await store.servedPut(all);
      assert.deepEqual(await store.servedList(macOf(1)), all);
    },
  },
  {
    name: 'what a phone took goes with it',
    async run(store) {
      await store.phonePut(phone(1));
      await store.servedPut([served(1, 'a'), served(2, 'a')]);
      await store.phoneDelete(macOf(1));
      assert.deepEqual(await store.servedList(macOf(1)), []);
      assert.deepEqual(await store.servedList(macOf(2)), [served(2, 'a')]);
    },
  },
];
