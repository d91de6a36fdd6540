import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bootTwin } from '../src/app/twin.ts';
import { parseRudp } from '../src/codec/unistim/rudp-frame.ts';
import { until } from '../src/servers/tftp/testing/running-server.ts';
import { connectPhone } from '../src/servers/unistim/testing/loopback-phone.ts';
import { SimplePhone } from '../src/servers/unistim/testing/simple-phone.ts';
import type { Mac } from '../src/wire/mac.ts';
import { ipcmSite, type IpcmSite, type IpcmSiteOptions, macsFrom, sipImage } from './ipcm-site.ts';

/** With the switch off, or the service locked, no SIP image leaves the real server process. */

const macs = macsFrom(0x0200_0020_3001, 6);
const [first = '' as Mac, second = '' as Mac, third = '' as Mac] = macs;

/** A client that says what it likes, and all bytes of files that came to it. */
type Client = {
  readonly phone: SimplePhone;
  readonly blocks: Uint8Array[];
  /** After so many blocks nothing of a file reaches the phone, until it is released. */
  holdsAfter: number;
  release(): void;
};

const nameTricks = [
  ...['0692D93.bin', '0692D93', sipImage, `${sipImage}.bin`, '2004SIP.img', '0692d93.BIN'],
  ...['./0692D93.bin', '/0692D93.bin', '//0692D93.bin', '\\0692D93.bin', 'C:\\0692D93.bin'],
  ...['firmware/0692D93.bin', '../firmware/0692D93.bin', '../../site/firmware/0692D93.bin'],
  ...['0604D98.bin/../0692D93.bin', 'x/../0692D93.bin', '0604D98.bin/0692D93.bin'],
  ...['0692D93.bin ', ' 0692D93.bin', '0692D93.bin.', '0692D93.bin/', '%2e/0692D93.bin'],
  ...['0692D93%2ebin', '0692D93.bin?', '*', '0692D93.*', '0692D9?.bin', ''],
];

async function site(t: TestContext, more: Partial<IpcmSiteOptions> = {}) {
  const address = '127.64.0.1';
  const made = await ipcmSite(t, { address, imageBytes: 30_000, phones: macs, ...more });
  const client = (mac: Mac, firmware: string, own: string) =>
    clientOf(t, made, { mac, firmware }, own);
  return { made, client };
}

async function clientOf(
  t: TestContext,
  { listen }: IpcmSite,
  who: { readonly mac: Mac; readonly firmware: string },
  address: string,
): Promise<Client> {
  const at = (text: string) => {
    const [host = '', port = ''] = text.split(':');
    return [{ address: host, port: Number(port) }];
  };
  const server = { addresses: at(listen.unistim), uftpAddresses: at(listen.uftp) };
  const { phone } = await connectPhone(t, server, who, address);
  // It fetches when it is told to here, not by itself.
  phone.fetch = () => undefined;
  const late: (() => void)[] = [];
  const client: Client = {
    ...{ phone, blocks: [], holdsAfter: Infinity },
    release() {
      client.holdsAfter = Infinity;
      for (const take of late.splice(0)) take();
    },
  };
  const receive = phone.receive.bind(phone);
  phone.receive = (datagram, from) => {
    client.blocks.push(...blockIn(datagram));
    if (client.blocks.length >= client.holdsAfter && from === 'uftp')
      late.push(() => receive(datagram, from));
    else receive(datagram, from);
  };
  return client;
}

function blockIn(datagram: Uint8Array): readonly Uint8Array[] {
  const frame = parseRudp(datagram);
  const isBlock =
    frame.type === 'payload' &&
    frame.payload.kind === 'uftp' &&
    frame.payload.message.kind === 'file-data';
  return isBlock ? [Uint8Array.from(datagram.subarray(7))] : [];
}

/** Presses the keys that lead to software. */
async function press(phone: SimplePhone, ...labels: readonly string[]): Promise<void> {
  phone.hello();
  for (const label of labels) {
    await until(() => phone.display.softKeys.includes(label));
    phone.press(label);
  }
}

const keys = ['Config', 'Version', 'FirmW'] as const;

/** Asks for a file over a connection of its own, as the prototype does. */
function fetch(phone: SimplePhone, path: string): void {
  phone.isDenied = false;
  SimplePhone.prototype.fetch.call(phone, path);
}

function hasBytesOf(image: Uint8Array | undefined, blocks: readonly Uint8Array[]): boolean {
  const whole = Buffer.from(image ?? []);
  return blocks.some((block) => block.length > 16 && whole.includes(Buffer.from(block)));
}

