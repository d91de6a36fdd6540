import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzTftpServer } from './tftp-fuzz.ts';

for (const [workers, datagrams] of [
  [1, 20_000],
  [3, 5000],
] as const)
  test(`${datagrams} bad datagrams do not disturb a server with ${workers} threads`, async (t) => {
    const seed = Date.now();
    t.diagnostic(`seed ${seed}`);
    const { failures } = await fuzzTftpServer({ datagrams, seed, workers });
    assert.deepEqual(failures, []);
  });
