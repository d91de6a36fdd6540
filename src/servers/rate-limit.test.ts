import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { defaultRateLimit, type Flood, RateLimiter, tellAgainMs } from './rate-limit.ts';

/** A limiter whose clock stands until it is set. */
function limiterAt(limit: { perSecond: number; burst: number }, addresses?: number) {
  const floods: Flood[] = [];
  const clock = { now: 0 };
  const limiter = new RateLimiter({
    limit,
    now: () => clock.now,
    onFlood: (flood) => floods.push(flood),
    ...(addresses !== undefined && { addresses }),
  });
  const ask = (address: string) => limiter.admits(address, () => `asked by ${address}`);
  return { limiter, floods, clock, ask };
}

const limits = fc.record({
  perSecond: fc.integer({ min: 1, max: 2000 }),
  burst: fc.integer({ min: 1, max: 300 }),
});
const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })), {
  minLength: 1,
  maxLength: 300,
});

describe('one address', () => {
  test('in no stretch of time it gets more than the burst and the rate over that time', () => {
    fc.assert(
      fc.property(limits, gaps, (limit, waits) => {
        const { clock, ask } = limiterAt(limit);
        const times = waits.flatMap((wait) => {
          clock.now += wait;
          return ask('192.0.2.1') ? [clock.now] : [];
        });
        for (const [first, from] of times.entries())
          for (let last = first; last < times.length; last++) {
            const most = limit.burst + (limit.perSecond * (times[last]! - from)) / 1000;
            assert(last - first + 1 <= most + 1e-6);
          }
      }),
    );
  });

  test('what is within the burst, or slower than the rate, is always admitted', () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 300 }), (limit, count) => {
        const { clock, ask } = limiterAt(limit);
        for (let each = 0; each < limit.burst; each++) assert(ask('192.0.2.1'));
        for (let each = 0; each < count; each++) {
          clock.now += 1000 / limit.perSecond + 1e-6;
          assert(ask('192.0.2.1'));
        }
      }),
    );
  });

  test('what is refused costs nothing: it is served as soon as without it', () => {
    const { clock, ask } = limiterAt({ perSecond: 10, burst: 1 });
    assert(ask('192.0.2.1'));
    for (; clock.now < 100; clock.now++) assert(!ask('192.0.2.1'));
    assert(ask('192.0.2.1'));
  });

  test('a clock that goes back gives and takes nothing', () => {
    const { clock, ask } = limiterAt({ perSecond: 10, burst: 2 });
    clock.now = 5000;
    assert(ask('192.0.2.1'));
    clock.now = 0;
    assert(ask('192.0.2.1'));
    assert(!ask('192.0.2.1'));
    clock.now = 100;
    assert(ask('192.0.2.1'));
  });
});

test('addresses do not share their tokens', () => {
  fc.assert(
    fc.property(limits, fc.array(fc.nat(5), { maxLength: 400 }), (limit, asked) => {
      const { ask } = limiterAt(limit);
      const counts = new Map<number, number>();
      for (const each of asked) {
        const count = (counts.get(each) ?? 0) + 1;
        counts.set(each, count);
        assert.equal(ask(`192.0.2.${each}`), count <= limit.burst);
      }
    }),
  );
});

test('memory is bounded: the address that was quiet for longest is forgotten', () => {
  const { limiter, ask } = limiterAt({ perSecond: 1, burst: 1 }, 3);
  for (const address of ['a', 'b', 'c']) assert(ask(address));
  assert(!ask('a'));
  assert(ask('d'));
  assert.equal(limiter.size, 3);
  assert(!ask('a'), 'was heard of lately');
  assert(ask('b'), 'was forgotten');
  for (let each = 0; each < 10_000; each++) ask(`address ${each}`);
  assert.equal(limiter.size, 3);
});

test('an address is told of once, with what it asked for, and again after an hour', () => {
  const { clock, floods, ask } = limiterAt({ perSecond: 1, burst: 1 });
  for (let each = 0; each < 50; each++) ask('192.0.2.1');
  for (let each = 0; each < 50; each++) ask('192.0.2.2');
  assert.deepEqual(floods, [
    { address: '192.0.2.1', evidence: 'asked by 192.0.2.1' },
    { address: '192.0.2.2', evidence: 'asked by 192.0.2.2' },
  ]);
  clock.now = tellAgainMs - 1;
  for (let each = 0; each < 2; each++) ask('192.0.2.1');
  assert.equal(floods.length, 2);
  clock.now = tellAgainMs;
  for (let each = 0; each < 2; each++) ask('192.0.2.1');
  assert.equal(floods.length, 3);
});

test('a thousand phones behind one address that ask for ten files at once are below the default', () => {
  const { ask } = limiterAt(defaultRateLimit);
  for (let each = 0; each < 10_000; each++) assert(ask('192.0.2.1'));
});
