import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { messageTypeOf } from '../src/codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage } from '../src/codec/dhcp/dhcp-message.ts';
import { dhcpOption } from '../src/codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { clientMessage, type ClientWords } from '../src/core/dhcp/testing/messages.ts';
import { formatIPv4 } from '../src/wire/ipv4.ts';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

/** The real program on loopback; the test is a relay agent whose own port is answered (RFC 8357). */

const section = `
dhcp:
  lease: 1h
  networks:
    127.0.0.0/8:
      pools: 127.9.0.10-127.9.0.12
      routers: 127.9.0.1
`;
const mac = '000E84C060A6';
const vendorClass = Buffer.from('Cisco Systems, Inc. IP Phone CP-7960G\0');

async function done(...words: readonly string[]) {
  const finished = await hookflash(...words);
  assert.equal(finished.code, 0, `${words.join(' ')}: ${finished.err}`);
  return finished;
}

async function site(t: TestContext, text = section): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  await done('init', dir);
  await appendFile(join(dir, 'hookflash.yaml'), text);
  return dir;
}

async function serve(t: TestContext, dir: string) {
  const server = startHookflash(t, 'serve', '--dir', dir, '--dhcp', '127.0.0.1:0');
  const events: Readonly<Record<string, unknown>>[] = [];
  server.each((line) => events.push(line));
  const { listen } = await server.line((line) => line.event === 'ready');
  const port = Number((listen as { readonly dhcp: string }).dhcp.split(':')[1]);
  return { server, events, port };
}

async function relay(t: TestContext): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  return socket;
}

/** Sends a message by the relay; the answer, as it comes over the wire. */
async function ask(socket: Socket, port: number, words: ClientWords): Promise<DhcpMessage> {
  const options = { ...words.options, 82: Uint8Array.of(19, 2, 0, 67) };
  const message = clientMessage({ client: mac, giaddr: '127.0.0.1', ...words, options });
  const answer = once(socket, 'message');
  socket.send(serializeDhcp(message), port, '127.0.0.1');
  const [bytes] = (await answer) as [Buffer];
  return parseDhcp(bytes);
}

const words = (message: DhcpMessage) => `${messageTypeOf(message)} ${formatIPv4(message.yiaddr)}`;

