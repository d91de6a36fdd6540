import assert from 'node:assert/strict';
import type { PhoneRevision } from '../../model/revision.ts';
import type { Service } from '../../model/service.ts';
import { macOf, phone } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function revision(number: number, path: string, more: Partial<PhoneRevision> = {}): PhoneRevision {
  const rest = { revision: 1, sha256: 'ab', forced: false, at: 1_790_000_000_000 };
  return { mac: macOf(number), path, ...rest, ...more };
}

function service(name: string, more: Partial<Service> = {}): Service {
  const rest = { state: 'locked', values: {}, changedAt: 1_790_000_000_000, text: '' } as const;
  return { name, ...rest, ...more };
}

export const serviceCases: readonly StoreCase[] = [
  {
    name: 'how often files have changed comes back by path, and goes with the phone',
    async run(store) {
      await store.phonePut(phone(1));
      const last = revision(1, 'b', { revision: 7, forced: true, sha256: '' });
      for (const each of [revision(1, 'b'), revision(1, 'a'), revision(2, 'a'), last])
        await store.revisionPut(each);
      assert.deepEqual(await store.revisionList(macOf(1)), [revision(1, 'a'), last]);
      assert.deepEqual(await store.revisionList(macOf(2)), [revision(2, 'a')]);
      assert.deepEqual(await store.revisionList(macOf(3)), []);
      await store.phoneDelete(macOf(1));
      assert.deepEqual(await store.revisionList(macOf(1)), []);
    },
  },
  {
    name: 'what a service was provisioned with: the last of it, and all of it in order',
    async run(store) {
      assert.equal(await store.serviceGet('one'), undefined);
      const first = service('one', { text: 'made' });
      const next = service('one', { state: 'unlocked', values: { a: 'Zoë', b: '' }, changedAt: 2 });
      for (const each of [first, service('other'), next]) await store.servicePut(each);
      assert.deepEqual(await store.serviceGet('one'), next);
      assert.deepEqual(await store.serviceHistory('one'), [first, next]);
      assert.deepEqual(await store.serviceHistory('none'), []);
    },
  },
];
