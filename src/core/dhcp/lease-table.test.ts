import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Lease } from '../../model/lease.ts';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import { createLeaseTable, type LeaseTable } from './lease-table.ts';
import { settingsOf } from './testing/settings.ts';

const { networks } = settingsOf(`
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.12, 10.1.0.20
`);
const [network] = networks as [(typeof networks)[0]];
const pool = [10, 11, 12, 20].map((last) => ipv4Number(`10.1.0.${last}`));
const offerLasts = 30;

type Step =
  | { readonly kind: 'choose'; readonly client: string; readonly requested: number }
  | {
      readonly kind: 'bind' | 'release' | 'decline';
      readonly client: string;
      readonly address: number;
      readonly lasts: number;
    }
  | { readonly kind: 'tick' | 'shift' | 'forget'; readonly ms: number };

/** The same table, as plainly as it can be said: lists that are searched from end to end. */
type Plain = {
  readonly leases: Map<number, Lease>;
  readonly offers: Map<number, { client: string; until: number }>;
};

const client = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const address = fc.constantFrom(...pool);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('choose' as const), client },
      requested: fc.constantFrom(0, 1, ...pool),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('bind' as const, 'bind', 'bind', 'release', 'decline'),
      ...{ client, address, lasts: fc.integer({ min: 1, max: 100 }) },
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('tick' as const), ms: fc.nat(60) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('shift' as const, 'forget'),
      ms: fc.integer({ min: -50, max: 50 }),
    }),
  },
);

function mayHave({ leases, offers }: Plain, who: string, address: number, now: number): boolean {
  const lease = leases.get(address);
  const offer = offers.get(address);
  const isHeld = lease && lease.expiresAt > now;
  if (isHeld && (lease.state !== 'bound' || lease.clientId !== who)) return false;
  return !offer || offer.until <= now || offer.client === who;
}

function chooseOnce(
  table: LeaseTable,
  plain: Plain,
  at: Extract<Step, { kind: 'choose' }>,
  now: number,
): void {
  const { client: clientId, requested } = at;
  const choice = table.choose({ network, clientId, requested, now });
  const free = pool.filter((each) => mayHave(plain, clientId, each, now));
  assert.equal(choice === undefined, free.length === 0, `${free.length} are free`);
  if (!choice) return;
  const { address, because } = choice;
  assert.ok(free.includes(address), `${formatIPv4(address)} is not free`);
  const fresh = free.filter((each) => !plain.leases.has(each) && !isOffered(plain, each, now));
  const own = free.filter((each) => {
    const lease = plain.leases.get(each);
    return lease?.clientId === clientId && lease.state !== 'declined';
  });
  const isStill = plain.offers.get(address)?.client === clientId;
  if (own.some((each) => table.holderOf(each, now) === clientId))
    assert.equal(table.holderOf(address, now), clientId, 'it holds another address');
  else if (because === 'held') assert.ok(isStill, 'it was offered another address, or none');
  else if (own.length > 0) assert.ok(own.includes(address), 'it had another address before');
  else if (because === 'requested') assert.equal(address, requested);
  else if (because === 'fresh') assert.ok(fresh.includes(address));
  else if (because === 'expired') {
    assert.equal(fresh.length, 0, 'one was never leased');
    const ends = free.map((each) => plain.leases.get(each)?.expiresAt ?? Infinity);
    assert.equal(plain.leases.get(address)?.expiresAt, Math.min(...ends));
  } else assert.fail(because);
  for (const [each, offer] of plain.offers)
    if (offer.client === clientId) plain.offers.delete(each);
  plain.offers.set(address, { client: clientId, until: now + offerLasts });
  table.offer(address, clientId, now + offerLasts);
}

function isOffered({ offers }: Plain, address: number, now: number): boolean {
  return (offers.get(address)?.until ?? -Infinity) > now;
}

function putOnce(
  table: LeaseTable,
  plain: Plain,
  at: Extract<Step, { address: number }>,
  now: number,
): void {
  const { kind, client: clientId, address, lasts } = at;
  assert.equal(table.isAvailable(address, clientId, now), mayHave(plain, clientId, address, now));
  if (!mayHave(plain, clientId, address, now)) return;
  const lease: Lease = {
    ...{ address: formatIPv4(address), clientId, startedAt: now },
    ...(kind === 'bind' && ({ state: 'bound', expiresAt: now + lasts } as const)),
    ...(kind === 'release' && ({ state: 'released', expiresAt: now } as const)),
    ...(kind === 'decline' && ({ state: 'declined', expiresAt: now + lasts } as const)),
  } as Lease;
  plain.leases.set(address, lease);
  plain.offers.delete(address);
  table.put(lease);
}

