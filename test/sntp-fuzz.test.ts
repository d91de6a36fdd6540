import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzSntpServer } from './sntp-fuzz.ts';

test('50,000 random datagrams: each is counted once, and the server serves on', async (t) => {
  const { received, problems } = await fuzzSntpServer(t, 50_000, 7);
  assert.equal(received, 50_000);
  assert.deepEqual(problems, []);
});
