import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { decodeOption } from '../../codec/dhcp/dhcp-options.ts';
import { dhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { keptSite, type KeptSite } from './testing/kept-site.ts';
import { clientMessage, type ClientWords } from './testing/messages.ts';
import { settingsOf } from './testing/settings.ts';

const server = '10.1.0.1';
const settings = settingsOf(`
  lease: 60s
  lease_min: 10s
  lease_max: 100s
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10-10.1.0.13
      reservations:
        02:00:00:00:00:05: 10.1.0.20
`);

/** What a person with pencil and paper knows: what was acknowledged, and until when it holds. */
type Held = { readonly client: number; readonly until: number };
type Notes = {
  readonly held: Map<string, Held>;
  /** Last address that each client was offered or given. */
  readonly last: Map<number, string>;
  /** A client that gave an address up takes no answer any more to what it asked before. */
  readonly gaveUp: Map<number, number>;
  readonly wrong: string[];
  acks: number;
};

type Step =
  | { readonly kind: 'discover'; readonly client: number; readonly asks: number }
  | { readonly kind: 'take' | 'reboot' | 'renew' | 'release' | 'decline'; readonly client: number }
  | { readonly kind: 'grab'; readonly client: number; readonly address: number }
  | { readonly kind: 'tick' | 'set-clock'; readonly ms: number }
  | { readonly kind: 'settle' | 'fail' | 'kill' | 'kill-written' | 'forget' };

const client = fc.integer({ min: 1, max: 7 });
const lastOctet = fc.integer({ min: 9, max: 21 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('discover' as const), client, asks: lastOctet }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom('take' as const, 'take', 'reboot', 'renew', 'release', 'decline'),
      client,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('grab' as const), client, address: lastOctet }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      ms: fc.integer({ min: 0, max: 70_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-clock' as const),
      ms: fc.integer({ min: -1e9, max: 1e9 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constantFrom('settle' as const, 'settle', 'settle', 'fail') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'kill-written', 'forget') }),
  },
);

async function play(steps: readonly Step[]): Promise<Notes> {
  const site = keptSite(settings, server);
  const notes: Notes = { held: new Map(), last: new Map(), gaveUp: new Map(), wrong: [], acks: 0 };
  for (const each of steps) await playOne(site, notes, each);
  await site.settle();
  return notes;
}

async function playOne(site: KeptSite, notes: Notes, each: Step): Promise<void> {
  const { clocks } = site;
  switch (each.kind) {
    case 'tick':
      clocks.wall += each.ms;
      clocks.uptime += each.ms;
      return;
    case 'set-clock':
      clocks.wall += each.ms;
      ask(site, notes, 7, { type: 'discover' });
      return site.settle();
    case 'settle':
      return site.settle();
    case 'fail':
      return site.settle('failed');
    case 'forget':
      void site.service().forgetOld();
      return;
    case 'kill':
    case 'kill-written':
      return site.kill(each.kind === 'kill-written');
    case 'discover':
    case 'take':
    case 'reboot':
    case 'renew':
    case 'release':
    case 'decline':
    case 'grab':
      message(site, notes, each);
  }
}

function message(site: KeptSite, notes: Notes, each: Extract<Step, { client: number }>): void {
  const { client, kind } = each;
  const address = notes.last.get(client) ?? '10.1.0.10';
  const to = { 54: server };
  if (kind === 'discover')
    return ask(site, notes, client, { type: 'discover', options: { 50: `10.1.0.${each.asks}` } });
  if (kind === 'grab')
    return ask(site, notes, client, { type: 'request', options: { 50: `10.1.0.${each.address}` } });
  if (kind === 'take')
    return ask(site, notes, client, { type: 'request', options: { ...to, 50: address } });
  if (kind === 'reboot')
    return ask(site, notes, client, { type: 'request', options: { 50: address } });
  if (kind === 'renew') return ask(site, notes, client, { type: 'request', ciaddr: address });
  // From here on it does not use the address any more.
  if (notes.held.get(address)?.client === client) notes.held.delete(address);
  notes.gaveUp.set(client, (notes.gaveUp.get(client) ?? 0) + 1);
  if (kind === 'release')
    return ask(site, notes, client, { type: 'release', ciaddr: address, options: to });
  ask(site, notes, client, { type: 'decline', options: { ...to, 50: address } });
}

function ask(site: KeptSite, notes: Notes, client: number, words: ClientWords): void {
  const askedAt = site.clocks.uptime;
  const gaveUp = notes.gaveUp.get(client);
  site.send(clientMessage({ ...words, client }), (answer) => {
    if (answer && notes.gaveUp.get(client) === gaveUp)
      hear(site, notes, client, askedAt, answer.message);
  });
}

function hear(
  { clocks, disk }: KeptSite,
  notes: Notes,
  client: number,
  askedAt: number,
  reply: DhcpMessage,
): void {
  const type = messageTypeOf(reply);
  const address = formatIPv4(reply.yiaddr);
  const other = notes.held.get(address);
  const isOthers = other && other.client !== client && other.until > clocks.uptime;
  if (type === 'offer' || type === 'ack') {
    if (isOthers) notes.wrong.push(`${type} of ${address} to ${client}: ${other.client} holds it`);
    const mine = client === 5 ? /^10\.1\.0\.(1[0-3]|20)$/ : /^10\.1\.0\.1[0-3]$/;
    if (!mine.test(address)) notes.wrong.push(`${address} is not for ${client}`);
    notes.last.set(client, address);
  }
  if (type !== 'ack') return;
  notes.acks++;
  const seconds = decodeOption(51, dhcpOption(reply, 51)!) as number;
  const until = askedAt + seconds * 1000;
  notes.held.set(address, { client, until });
  if (!disk.has(address)) notes.wrong.push(`${address} was acknowledged and is not on disk`);
}

describe('leases through anything', () => {
  test('no address is held twice, and nothing acknowledged is lost', async () => {
    let acks = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const notes = await play(steps);
        assert.deepEqual(notes.wrong, []);
        acks += notes.acks;
      }),
      { numRuns: 400 },
    );
    assert.ok(acks > 400, `${acks} acknowledgements are too few to have seen anything`);
  });

  test('after a kill the holders keep their addresses, and others get others', async () => {
    const site = keptSite(settings, server);
    const answers: string[] = [];
    const hear = (name: string) => (answer: unknown) =>
      answers.push(`${name} ${answer ? 'yes' : 'no'}`);
    for (const [index, client] of [1, 2].entries()) {
      const address = `10.1.0.${10 + index}`;
      site.send(clientMessage({ type: 'discover', client }));
      const options = { 50: address, 54: server };
      site.send(clientMessage({ type: 'request', client, options }), hear(`ack ${client}`));
      if (client === 1) await site.settle();
    }
    await site.kill(false);
    assert.deepEqual(answers, ['ack 1 yes']);
    assert.deepEqual([...site.disk.keys()], ['10.1.0.10']);
    site.send(clientMessage({ type: 'request', client: 1, ciaddr: '10.1.0.10' }), hear('renew 1'));
    site.send(
      clientMessage({ type: 'request', client: 3, options: { 50: '10.1.0.10' } }),
      (answer) => {
        assert.equal(messageTypeOf(answer!.message), 'nak');
      },
    );
    await site.settle();
    assert.deepEqual(answers, ['ack 1 yes', 'renew 1 yes']);
  });
});
