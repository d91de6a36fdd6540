import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mac, siteWith } from './testing/fake-site.ts';
import type { ProvisionEvent } from './asking.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { fakeSite } from './testing/fake-site.ts';

const own = `phone-${mac}`;

function said(events: readonly ProvisionEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === 'finding') return [`finding ${event.finding.code}`];
    return event.kind === 'mended' ? [`mended ${event.code}`] : [];
  });
}

test('a phone that does not ask in its time is told of once, until it asks', async () => {
  const { ask, clock, events, store } = await siteWith();
  await ask(`wait,${own}`);
  await clock.pass(59_000);
  assert.deepEqual(said(events), []);
  await clock.pass(500_000);
  assert.deepEqual(said(events), ['finding late-fake']);
  const [finding] = await store.findingList(mac);
  assert.equal(finding?.cure, 'pull the plug');
  await ask(own);
  assert.deepEqual(said(events), ['finding late-fake', 'mended late-fake']);
  assert.deepEqual(await store.findingList(), []);
});

test('a phone that asks in its time, or only rests, is never told of', async () => {
  const { ask, clock, events } = await siteWith();
  await ask(`wait,${own}`);
  await clock.pass(50_000);
  await ask(own);
  await clock.pass(5_000_000);
  assert.deepEqual(said(events), []);
});

test('a lateness outlives the server, and one that was counted goes on being counted', async () => {
  const { ask, clock, store, flush } = await siteWith();
  await ask(`like-1,wait,${own}`);
  await flush();
  const later = await fakeSite({ store, clock: fakeClock(clock.now()) });
  await later.resume();
  await later.clock.pass(61_000);
  assert.deepEqual(said(later.events), ['finding late-fake']);
  const third = await fakeSite({ store, clock: fakeClock(later.clock.now()) });
  await third.ask(own);
  assert.deepEqual(said(third.events), ['mended late-fake']);
});

test('a finding goes with its cure, or with the proof of a later boot', async () => {
  const { ask, clock, events, store } = await siteWith();
  await ask(`boot,found-a,${own}`);
  await ask(`found-b`);
  await ask(`found-a`);
  await ask(`mended-b`);
  await ask(`runs-2`);
  assert.deepEqual(
    (await store.findingList(mac)).map(({ code }) => code),
    ['a'],
  );
  await clock.pass(1000);
  await ask(`boot,runs-2,${own}`);
  assert.deepEqual(said(events), ['finding a', 'finding b', 'mended b', 'mended a']);
});

test('firmware that is missing is told of until it is there, but not what a step hides', async () => {
  const library: Record<string, string> = {};
  const { ask, events } = await siteWith({ library });
  await ask(`like-1,${own}`);
  await ask('2.img');
  assert.deepEqual(said(events), ['finding firmware-missing']);
  library['2.img'] = 'image';
  await ask('2.img');
  assert.deepEqual(said(events), ['finding firmware-missing', 'mended firmware-missing']);
});
