import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { bootTwin } from '../src/app/twin.ts';
import type { TwinLine } from '../src/cli/twin-events.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { parseRelayInformation } from '../src/codec/dhcp/relay-information.ts';
import { dhcpOption } from '../src/codec/dhcp/dhcp-message.ts';
import { encodePacket } from '../src/codec/tftp/packet.ts';
import { answerDhcp } from '../src/twin/simulated-dhcp.ts';
import { testDhcpServer, type DhcpServerSetup } from '../src/twin/testing/dhcp-server.ts';
import { parseMac } from '../src/wire/mac.ts';

const mac = parseMac('020000000d01');

async function socketOn(t: TestContext, address: string, port = 0) {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  await once(socket, 'listening');
  t.after(() => new Promise<void>((resolve) => socket.close(() => resolve())));
  return { socket, port: socket.address().port };
}

/** DHCP on loopback: what relay agents sent, and from which port. */
async function dhcpOn(t: TestContext, setup: DhcpServerSetup) {
  const { socket, port } = await socketOn(t, '127.0.0.1');
  const server = testDhcpServer({ server: '127.0.0.1', ...setup });
  const from: { readonly address: string; readonly port: number; readonly ownPort: boolean }[] = [];
  socket.on('message', (bytes, sender) => {
    const information = dhcpOption(parseDhcp(bytes), 82);
    assert.ok(information);
    const { ownSourcePort: ownPort } = parseRelayInformation(information);
    from.push({ address: sender.address, port: sender.port, ownPort });
    // RFC 3046 and RFC 8357: to port 67 of the relay agent unless it wants another.
    const to = ownPort ? sender.port : 67;
    for (const answer of answerDhcp(server.answer, bytes, Date.now()))
      socket.send(answer.bytes, to, sender.address);
  });
  return { port, from, server };
}

/** A TFTP server without files. */
async function tftpOn(t: TestContext) {
  const { socket, port } = await socketOn(t, '127.0.0.1');
  const askers: string[] = [];
  socket.on('message', (_bytes, { address, port: theirs }) => {
    askers.push(address);
    socket.send(encodePacket({ kind: 'error', code: 1, message: '' }), theirs, address);
  });
  return { port, askers };
}

async function boot(dhcpPort: number, tftpPort: number, address?: string) {
  const lines: TwinLine[] = [];
  const end = await bootTwin({
    ...{ model: '7960', mac, image: 'P003-07-5-00', timeScale: 0, seed: 1, tftpPort },
    ...(address !== undefined && { address }),
    dhcp: { address: '127.0.0.1', port: dhcpPort },
    onLine: (line) => void lines.push(line),
  });
  return { end, lines };
}

test('a twin on loopback is its own relay agent and sends from the address that it got', async (t) => {
  const dhcp = await dhcpOn(t, { first: '127.9.1.100', options: { 150: '127.0.0.1' } });
  const tftp = await tftpOn(t);
  const { end, lines } = await boot(dhcp.port, tftp.port, '127.9.0.7');
  assert.equal(end.display, 'No Load Specified');
  const said = lines.flatMap((line) => (line.event === 'dhcp' ? [line.message] : []));
  assert.deepEqual(said, ['discover', 'offer', 'request', 'ack']);
  assert.ok(dhcp.from.every(({ address }) => address === '127.9.0.7'));
  assert.ok(dhcp.from.every(({ port, ownPort }) => ownPort === (port !== 67)));
  assert.deepEqual([...new Set(tftp.askers)], ['127.9.1.100']);
  assert.equal(dhcp.server.heard[0]?.message.giaddr, 0x7f090007);
});

test('where port 67 is taken, RFC 8357 brings the answers', async (t) => {
  const isTaken = await socketOn(t, '127.9.0.8', 67).then(
    () => true,
    // Without the right to that port it is as if it were taken.
    () => false,
  );
  const dhcp = await dhcpOn(t, { first: '127.9.1.110', options: { 66: '127.0.0.1' } });
  const tftp = await tftpOn(t);
  const { lines } = await boot(dhcp.port, tftp.port, '127.9.0.8');
  const ack = lines.find((line) => line.event === 'dhcp' && line.message === 'ack');
  assert.ok(ack?.event === 'dhcp');
  assert.deepEqual([ack.tftp, ack.tftpFrom], ['127.0.0.1', 'option-66']);
  assert.ok(
    dhcp.from.every(({ port, ownPort }) => ownPort && port >= 49_152),
    `taken: ${isTaken}`,
  );
});

test('an address that this machine has not is leased all the same', async (t) => {
  const dhcp = await dhcpOn(t, { first: '192.0.2.100', siaddr: '127.0.0.1' });
  const tftp = await tftpOn(t);
  const { lines } = await boot(dhcp.port, tftp.port, '127.9.0.9');
  assert.ok(lines.some((line) => line.event === 'dhcp' && line.address === '192.0.2.100'));
  assert.deepEqual([...new Set(tftp.askers)], ['127.9.0.9']);
});

test('without an address of its own it answers where the server is reached from', async (t) => {
  const dhcp = await dhcpOn(t, { first: '127.9.1.120', options: { 150: '127.0.0.1' } });
  const tftp = await tftpOn(t);
  const { end } = await boot(dhcp.port, tftp.port);
  assert.equal(end.display, 'No Load Specified');
  assert.equal(dhcp.server.heard[0]?.message.giaddr, 0x7f000001);
});
