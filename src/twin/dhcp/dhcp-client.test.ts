import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { hostNameOf, numberOption, parameterListOf } from '../../codec/dhcp/dhcp-fields.ts';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import { parseMac } from '../../wire/mac.ts';
import { dhcpSpeech } from '../cisco-java/dhcp.ts';
import { javaModel } from '../cisco-java/models.ts';
import { seededRandom } from '../seeded-random.ts';
import { simulatedNetwork } from '../simulated-network.ts';
import type { SimulatedDhcp } from '../simulated-dhcp.ts';
import { testDhcpServer, type DhcpServerSetup } from '../testing/dhcp-server.ts';
import { virtualClock } from '../virtual-clock.ts';
import { DhcpClient } from './dhcp-client.ts';
import type { DhcpHappening } from './dhcp-happening.ts';
import type { DhcpSpeech, TwinDhcp } from './dhcp-speech.ts';

const mac = parseMac('002699EF0F1A');
const options = { 1: '255.255.255.0', 3: '192.0.2.1', 42: '192.0.2.5', 15: 'example.org' };

function trial(
  setup: DhcpServerSetup = {},
  more: { dhcp?: Partial<TwinDhcp>; speech?: Partial<DhcpSpeech>; others?: SimulatedDhcp } = {},
) {
  const clock = virtualClock(1_000_000);
  const server = testDhcpServer(setup);
  const answer: SimulatedDhcp = (message, at) => [
    ...(more.others?.(message, at) ?? []),
    ...server.answer(message, at),
  ];
  const network = simulatedNetwork({ clock, server: () => ({ kind: 'silent' }), dhcp: answer });
  const told: DhcpHappening[] = [];
  const model = javaModel('7911');
  assert.ok(model);
  const client = new DhcpClient({
    mac,
    dhcp: { network, server: { address: '255.255.255.255', port: 67 }, tftpPort: 69, ...more.dhcp },
    speech: () => ({ ...dhcpSpeech(mac, model), ...more.speech }),
    clock,
    random: seededRandom(7),
  });
  const tell = (happening: DhcpHappening) => void told.push(happening);
  const story = () => told.map(({ from, message }) => `${from === 'phone' ? '>' : '<'}${message}`);
  return { clock, server, told, story, client, tell };
}

test('a phone asks as a 7911 does', async () => {
  const { client, server, tell } = trial({ options });
  assert.equal(await client.obtain(tell), true);
  const [discover] = server.heard.map(({ message }) => message);
  assert.ok(discover);
  assert.equal(discover.flags, 0x8000);
  assert.equal(hostNameOf(discover), 'SEP002699EF0F1A');
  assert.equal(
    Buffer.from(dhcpOption(discover, 60) ?? []).toString(),
    'Cisco Systems, Inc. IP Phone CP-7911G\0',
  );
  assert.deepEqual([...(dhcpOption(discover, 61) ?? [])], [1, 0, 0x26, 0x99, 0xef, 0x0f, 0x1a]);
  assert.deepEqual([...(parameterListOf(discover) ?? [])], [1, 66, 6, 3, 15, 150, 35]);
  assert.deepEqual(
    discover.options.map(({ code }) => code),
    [53, 61, 12, 60, 55],
  );
  assert.equal(serializeDhcp(discover, { minimumLength: 548 }).length, 548);
});

test('discover, offer, request, ack: what the ACK gives is the lease', async () => {
  const { client, story, told, tell } = trial({
    options: { ...options, 150: '10.0.0.2, 10.0.0.3' },
  });
  await client.obtain(tell);
  assert.deepEqual(story(), ['>discover', '<offer', '>request', '<ack']);
  assert.deepEqual(told.at(-1), {
    kind: 'dhcp',
    message: 'ack',
    from: 'server',
    server: '192.0.2.1',
    address: '192.0.2.100',
    leaseSeconds: 3600,
    tftp: '10.0.0.2',
    tftpFrom: 'option-150',
  });
  const { lease } = client;
  assert.deepEqual(lease?.ntpServers, ['192.0.2.5']);
  assert.equal(lease.domain, 'example.org');
  assert.deepEqual(client.tftp, { address: '10.0.0.2', port: 69 });
});

for (const [given, ignores, from, address] of [
  [
    { options: { 150: '10.0.0.2', 66: '10.0.0.3' }, siaddr: '10.0.0.4' },
    [],
    'option-150',
    '10.0.0.2',
  ],
  [{ options: { 66: '10.0.0.3' }, siaddr: '10.0.0.4' }, [], 'option-66', '10.0.0.3'],
  [{ siaddr: '10.0.0.4' }, [], 'siaddr', '10.0.0.4'],
  [{ options: { 150: '10.0.0.2', 66: '10.0.0.3' } }, ['option-150'], 'option-66', '10.0.0.3'],
  [{ options: { 66: 'tftp', 15: 'example.org' } }, [], 'option-66', '10.0.0.9'],
  [{ options: { 66: 'nowhere' }, siaddr: '10.0.0.4' }, [], 'siaddr', '10.0.0.4'],
  [{ options: { 15: 'example.org' } }, [], 'name', '10.0.0.8'],
] as const)
  test(`the TFTP server is ${address} by ${from}`, async () => {
    const names: Readonly<Record<string, string>> = {
      'tftp.example.org': '10.0.0.9',
      'CiscoCM1.example.org': '10.0.0.8',
    };
    const resolve = (name: string) => Promise.resolve(names[name]);
    const { client, tell } = trial(given, {
      dhcp: { ignores, resolve },
      speech: { tftpFrom: ['option-150', 'option-66', 'siaddr', 'name'], tftpName: 'CiscoCM1' },
    });
    await client.obtain(tell);
    assert.deepEqual(client.lease?.tftp, { address, from });
  });