test('switched off: by no name, neither to twins nor to who makes up requests', async (t) => {
  const { made, client } = await site(t, { sipUpgrade: 'off' });
  const { images, listen } = made;
  // On its way with the transitional image, it is offered UNIStim software: something is awaited.
  const liar = await client(first, 'CT12D97', '127.64.1.1');
  await press(liar.phone);
  await until(() => liar.phone.order !== undefined);
  assert.equal(liar.phone.order?.path, '0604D98.bin');
  for (const path of nameTricks) {
    fetch(liar.phone, path);
    await until(() => liar.phone.isDenied);
  }
  assert.deepEqual(liar.blocks, []);
  fetch(liar.phone, '0604D98.bin');
  await until(() => liar.phone.fetched !== undefined);
  assert.ok(hasBytesOf(images['0604D98.bin'], liar.blocks), 'what was offered does come');
  const refused = await client(second, '0604D98', '127.64.1.2');
  await press(refused.phone, ...keys);
  await until(() => !refused.phone.display.softKeys.includes('FirmW'));
  await delay(300);
  assert.equal(refused.phone.order, undefined);
  const unistim = { address: '127.64.0.1', port: Number(listen.unistim.split(':')[1]) };
  const twin = await bootTwin({
    ...{ model: '2004', mac: third, image: 'CT12D97', timeScale: 0.05, seed: 1, unistim },
    ...{ press: 'FirmW', address: '127.64.1.3', onLine: () => undefined },
  });
  assert.deepEqual([twin.state, twin.image], ['idle', '0604D98']);
  assert.ok(!hasBytesOf(images['0692D93.bin'], [...liar.blocks, ...refused.blocks]));
});

test('on: the offer of another phone, another file than the offered one, an offer gone stale', async (t) => {
  const { made, client } = await site(t);
  const { run } = made;
  const owner = await client(first, 'CT12D97', '127.64.2.1');
  await press(owner.phone);
  await until(() => owner.phone.order !== undefined);
  assert.equal(owner.phone.order?.path, '0692D93.bin');
  const neighbour = await client(second, '0604D98', '127.64.2.2');
  fetch(neighbour.phone, '0692D93.bin');
  await delay(500);
  assert.deepEqual([neighbour.phone.isDenied, neighbour.blocks], [false, []], 'not even an answer');
  await press(neighbour.phone, ...keys);
  await until(() => neighbour.phone.order !== undefined);
  for (const path of nameTricks) {
    fetch(neighbour.phone, path);
    await until(() => neighbour.phone.isDenied);
  }
  await run('ipcm', 'lock');
  await until(() => owner.phone.isReset && neighbour.phone.isReset);
  await run('ipcm', 'modify', '--2004-sip-upgrade', 'off');
  await run('ipcm', 'unlock');
  await delay(1000);
  await press(owner.phone);
  await until(() => owner.phone.display.title !== '');
  await until(() => owner.phone.order?.path === '0604D98.bin');
  fetch(owner.phone, '0692D93.bin');
  await until(() => owner.phone.isDenied);
  fetch(neighbour.phone, 'CT12D97.bin');
  await delay(500);
  for (const { phone, blocks } of [owner, neighbour])
    assert.deepEqual([phone.fetched, blocks], [undefined, []]);
});

test('locked in mid-transfer: the file to its end, sessions end in order, then nothing', async (t) => {
  const { made, client } = await site(t);
  const { images, run, listen } = made;
  const busy = await client(first, 'CT12D97', '127.64.3.1');
  const idle = await client(second, '0604D98', '127.64.3.2');
  const waiting = await client(third, 'CT12D97', '127.64.3.3');
  await press(idle.phone);
  await press(waiting.phone);
  await until(
    () => idle.phone.display.softKeys.includes('Config') && waiting.phone.order !== undefined,
  );
  await press(busy.phone);
  await until(() => busy.phone.order !== undefined);
  busy.holdsAfter = 8;
  fetch(busy.phone, '0692D93.bin');
  await until(() => busy.blocks.length >= busy.holdsAfter);
  await run('ipcm', 'lock');
  await until(() => idle.phone.isReset && waiting.phone.isReset);
  assert.equal(busy.phone.isReset, false, 'its flash would be half written');
  fetch(waiting.phone, '0692D93.bin');
  await delay(500);
  assert.deepEqual(waiting.blocks, [], 'it was offered, but nothing is begun');
  busy.release();
  await until(() => busy.phone.fetched !== undefined);
  assert.deepEqual(Buffer.from(busy.phone.fetched ?? []), Buffer.from(images['0692D93.bin'] ?? []));
  await until(() => busy.phone.isReset);
  busy.blocks.length = 0;
  const late = await client(macs[3] ?? first, '0604D98', '127.64.3.4');
  for (const each of [busy, idle, waiting, late]) {
    each.phone.commands.length = 0;
    each.phone.hello();
    for (const path of nameTricks.slice(0, 6)) fetch(each.phone, path);
  }
  const [host = '', port = ''] = listen.unistim.split(':');
  const twin = await bootTwin({
    ...{ model: '2004', mac: macs[4] ?? first, timeScale: 0, seed: 1, press: 'FirmW' },
    ...{ s1: `${host}:${port},1,1`, address: '127.64.3.5', onLine: () => undefined },
  });
  assert.deepEqual([twin.state, twin.image], ['stuck', '0604D98']);
  for (const each of [busy, idle, waiting, late])
    assert.deepEqual([each.blocks, each.phone.commands], [[], []]);
});
