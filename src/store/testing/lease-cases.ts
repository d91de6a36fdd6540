import assert from 'node:assert/strict';
import type { Lease } from '../../model/lease.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { macOf, phone } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function lease(number: number, parts: Partial<Lease> = {}): Lease {
  return {
    address: formatIPv4(0x0a000000 + number),
    mac: macOf(number),
    clientId: `01${macOf(number)}`,
    state: 'bound',
    startedAt: 1_700_000_000_000,
    expiresAt: 1_700_000_600_000,
    ...parts,
  };
}

export const leaseCases: readonly StoreCase[] = [
  {
    name: 'leases come back whole, in the order of the addresses as numbers',
    async run(store) {
      const all = [
        lease(2, { hostName: 'Zoë\u0000電話', vendorClass: '', relayInformation: '0a0b' }),
        lease(10, { state: 'released', expiresAt: Infinity }),
        lease(100, { state: 'declined' }),
      ];
      const { mac: _, ...foreign } = lease(0, { address: '203.0.113.255', clientId: 'ff' });
      await store.leasesPut([foreign, ...all.toReversed()]);
      await store.leasesPut([]);
      assert.deepEqual(await store.leaseList(), [...all, foreign]);
    },
  },
  {
    name: 'the last lease of an address stays, also within one put, and nothing of the one before',
    async run(store) {
      await store.leasesPut([lease(1, { hostName: 'old', relayInformation: '01' })]);
      const last = lease(1, { mac: macOf(9), clientId: '09', startedAt: 5, expiresAt: 6 });
      await store.leasesPut([lease(1, { vendorClass: 'between' }), lease(2), last]);
      assert.deepEqual(await store.leaseList(), [last, lease(2)]);
    },
  },
  {
    name: 'leases are deleted by address; those that are not there do not matter',
    async run(store) {
      await store.leasesPut([lease(1), lease(2), lease(3)]);
      await store.leasesDelete([lease(1).address, '192.0.2.1', lease(3).address]);
      await store.leasesDelete([]);
      assert.deepEqual(await store.leaseList(), [lease(2)]);
    },
  },
  {
    name: 'changes of leases take place in the order of their calls, and a list sees them',
    async run(store) {
      const { address } = lease(1);
      const changes = [
        store.leasesPut([lease(1), lease(2)]),
        store.leasesDelete([address]),
        store.leasesPut([lease(1, { startedAt: 7 })]),
      ];
      assert.deepEqual(await store.leaseList(), [lease(1, { startedAt: 7 }), lease(2)]);
      await Promise.all(changes);
    },
  },
  {
    name: 'three thousand leases go in at once, beside other changes',
    async run(store) {
      const all = Array.from({ length: 3000 }, (_, index) => lease(index));
      await Promise.all([store.leasesPut(all), store.phonePut(phone(1)), store.phonePut(phone(2))]);
      assert.deepEqual(await store.leaseList(), all);
      await store.phoneDelete(macOf(1));
      assert.equal((await store.leaseList()).length, 3000, 'an address stays in use');
    },
  },
];
