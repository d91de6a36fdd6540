import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootEvent } from '../model/boot.ts';
import type { DhcpFacts } from '../model/observation.ts';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { createTimeline } from './timeline.ts';

const mac = '020000000001' as Mac;
const other = '020000000002' as Mac;
const minute = 60_000;

function dhcp(at: number, message: DhcpFacts['message']): BootEvent {
  return { at, protocol: 'dhcp', happening: { kind: 'dhcp', dhcp: { message } } };
}

function setUp(store = memoryStore()) {
  const problems: unknown[] = [];
  const clock = fakeClock();
  const limits = { everyMs: 200, retryMs: 5000, most: 10 };
  const timeline = createTimeline(store, clock, limits, (error) => problems.push(error));
  const eventsOf = async (id: number) => (await store.eventList(id)).map(({ at }) => at);
  return { store, clock, timeline, problems, eventsOf };
}

test('the address that a phone asked for just before it starts is in the same boot', async () => {
  const { timeline, store, eventsOf } = setUp();
  for (const [at, message] of [
    [0, 'discover'],
    [10, 'offer'],
    [20, 'request'],
    [30, 'ack'],
  ] as const)
    timeline.event(mac, dhcp(at, message));
  const boot = await timeline.boot(mac, 2000);
  assert.deepEqual(await eventsOf(boot), [0, 10, 20, 30]);
  const [kept, ...more] = await store.bootList(mac, 9);
  assert.deepEqual([kept?.id, kept?.startedAt, more.length], [boot, 0, 0]);
});

test('a phone that looks for an address again is in a new boot; one that renews it is not', async () => {
  const { timeline, store, eventsOf } = setUp();
  timeline.event(mac, dhcp(0, 'discover'));
  const first = await timeline.boot(mac, 1000);
  timeline.event(mac, dhcp(30 * minute, 'request'));
  timeline.event(mac, dhcp(60 * minute, 'discover'));
  const second = await timeline.boot(mac, 60 * minute + 500);
  assert.notEqual(first, second);
  assert.deepEqual(await eventsOf(first), [0, 30 * minute]);
  assert.deepEqual(await eventsOf(second), [60 * minute]);
  assert.equal((await store.bootList(mac, 9)).length, 2);
});

test('a phone that gets no answer stays in one boot, and phones do not share any', async () => {
  const { timeline, store } = setUp();
  for (const at of [0, 4000, 12_000]) {
    timeline.event(mac, dhcp(at, 'discover'));
    timeline.event(other, dhcp(at, 'discover'));
  }
  await timeline.flush();
  for (const each of [mac, other])
    assert.deepEqual(
      (await store.bootList(each, 9)).map(({ events }) => events),
      [3],
    );
});

test('after a new start the store says where a phone is', async () => {
  const { timeline, store } = setUp();
  const boot = await timeline.boot(mac, 1000);
  const request = { at: 1000, protocol: 'tftp', address: '', port: 1, path: 'a' } as const;
  timeline.add(boot, { ...request, outcome: 'sent', bytes: 1, retries: 0, tie: '' });
  await timeline.flush();
  const again = setUp(store);
  again.timeline.event(mac, dhcp(2000, 'request'));
  await again.timeline.flush();
  assert.deepEqual(await again.eventsOf(boot), [2000]);
});

test('events that could not be written wait, at most so many, and are written later', async () => {
  const store = memoryStore();
  let broken = true;
  const { timeline, clock, problems, eventsOf } = setUp({
    ...store,
    eventsAppend: (rows) =>
      broken ? Promise.reject(new Error('disk full')) : store.eventsAppend(rows),
  });
  for (let at = 0; at < 30; at++) timeline.event(mac, dhcp(at, 'request'));
  await timeline.flush();
  assert.equal(problems.length, 1);
  broken = false;
  await clock.pass(5000);
  const [boot] = await store.bootList(mac, 1);
  const kept = await eventsOf(boot?.id ?? 0);
  assert.ok(kept.length <= 20 && kept.at(-1) === 29, kept.join());
});

test('events of a phone that was removed meanwhile begin anew; the others are not lost', async () => {
  const { timeline, store, problems } = setUp();
  timeline.event(mac, dhcp(0, 'discover'));
  await timeline.flush();
  await store.phoneDelete(mac);
  timeline.event(mac, dhcp(100, 'request'));
  timeline.event(other, dhcp(100, 'discover'));
  await timeline.flush();
  assert.equal(problems.length, 1);
  for (const each of [mac, other])
    assert.deepEqual(
      (await store.bootList(each, 9)).map(({ events }) => events),
      [1],
    );
});
