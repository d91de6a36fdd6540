import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { encodeSntp } from '../src/codec/sntp/sntp-packet.ts';
import { noRateLimit } from '../src/servers/rate-limit.ts';
import { startSntpServer } from '../src/servers/sntp/server.ts';
import { requestOf } from '../src/servers/sntp/testing/client.ts';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { until } from '../src/servers/tftp/testing/running-server.ts';
import { bindUdp, closeUdp } from '../src/servers/tftp/udp.ts';
import { type DatagramFuzz, heapNow } from './datagram-fuzz.ts';

/** Few enough for a socket's buffer. */
const atOnce = 200;
const loopback = '127.0.0.1';

/** Sends random datagrams to a server of its own, which must count, bear and outlive them. */
export async function fuzzSntpServer(
  t: TestContext,
  datagrams: number,
  seed: number,
): Promise<DatagramFuzz> {
  const problems: string[] = [];
  const random = seededRandom(seed);
  const server = await startSntpServer({
    ...{ host: loopback, port: 0, limit: noRateLimit, random },
    now: () => Date.now(),
    hostClock: () => ({ state: 'synchronised', at: 0 }),
    onProblem: ({ text }) => problems.push(text),
  });
  t.after(() => server.stop());
  const [peer] = server.addresses;
  assert(peer);
  const socket = await bindUdp(loopback, 0);
  t.after(() => closeUdp(socket));
  let answers = 0;
  socket.on('message', ({ length }) => {
    answers++;
    assert.equal(length, 48);
  });
  let heapBefore = 0;
  for (let sent = 0; sent < datagrams;) {
    for (let each = 0; each < atOnce; each++, sent++)
      socket.send(randomDatagram(random), peer.port, peer.address);
    await until(() => server.stats().received === sent);
    if (heapBefore === 0 && sent >= datagrams / 10) heapBefore = heapNow();
  }
  const { received, answered, malformed, ignored } = server.stats();
  assert.equal(answered + malformed + ignored, received);
  for (const each of [answered, malformed, ignored]) assert(each > received / 100);
  await until(() => answers === answered);
  socket.send(encodeSntp(requestOf()), peer.port, peer.address);
  await until(() => answers === answered + 1);
  return { received, problems, heapGrowth: heapNow() - heapBefore };
}

/** Any length from 0 to 120, most of them near that of a header; some would be good requests. */
function randomDatagram(random: () => number): Uint8Array {
  const length = random() < 0.2 ? Math.floor(random() * 121) : 40 + Math.floor(random() * 30);
  return randomBytes(length, random);
}
