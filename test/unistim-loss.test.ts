import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upgradeOverBadNetwork } from './unistim-loss.ts';
import { upgradeInVirtualTime } from './unistim-virtual-upgrade.ts';

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

test(`20 % lost both ways and in another order, over real sockets, seed ${seed}`, async (t) => {
  const { images, ends, counts } = await upgradeOverBadNetwork(t, {
    ...{ seed, phones: 8, imageBytes: 8000, loss: 0.2, repeats: 0.05, delayMs: 8 },
  });
  for (const { flashed, image, state } of ends) {
    assert.deepEqual(flashed, images, 'byte for byte what the library has');
    assert.deepEqual([state, image], ['idle', '0692D93c08']);
  }
  assert.ok(counts.lost > 50 && counts.overtaken > 50, JSON.stringify(counts));
  const share = counts.lost / (counts.lost + counts.carried);
  assert.ok(share > 0.12 && share < 0.28, `${share}`);
});

test(`the same in virtual time with 200 seeds from ${seed} on`, async () => {
  for (let each = seed; each < seed + 200; each++) {
    const { images, flashed, image, lost } = await upgradeInVirtualTime({
      ...{ seed: each, imageBytes: 6000, loss: 0.2, repeats: 0.1, delayMs: 300 },
    });
    assert.deepEqual(flashed, images, `seed ${each}`);
    assert.equal(image, '0692D93c08', `seed ${each}`);
    assert.ok(lost > 10, `seed ${each}`);
  }
});
