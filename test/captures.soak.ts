import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMutations } from './capture-mutations.ts';

test('a million damaged captures are read, or refused with a CodecError', async () => {
  const { refused } = await readMutations(1_000_000, 1);
  assert.ok(refused > 0 && refused < 1_000_000);
});
