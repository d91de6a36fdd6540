import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { decodePacket, encodePacket } from '../codec/tftp/packet.ts';
import { bootTwin } from './cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from './cisco-7900/flash.ts';
import { seededRandom } from './seeded-random.ts';
import { load, type Files, testMac } from './testing/trial.ts';
import { realClock } from './clock.ts';
import type { TwinEvent } from './report.ts';
import type { Server } from './tftp-client.ts';
import { udpNetwork } from './udp-network.ts';

/** The least that a TFTP server can be: the port that it listens on is its only one. */
async function tinyServer(t: TestContext, files: Files, silent = false): Promise<Server> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  const open = new Map<string, Buffer>();
  socket.on('message', (bytes, { address, port }) => {
    const packet = decodePacket(bytes);
    const client = `${address}:${port}`;
    const send = (reply: Parameters<typeof encodePacket>[0]) =>
      silent ? undefined : socket.send(encodePacket(reply), port, address);
    if (packet.kind === 'rrq') {
      const file = files[packet.path];
      if (file === undefined) return send({ kind: 'error', code: 1, message: 'File not found' });
      open.set(client, Buffer.from(file));
    }
    const file = open.get(client);
    const block = packet.kind === 'rrq' ? 0 : packet.kind === 'ack' ? packet.block : -1;
    if (file === undefined || block < 0 || block * 512 > file.length) return;
    send({ kind: 'data', block: block + 1, data: file.subarray(block * 512, block * 512 + 512) });
  });
  return { address: '127.0.0.1', port: socket.address().port };
}

function boot(address: string, tftp: Server, image: string, onEvent: (event: TwinEvent) => void) {
  const clock = realClock({ scale: 0, floorMs: 50 });
  return bootTwin({
    mac: testMac,
    model: '7940',
    flash: memoryWith(flashWith(image)),
    tftp,
    network: udpNetwork(address, clock),
    clock,
    random: seededRandom(1),
    onEvent,
    until: 'idle',
  });
}

test('a twin boots over real UDP, from an address of its own', async (t) => {
  const tftp = await tinyServer(t, {
    ...load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830'),
    'XMLDefault.cnf.xml': '<Default><loadInformation8>P0S3-8-12-00</loadInformation8></Default>',
    'SIPDefault.cnf': 'image_version: P0S3-8-12-00\nproxy1_address: 10.0.0.5\n',
    [`SIP${testMac}.cnf`]: 'line1_name: 100\nphone_label: Lab\n',
  });
  const events: TwinEvent[] = [];
  const result = await boot('127.0.3.7', tftp, 'P00308000500', (event) => events.push(event));
  assert.deepEqual(result, {
    state: 'idle',
    display: 'Lab',
    protocol: 'SIP',
    image: 'P0S3-8-12-00',
    loader: 'P003-8-12-00',
    boots: 2,
  });
  // With a time scale of 0 the phone's clock goes on all the same.
  const [first, last] = [events[0], events.at(-1)];
  assert.ok(first && last && last.at - first.at > 80_000);
});

test('a silent server is noticed with a time scale of 0 too', async (t) => {
  const tftp = await tinyServer(t, {}, true);
  const sends: number[] = [];
  const result = await boot('127.0.3.8', tftp, 'P003-8-12-00', (event) => {
    if (event.kind === 'request') sends.push(event.at);
  });
  assert.equal(result.display, 'Protocol Application Invalid');
  assert.equal(sends.length, 36);
});

test('a port in use is passed over', async () => {
  const network = udpNetwork('127.0.3.9', realClock({ scale: 0 }));
  const first = await network.bind(50_000);
  await assert.rejects(network.bind(50_000), /EADDRINUSE/);
  first.close();
  const again = await network.bind(50_000);
  again.close();
  again.send(Uint8Array.of(1), '127.0.0.1', 9);
  assert.equal(await again.receive(1000), undefined);
});