test('without any of them it has an address and nobody to ask', async () => {
  const { client, told, tell } = trial({ options });
  await client.obtain(tell);
  assert.equal(client.tftp, undefined);
  assert.equal(told.at(-1)?.because, 'it names no TFTP server');
});

test('no answer: a DISCOVER about every 20 s, then no address', async () => {
  const { client, server, story, tell } = trial({ deaf: () => true });
  assert.equal(await client.obtain(tell), false);
  assert.deepEqual(story(), ['>discover', '>discover', '>discover']);
  const [first, second] = server.heard.map(({ at }) => at);
  const gap = (second ?? 0) - (first ?? 0);
  assert.ok(gap >= 19_000 && gap <= 21_000, `${gap}`);
});

test('the first offer counts; another server hears that it was not taken', async () => {
  const rogue = testDhcpServer({ server: '192.0.2.66', first: '192.0.2.200' });
  const { client, server, tell } = trial({ options }, { others: rogue.answer });
  await client.obtain(tell);
  assert.equal(client.lease?.server, '192.0.2.66');
  const [, request] = server.heard;
  assert.equal(request?.type, 'request');
  assert.equal(numberOption(request.message, 54), 0xc0000242);
});

test('an offer that the phone objects to is told and not taken', async () => {
  const objection = () => 'no router';
  const { client, told, tell } = trial({ options }, { speech: { objection, waits: [1000] } });
  assert.equal(await client.obtain(tell), false);
  assert.equal(told[1]?.because, 'no router');
  assert.ok(told.every(({ message }) => message !== 'request'));
});

test('it asks for the address of before, and begins anew when that is refused', async () => {
  const { client, server, story, told, tell } = trial({ options });
  await client.obtain(tell);
  told.length = 0;
  await client.obtain(tell);
  assert.deepEqual(story(), ['>request', '<ack']);
  server.forget();
  told.length = 0;
  await client.obtain(tell);
  assert.deepEqual(story(), ['>request', '<nak', '>discover', '<offer', '>request', '<ack']);
  assert.equal(told[1]?.because, 'not 192.0.2.100');
});

test('without an answer it goes on with the address of before', async () => {
  let deaf = false;
  const { client, story, tell, told } = trial({ options, deaf: () => deaf });
  await client.obtain(tell);
  deaf = true;
  told.length = 0;
  assert.equal(await client.obtain(tell), true);
  assert.deepEqual(story(), ['>request', '>request']);
  assert.equal(client.lease?.address, '192.0.2.100');
});

test('an address that another machine has is declined, and not given again', async () => {
  const inUse = (address: string) => address === '192.0.2.100';
  const { client, clock, story, tell } = trial({ options }, { dhcp: { inUse } });
  const startedAt = clock.now();
  await client.obtain(tell);
  assert.deepEqual(story().slice(0, 6), [
    '>discover',
    '<offer',
    '>request',
    '<ack',
    '>decline',
    '>discover',
  ]);
  assert.equal(client.lease?.address, '192.0.2.101');
  assert.ok(clock.now() - startedAt >= 10_000);
});

test('at half of the lease it renews, with the address in use and no server named', async () => {
  const { client, clock, server, tell } = trial({ options, leaseSeconds: 600 });
  await client.obtain(tell);
  const { dueAt } = client;
  assert.ok(Math.abs(dueAt - clock.now() - 300_000) < 100);
  await clock.sleep(dueAt - clock.now());
  await client.attend(tell);
  const renewal = server.heard.at(-1);
  assert.equal(renewal?.type, 'request');
  assert.equal(renewal.message.ciaddr, 0xc0000264);
  assert.equal(dhcpOption(renewal.message, 54), undefined);
  assert.equal(dhcpOption(renewal.message, 50), undefined);
  assert.ok(client.dueAt > clock.now() + 299_000);
});

test('unanswered it renews again, rebinds, and begins anew when the lease has run out', async () => {
  let deaf = false;
  const { client, clock, told, story, tell } = trial({
    options,
    leaseSeconds: 1000,
    deaf: (message) => deaf && message.ciaddr !== 0,
  });
  await client.obtain(tell);
  deaf = true;
  told.length = 0;
  const end = client.lease?.expiresAt ?? 0;
  while (client.dueAt <= end) {
    await clock.sleep(Math.max(client.dueAt - clock.now(), 0));
    await client.attend(tell);
  }
  const said = told.filter(({ from }) => from === 'phone').map(({ because }) => because);
  assert.ok(said.includes('it renews') && said.includes('any server may renew it'));
  assert.deepEqual(story().slice(-4), ['>discover', '<offer', '>request', '<ack']);
  assert.ok(clock.now() >= end && clock.now() < end + 10_000);
});

test('a lease for ever is never due', async () => {
  const { client, tell } = trial({ options, leaseSeconds: 0xffffffff });
  await client.obtain(tell);
  assert.equal(client.dueAt, Infinity);
});
