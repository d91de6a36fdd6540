import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { AnswerPace } from './answer-pace.ts';
import { DatagramRing, type Datagram } from './datagram-ring.ts';
import { RingPutter, RingTaker } from './ring-ends.ts';

function plain({ bytes, address, port }: Datagram) {
  return { bytes: [...bytes], address, port };
}

describe('a ring of datagrams', () => {
  test('gives them in their order, or has no room, over its end too', () => {
    const datagram = fc.record({
      bytes: fc.uint8Array({ maxLength: 90 }),
      address: fc.integer({ min: 0, max: 0xffffffff }),
      port: fc.integer({ min: 0, max: 0xffff }),
    });
    const steps = fc.array(fc.option(datagram), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        const ring = DatagramRing.ofSize(256);
        const expected: Datagram[] = [];
        for (const step of all)
          if (step && ring.put(step.bytes, step.address, step.port)) expected.push(step);
          else if (!step) {
            const [taken, next] = [ring.take(), expected.shift()];
            assert.deepEqual(taken && plain(taken), next && plain(next));
          } else assert(expected.length > 0, 'an empty ring has room');
        for (const each of expected) assert.deepEqual(plain(ring.take()!), plain(each));
        assert.equal(ring.take(), undefined);
      }),
    );
  });

  test('that is full drops, and takes again what comes later', () => {
    const ring = DatagramRing.ofSize(256);
    const bytes = new Uint8Array(100).fill(7);
    assert.deepEqual(
      [1, 2, 3].map((port) => ring.put(bytes, 1, port)),
      [true, true, false],
    );
    assert.equal(ring.take()?.port, 1);
    assert.equal(ring.put(bytes, 1, 4), true);
    assert.deepEqual([ring.take()?.port, ring.take()?.port, ring.take()], [2, 4, undefined]);
  });

  test('keeps what was taken as it was', () => {
    const ring = DatagramRing.ofSize(128);
    ring.put(new Uint8Array(80).fill(1), 1, 1);
    const first = ring.take();
    ring.put(new Uint8Array(80).fill(2), 1, 1);
    assert.deepEqual(new Set(first?.bytes), new Set([1]));
  });

  test('wakes its taker once, and only where it sleeps', () => {
    const ring = DatagramRing.ofSize(128);
    assert.equal(ring.mustWake(), false);
    assert.equal(ring.sleep(), true);
    ring.put(new Uint8Array(4), 1, 1);
    assert.deepEqual([ring.mustWake(), ring.mustWake()], [true, false]);
    assert.equal(ring.sleep(), false, 'there is something to take');
  });
});

describe('between two threads', () => {
  /** Puts numbers, one in each datagram, again where there is no room. */
  const script = `
    const { workerData, parentPort } = require('node:worker_threads');
    Promise.all([import(workerData.ring), import(workerData.ends)]).then(([ring, ends]) => {
      const putter = new ends.RingPutter(new ring.DatagramRing(workerData.memory), () => parentPort.postMessage('wake'));
      let next = 0;
      const some = () => {
        const until = Math.min(workerData.count, next + 1 + (next * 7919) % 61);
        while (next < until && putter.put(new Uint8Array(next % 50), next, next % 65536)) next++;
        if (next < workerData.count) setTimeout(some, next % 3 === 0 ? 1 : 0);
      };
      some();
    });`;

  for (const isPaced of [false, true])
    test(`all come in their order${isPaced ? ', at a pace' : ''}`, async () => {
      const ring = DatagramRing.ofSize(4096);
      const count = 3000;
      const urls = ['datagram-ring.ts', 'ring-ends.ts'].map(
        (name) => new URL(name, import.meta.url).href,
      );
      const workerData = { memory: ring.memory, ring: urls[0], ends: urls[1], count };
      const seen: number[] = [];
      const all = Promise.withResolvers<undefined>();
      const take = ({ bytes, address }: Datagram) => {
        assert.equal(bytes.length, address % 50);
        seen.push(address);
        if (seen.length === count) all.resolve(undefined);
      };
      const taker = new RingTaker(
        ring,
        take,
        isPaced ? new AnswerPace(() => performance.now()) : undefined,
      );
      const worker = new Worker(script, { eval: true, workerData });
      worker.on('message', () => taker.woken());
      worker.on('error', all.reject);
      await all.promise;
      await worker.terminate();
      assert.deepEqual(seen, [...seen.keys()]);
    });

  test('what comes after a long silence wakes the taker', async () => {
    const ring = DatagramRing.ofSize(1024);
    const seen: number[] = [];
    let wakes = 0;
    const taker = new RingTaker(ring, ({ port }) => seen.push(port));
    const putter = new RingPutter(ring, () => {
      wakes++;
      taker.woken();
    });
    for (const port of [1, 2]) {
      putter.put(new Uint8Array(1), 1, port);
      while (seen.length < port) await delay(1);
      // Until it has stopped to look by itself.
      while (!ring.mustWake()) await delay(1);
      ring.sleep();
    }
    assert.deepEqual([seen, wakes], [[1, 2], 2]);
  });
});