describe('serve --dhcp', () => {
  test('a phone gets a lease, which is in the list and outlives a restart', async (t) => {
    const dir = await site(t);
    const first = await serve(t, dir);
    const socket = await relay(t);
    const options = { 12: 'SEP000E84C060A6', 55: '1 150', 60: vendorClass };
    const offer = await ask(socket, first.port, { type: 'discover', options });
    assert.equal(words(offer), 'offer 127.9.0.10');
    assert.deepEqual(dhcpOption(offer, 150), Uint8Array.of(127, 0, 0, 1));
    assert.equal(dhcpOption(offer, 66)?.toString(), Buffer.from('127.0.0.1').join());
    assert.equal(formatIPv4(offer.siaddr), '127.0.0.1');
    const taken = { ...options, 50: '127.9.0.10', 54: '127.0.0.1' };
    assert.equal(
      words(await ask(socket, first.port, { type: 'request', options: taken })),
      'ack 127.9.0.10',
    );
    const told = await first.server.line(
      ({ event, outcome }) => event === 'dhcp' && outcome === 'ack',
    );
    const { at: _, ...rest } = told;
    assert.deepEqual(rest, {
      ...{ event: 'dhcp', mac, asked: 'request', outcome: 'ack' },
      ...{ because: 'took the offer', address: '127.9.0.10' },
    });
    await first.server.end();
    const { out } = await done('dhcp', 'leases', '--json', '--dir', dir);
    const [lease, ...more] = jsonLines(out);
    const { address, state, hostName } = lease as Record<string, unknown>;
    assert.deepEqual(
      [address, state, hostName, more.length],
      ['127.9.0.10', 'bound', 'SEP000E84C060A6', 0],
    );
    assert.match(
      (await done('dhcp', 'leases', '--dir', dir)).out,
      /^127\.9\.0\.10 +00:0E:84:C0:60:A6 +bound /m,
    );
    const second = await serve(t, dir);
    const reboot = { type: 'request', options: { 50: '127.9.0.10' } } as const;
    const thief = await ask(socket, second.port, { ...reboot, client: 9 });
    assert.equal(words(thief), 'nak 0.0.0.0');
    assert.equal(words(await ask(socket, second.port, reboot)), 'ack 127.9.0.10');
    await second.server.end();
  });

  test('rules by model and label of the inventory', async (t) => {
    const rules = `  rules:\n    - model: '7960'\n      label: site=berlin\n      boot_file: berlin.bin\n`;
    const dir = await site(t, section + rules);
    const add = ['phone', 'add', mac, '--model', '7960', '--label', 'site=berlin', '--dir', dir];
    await done(...add);
    const { port } = await serve(t, dir);
    const socket = await relay(t);
    assert.equal((await ask(socket, port, { type: 'discover' })).bootFile, 'berlin.bin');
    assert.equal((await ask(socket, port, { type: 'discover', client: 3 })).bootFile, '');
  });

  test('a phone that took the offer of another server has a finding until it comes back', async (t) => {
    const dir = await site(t);
    await done('phone', 'add', mac, '--model', '7960', '--dir', dir);
    const { port, server } = await serve(t, dir);
    const socket = await relay(t);
    const other = { 50: '127.9.0.99', 54: '127.9.0.254' };
    const message = clientMessage({
      type: 'request',
      client: mac,
      giaddr: '127.0.0.1',
      options: other,
    });
    const found = server.line(({ event }) => event === 'finding');
    socket.send(serializeDhcp(message), port, '127.0.0.1');
    const { finding } = (await found) as { finding?: Record<string, unknown> };
    assert.equal(finding?.code, 'dhcp-other-server');
    const mended = server.line(({ event }) => event === 'mended');
    const own = { 50: '127.9.0.10', 54: '127.0.0.1' };
    assert.equal(
      words(await ask(socket, port, { type: 'request', options: own })),
      'ack 127.9.0.10',
    );
    assert.equal((await mended).code, 'dhcp-other-server');
    await server.end();
  });

  test('an answer of another server to a relay is heard, with where it sends phones', async (t) => {
    const dir = await site(t);
    const { port, server } = await serve(t, dir);
    const socket = await relay(t);
    const options = { 54: '127.9.0.254', 150: '127.9.0.253' };
    const offer = { ...clientMessage({ type: 'offer', options }), op: 'reply' as const };
    const found = server.line(
      ({ event, finding }) =>
        event === 'server-finding' &&
        (finding as { code: string }).code === 'dhcp-other-tftp-server',
    );
    socket.send(serializeDhcp(offer), port, '127.0.0.1');
    const { finding } = (await found) as { finding?: { text: string } };
    assert.match(finding?.text ?? '', /127\.9\.0\.254 sends phones to 127\.9\.0\.253/);
    await server.end();
  });

  test('beside another server a computer gets no answer, a phone does', async (t) => {
    const dir = await site(t, `${section}  mode: phones-only\n`);
    const { port } = await serve(t, dir);
    const socket = await relay(t);
    const computer = clientMessage({ type: 'discover', client: 5, giaddr: '127.0.0.1' });
    socket.send(serializeDhcp(computer), port, '127.0.0.1');
    const options = { 60: vendorClass };
    assert.equal(words(await ask(socket, port, { type: 'discover', options })), 'offer 127.9.0.10');
  });

  test('without a network it says which lines to write', async (t) => {
    const dir = await site(t, '');
    const { code, err } = await hookflash('serve', '--dir', dir, '--dhcp', '127.0.0.1:0');
    assert.equal(code, 1);
    assert.match(err, /write into hookflash\.yaml/);
    const lines = err.slice(err.indexOf('dhcp:\n'));
    assert.match(lines, /^dhcp:\n {2}networks:\n {4}127\.0\.0\.0\/16:\n {6}pools: /);
    await appendFile(join(dir, 'hookflash.yaml'), `\n${lines}\n`);
    const { server } = await serve(t, dir);
    assert.equal(await server.end(), 0);
  });
});
