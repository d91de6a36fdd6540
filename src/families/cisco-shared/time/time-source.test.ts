import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeSource, timeSourceNotes } from './time-source.ts';

const modes = ['unicast', 'multicast', 'anycast', 'directedbroadcast'];

test('without a server', () => {
  assert.deepEqual(
    modes.map((mode) => timeSource(mode, '0.0.0.0')?.sends),
    ['nothing', 'nothing', ...Array<string>(2).fill('request to the broadcast address')],
  );
  assert.equal(timeSource('anycast', '')?.then, 'unicast');
  assert.equal(timeSource('directedbroadcast', 'UNPROVISIONED')?.then, 'multicast');
});

test('with a server', () => {
  assert.deepEqual(
    modes.map((mode) => timeSource(mode, '192.0.2.1')?.sends),
    ['request to the server', 'nothing', 'request to the server', 'request to the server'],
  );
});

test('a mode that does not exist', () => {
  assert.equal(timeSource('broadcast', '192.0.2.1'), undefined);
  assert.equal(timeSource('toString', ''), undefined);
});

test('only unicast without a server never gets the time', () => {
  const codes = (mode: string, server: string) =>
    timeSourceNotes(new Map(Object.entries({ sntp_mode: mode, sntp_server: server })))
      .map(({ code }) => code)
      .join();
  assert.equal(codes('unicast', '0.0.0.0'), 'no-time-source');
  assert.equal(codes('unicast', '192.0.2.1'), '');
  for (const mode of modes.slice(1)) assert.equal(codes(mode, ''), '');
});
