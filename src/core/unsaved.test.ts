import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import type { FindingEvent } from './phone-findings.ts';
import { createUnsaved } from './unsaved.ts';

const mac = '020000000001' as Mac;
const full = () => Promise.reject(new Error('disk full'));

function parts() {
  const store = memoryStore();
  const events: FindingEvent[] = [];
  const onEvent = (event: FindingEvent) => void events.push(event);
  return { store, events, onEvent, clock: { now: () => 7 } };
}

test('a phone whose requests cannot be kept is told of once, and that it is behind it', async () => {
  const { store, events, ...rest } = parts();
  const unsaved = createUnsaved({ store, ...rest });
  for (let time = 0; time < 3; time++)
    await assert.rejects(unsaved.watching(mac, full), /disk full/);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['finding'],
  );
  assert.match((await store.findingList(mac))[0]?.text ?? '', /disk full/);
  assert.equal(await unsaved.watching(mac, () => Promise.resolve(5)), 5);
  assert.equal(await unsaved.watching(mac, () => Promise.resolve(6)), 6);
  assert.deepEqual(events.at(-1), { kind: 'mended', mac, at: 7, code: 'not-saved' });
  assert.equal(events.length, 2);
  assert.deepEqual(await store.findingList(mac), []);
});

test('it is told of also where the finding cannot be kept either', async () => {
  const { store, events, ...rest } = parts();
  const unsaved = createUnsaved({ store: { ...store, findingPut: full }, ...rest });
  await assert.rejects(unsaved.watching(mac, full), /disk full/);
  assert.equal(events.length, 1);
});
