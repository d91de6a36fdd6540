import assert from 'node:assert/strict';
import type { Binding } from '../../model/binding.ts';
import type { Restart } from '../../model/restart.ts';
import { macOf, phone } from './fixtures.ts';
import type { StoreCase } from './store-case.ts';

function binding(number: number, parts: Partial<Binding> = {}): Binding {
  return {
    ...{
      user: `70${number}`,
      contact: `sip:70${number}@192.0.2.${number}:5060`,
      mac: macOf(number),
    },
    ...{ callId: `call-${number}`, sequence: 101, registeredAt: 1e12, expiresAt: 1e12 + 3_600_000 },
    received: { transport: 'UDP', address: `192.0.2.${number}`, port: 5060 },
    ...parts,
  };
}

function restart(number: number, parts: Partial<Restart> = {}): Restart {
  return {
    mac: macOf(number),
    askedAt: 7,
    kind: 'reset',
    token: `t${number}`,
    state: 'asked',
    text: '',
    ...parts,
  };
}

export const sipCases: readonly StoreCase[] = [
  {
    name: 'bindings come back whole, by user and contact',
    async run(store) {
      const whole = binding(2, {
        ...{ q: 0.7, local: '192.0.2.1:5060', userAgent: 'Zoë\u0000/1', sequence: 2 ** 31 - 1 },
        received: { transport: 'TCP', address: '203.0.113.1', port: 65_535 },
      });
      const second = binding(2, { contact: 'sip:702@192.0.2.99', q: 0 });
      await store.bindingsChange([second, whole, binding(1)], []);
      await store.bindingsChange([], []);
      assert.deepEqual(await store.bindingList(), [binding(1), whole, second]);
    },
  },
  {
    name: 'a binding is replaced whole, and others go in the same change',
    async run(store) {
      await store.bindingsChange([binding(1, { q: 1, userAgent: 'old' }), binding(2)], []);
      const last = binding(1, { sequence: 102 });
      const nobody = { user: '701', contact: 'sip:none@192.0.2.1' };
      await store.bindingsChange([last], [binding(2), nobody]);
      assert.deepEqual(await store.bindingList(), [last]);
    },
  },
  {
    name: 'restarts: one for each phone, in the order in which they were asked for',
    async run(store) {
      await store.restartPut(restart(1, { askedAt: 9 }));
      await store.restartPut(restart(2, { askedAt: 8 }));
      const last = restart(1, { askedAt: 9, state: 'failed', text: 'nobody answers: “é”' });
      await store.restartPut(last);
      assert.deepEqual(await store.restartList(), [restart(2, { askedAt: 8 }), last]);
      assert.deepEqual(await store.restartGet(macOf(1)), last);
      await store.restartDelete(macOf(1));
      await store.restartDelete(macOf(3));
      assert.equal(await store.restartGet(macOf(1)), undefined);
    },
  },
  {
    name: 'bindings and restarts go with their phone',
    async run(store) {
      await store.phonePut(phone(1));
      await store.bindingsChange([binding(1), binding(2)], []);
      for (const number of [1, 2]) await store.restartPut(restart(number));
      await store.phoneDelete(macOf(1));
      assert.deepEqual(await store.bindingList(), [binding(2)]);
      assert.deepEqual(await store.restartList(), [restart(2)]);
    },
  },
];