function compare(table: LeaseTable, { leases }: Plain, now: number): void {
  assert.equal(table.size, leases.size);
  for (const each of pool) {
    const lease = leases.get(each);
    assert.deepEqual(table.leaseOf(each), lease);
    const holder = lease?.state === 'bound' && lease.expiresAt > now ? lease.clientId : undefined;
    assert.equal(table.holderOf(each, now), holder);
  }
  for (const who of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const own = pool.filter((each) => {
      const lease = leases.get(each);
      return lease?.clientId === who && lease.state !== 'declined';
    });
    assert.deepEqual(table.addressesOf(who).toSorted(), own);
  }
}

function play(steps: readonly Step[]): void {
  const table = createLeaseTable(networks);
  const plain: Plain = { leases: new Map(), offers: new Map() };
  let now = 1000;
  for (const at of steps) {
    if (at.kind === 'tick') now += at.ms;
    else if ('address' in at) putOnce(table, plain, at, now);
    else if (at.kind === 'choose') chooseOnce(table, plain, at, now);
    else if (at.kind === 'forget') {
      const limit = now + at.ms - 50;
      table.forget(limit);
      for (const [each, { expiresAt }] of plain.leases)
        if (expiresAt < limit) plain.leases.delete(each);
    } else {
      now += at.ms;
      table.shift(at.ms);
      for (const [each, lease] of plain.leases) {
        const { startedAt, expiresAt } = lease;
        plain.leases.set(each, {
          ...lease,
          startedAt: startedAt + at.ms,
          expiresAt: expiresAt + at.ms,
        });
      }
      for (const offer of plain.offers.values()) offer.until += at.ms;
    }
    compare(table, plain, now);
  }
}

describe('createLeaseTable', () => {
  test('does what lists that are searched from end to end do', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 80, size: 'max' }), play), { numRuns: 1500 });
  });

  test('a pool of many addresses gives each of them once', () => {
    const many = settingsOf(
      '  networks:\n    10.0.0.0/16:\n      pools: 10.0.1.0-10.0.40.0\n',
    ).networks;
    const [only] = many as [(typeof many)[0]];
    const table = createLeaseTable(many);
    const given = new Set<number>();
    for (let client = 0; client < 9984; client++) {
      const clientId = String(client);
      const choice = table.choose({ network: only, clientId, requested: 0, now: client });
      assert.ok(choice && !given.has(choice.address));
      given.add(choice.address);
      const address = formatIPv4(choice.address);
      table.put({ address, clientId, state: 'bound', startedAt: 0, expiresAt: 1e6 + client });
    }
    const last = (now: number) => table.choose({ network: only, clientId: 'x', requested: 0, now });
    assert.ok(last(0));
    table.put({
      address: '10.0.40.0',
      clientId: 'y',
      state: 'bound',
      startedAt: 0,
      expiresAt: 2e6,
    });
    assert.equal(last(1e6 - 1), undefined);
    assert.equal(formatIPv4(last(1e6)!.address), '10.0.1.0');
  });

  test('leases of networks that are no longer served do no harm', () => {
    const lease = { clientId: 'a', state: 'bound', startedAt: 0, expiresAt: 100 } as const;
    const table = createLeaseTable(networks, [{ ...lease, address: '172.16.0.1' }]);
    const choice = table.choose({ network, clientId: 'a', requested: 0, now: 0 });
    assert.deepEqual(choice, { address: pool[0], because: 'fresh' });
    assert.deepEqual(table.forget(101), ['172.16.0.1']);
  });

  test('a renewal a minute, and a release and return every second, take no more room', () => {
    const table = createLeaseTable(networks);
    const lease = { address: '10.1.0.10', clientId: 'a', startedAt: 0 } as const;
    for (let now = 0; now < 20_000; now++) {
      table.put({ ...lease, state: 'bound', expiresAt: now + 100 });
      table.put({ ...lease, state: 'released', expiresAt: now });
    }
    const choice = table.choose({ network, clientId: 'b', requested: pool[0]!, now: 30_000 });
    assert.deepEqual(choice, { address: pool[0], because: 'requested' });
  });
});
