import { describe, test } from 'node:test';
import { memoryStore } from './memory.ts';
import { storeContract } from './testing/store-contract.ts';

describe('memory store', () => {
  for (const { name, run } of storeContract)
    test(name, async () => {
      const store = memoryStore();
      await run(store);
      await store.close();
    });
});
