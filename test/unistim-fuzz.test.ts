import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzUnistimServer } from './unistim-fuzz.ts';

test('20,000 random datagrams to both ports: each is counted once, and the server serves on', async (t) => {
  const { received, problems } = await fuzzUnistimServer(t, 20_000, 7);
  assert(received >= 20_000);
  assert.deepEqual(problems, []);
});
