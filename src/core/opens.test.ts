import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { createOpens, type Open } from './opens.ts';
import { fakeClock, settle } from './testing/fake-clock.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'fake', model: 'T', labels: {}, settings: {} };
const asking = { protocol: 'tftp', address: '192.0.2.7', port: 1000, path: 'x' } as const;
const open: Open = { asking, at: 0, tie: 'test', phone };
const other: Open = { ...open, phone: { ...phone, mac: '020000000002' as Mac } };

/** Whether it has resolved by now. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  const state = { done: false };
  void promise.then(() => (state.done = true));
  await settle();
  return state.done;
}

test('a ticket is taken once', () => {
  const opens = createOpens(fakeClock());
  const ticket = opens.add(open);
  assert.notEqual(opens.add(open), ticket);
  assert.equal(opens.take(ticket), open);
  assert.equal(opens.take(ticket), undefined);
  assert.equal(opens.take('no such ticket'), undefined);
});

test('a phone with nothing under way is not waited for', async () => {
  const clock = fakeClock();
  const opens = createOpens(clock);
  opens.add(other);
  assert.ok(await isDone(opens.othersEnded(mac, 15)));
  assert.equal(clock.pending, 0);
});

test('the wait ends when the last transfer of the phone has ended', async () => {
  const clock = fakeClock();
  const opens = createOpens(clock);
  const tickets = [opens.add(open), opens.add(open)];
  const waits = [opens.othersEnded(mac, 15), opens.othersEnded(mac, 15)];
  opens.take(tickets[0] ?? '');
  assert.equal(await isDone(waits[0]!), false);
  opens.take(tickets[1] ?? '');
  for (const wait of waits) assert.ok(await isDone(wait));
  assert.equal(clock.pending, 0);
});

test('it ends at the latest when the time is up', async () => {
  const clock = fakeClock();
  const opens = createOpens(clock);
  const ticket = opens.add(open);
  const wait = opens.othersEnded(mac, 15);
  await clock.pass(14);
  assert.equal(await isDone(wait), false);
  await clock.pass(1);
  assert.ok(await isDone(wait));
  opens.take(ticket);
  assert.ok(await isDone(opens.othersEnded(mac, 15)));
});

test('a ticket that is taken twice does not end what another one holds', async () => {
  const opens = createOpens(fakeClock());
  const [first] = [opens.add(open), opens.add(open)];
  opens.take(first);
  opens.take(first);
  assert.equal(await isDone(opens.othersEnded(mac, 15)), false);
});
