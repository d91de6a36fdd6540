import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fuzzServerProcess } from './unistim-process-fuzz.ts';

test('20,000 random datagrams to both ports of a server process, and phones upgrade meanwhile', async (t) => {
  if (!existsSync('/proc/net/udp')) return t.skip('SKIPPED: no /proc/net/udp on this system');
  const { upgraded, dropped } = await fuzzServerProcess(t, 20_000, 11);
  assert.ok(upgraded > 0);
  assert.equal(dropped, 0, 'the server got all of them');
});
