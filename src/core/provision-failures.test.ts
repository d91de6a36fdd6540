import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { StoreError } from '../store/store-error.ts';
import { mac, siteWith, told } from './testing/fake-site.ts';

const own = `phone-${mac}`;

describe('a store that fails', () => {
  test('makes the request fail, and what it proved is not lost', async () => {
    const { open, ask, fail, store } = await siteWith();
    await ask(`boot,like-1,${own}`);
    fail(['progressPut']);
    await assert.rejects(open('runs-2'), /disk full/);
    assert.equal((await store.progressGet(mac))?.step, 0);
    fail([]);
    assert.equal(await ask('common'), 'load=3 name=one');
    assert.equal((await store.progressGet(mac))?.step, 1);
  });

  for (const verb of ['phoneGet', 'tiePut', 'bootList', 'bootStart', 'progressGet'] as const)
    test(`at ${verb}: the next request of the phone goes on as if nothing had been`, async () => {
      const { open, ask, fail } = await siteWith();
      fail([verb]);
      await assert.rejects(open(`boot,like-1,${own}`), /disk full/);
      fail([]);
      await ask(`boot,like-1,${own}`);
      assert.equal(await ask('common'), 'load=2 name=one');
    });

  test('after an answer is told of', async () => {
    const { ask, clock, events, fail } = await siteWith();
    await ask(own);
    fail(['requestsAppend']);
    await clock.pass(200);
    assert.deepEqual(told(events).slice(-1), ['problem Error: disk full']);
  });

  test('while silence would prove something is told of, and the proof is kept', async () => {
    const { ask, clock, events, fail, store } = await siteWith();
    await ask(own);
    await ask('quiet-3');
    fail(['progressGet', 'requestsAppend']);
    await clock.pass(1000);
    assert.ok(told(events).includes('problem Error: disk full'));
    fail([]);
    await ask('something');
    assert.equal((await store.phoneGet(mac))?.running, '3');
  });

  test('because a boot is gone loses the rows of that boot, and is told of once', async () => {
    const { ask, flush, fail, events, store } = await siteWith();
    await ask(own);
    fail(['requestsAppend'], new StoreError('unknown-boot', 'boot 1 is gone'));
    await flush();
    fail([]);
    await ask('more');
    await flush();
    assert.equal(told(events).filter((text) => text.startsWith('problem')).length, 1);
    assert.equal((await store.bootList(mac, 1))[0]?.requests, 1);
  });
});
