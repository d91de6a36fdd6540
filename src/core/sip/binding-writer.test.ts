import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBindingTable } from './binding-table.ts';
import { createBindingWriter } from './binding-writer.ts';
import type { Binding } from '../../model/binding.ts';
import { parseMac } from '../../wire/mac.ts';

const binding: Binding = {
  ...{ user: '1', contact: 'sip:1@h', mac: parseMac('020000000001'), callId: 'c', sequence: 1 },
  ...{ registeredAt: 0, expiresAt: 9 },
  received: { transport: 'UDP', address: '192.0.2.7', port: 5060 },
};

test('what comes while one is written shares the next transaction, in its order', async () => {
  const calls: (readonly [number, number])[] = [];
  const gate = Promise.withResolvers<undefined>();
  const writer = createBindingWriter(
    {
      async bindingsChange(put, gone) {
        calls.push([put.length, gone.length]);
        if (calls.length === 1) await gate.promise;
      },
    },
    setImmediate,
  );
  const first = writer.write({ put: [binding], gone: [] });
  await new Promise(setImmediate);
  const later = [
    writer.write({ put: [{ ...binding, contact: 'sip:2@h' }], gone: [] }),
    writer.write({ put: [], gone: [binding] }),
    writer.write({ put: [{ ...binding, sequence: 2 }], gone: [] }),
  ];
  gate.resolve(undefined);
  await Promise.all([first, ...later, writer.idle()]);
  assert.deepEqual(calls, [
    [1, 0],
    [2, 0],
  ]);
});

test('a disk that fails is told to all that waited for it, and the writer goes on', async () => {
  let fails = true;
  const writer = createBindingWriter(
    { bindingsChange: () => (fails ? Promise.reject(new Error('full')) : Promise.resolve()) },
    setImmediate,
  );
  const both = [
    writer.write({ put: [binding], gone: [] }),
    writer.write({ put: [], gone: [binding] }),
  ];
  for (const each of both) await assert.rejects(each, /full/);
  fails = false;
  await writer.write({ put: [binding], gone: [] });
  assert.equal(createBindingTable([binding]).size, 1);
});
