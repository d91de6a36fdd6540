import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upgradeOverBadNetwork } from './unistim-loss.ts';
import { upgradeInVirtualTime } from './unistim-virtual-upgrade.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`100 phones, 20 % lost both ways, over real sockets, seed ${seed}`, async (t) => {
  const { images, ends } = await upgradeOverBadNetwork(t, {
    ...{ seed, phones: 100, imageBytes: 40_000, loss: 0.2, repeats: 0.05, delayMs: 8 },
  });
  for (const { flashed, image, state } of ends) {
    assert.deepEqual(flashed, images);
    assert.deepEqual([state, image], ['idle', '0692D93c08']);
  }
});

test(`virtual time with 10,000 seeds from ${seed} on`, async () => {
  for (let each = seed; each < seed + 10_000; each++) {
    const { images, flashed, image } = await upgradeInVirtualTime({
      ...{ seed: each, imageBytes: 6000, loss: 0.2, repeats: 0.1, delayMs: 300 },
    });
    assert.deepEqual([flashed, image], [images, '0692D93c08'], `seed ${each}`);
  }
});
