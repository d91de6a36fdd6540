import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { randomDatagram } from '../src/codec/unistim/testing/rudp-fuzz.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { noRateLimit } from '../src/servers/rate-limit.ts';
import { connectPhone } from '../src/servers/unistim/testing/loopback-phone.ts';
import { offerOf } from '../src/servers/unistim/testing/virtual-site.ts';
import { startUnistimServer, type UnistimServer } from '../src/servers/unistim/server.ts';
import { until } from '../src/servers/tftp/testing/running-server.ts';
import { bindUdp, closeUdp } from '../src/servers/tftp/udp.ts';
import type { Mac } from '../src/wire/mac.ts';
import { type DatagramFuzz, heapNow } from './datagram-fuzz.ts';

/** Few enough for a socket's buffer. */
const atOnce = 100;
const loopback = '127.0.0.1';
const image = new Uint8Array(3000).fill(0x42);
const limits = { halfOpen: 200, halfOpenPerAddress: 200, sessions: 400, halfOpenMs: 2000 };

/** Sends random datagrams to both ports of a server of its own, which must count, bear and outlive them. */
export async function fuzzUnistimServer(
  t: TestContext,
  datagrams: number,
  seed: number,
): Promise<DatagramFuzz> {
  const problems: string[] = [];
  const random = seededRandom(seed);
  const server = await startFuzzedServer(problems);
  t.after(() => server.stop());
  const sockets = await Promise.all(Array.from({ length: 8 }, () => bindUdp(loopback, 0)));
  t.after(() => Promise.all(sockets.map(closeUdp)));
  // With an offer for the address, the port for files answers hellos.
  const { phone: offered, stop } = await connectPhone(t, server, { mac: '00112233AABC' as Mac });
  offered.fetch = () => undefined;
  offered.hello();
  await until(() => offered.order !== undefined);
  stop();
  const before = server.stats().received;
  let heapBefore = 0;
  for (let sent = 0; sent < datagrams;) {
    for (let each = 0; each < atOnce; each++, sent++) {
      const [to] = random() < 0.5 ? server.addresses : server.uftpAddresses;
      const socket = sockets[Math.floor(random() * sockets.length)];
      socket?.send(randomDatagram(random), to?.port ?? 0, loopback);
    }
    await until(() => server.stats().received >= before + sent);
    if (heapBefore === 0 && sent >= datagrams / 10) heapBefore = heapNow();
  }
  const { received, hellos, inSession, strangers, refused, malformed } = server.stats();
  assert.equal(hellos + inSession + strangers + refused + malformed, received);
  for (const each of [hellos, inSession, malformed]) assert(each > 0);
  assert(server.stats().sessions <= limits.sessions);
  await upgradeOne(t, server);
  return { received, problems, heapGrowth: heapNow() - heapBefore };
}

function startFuzzedServer(problems: string[]): Promise<UnistimServer> {
  return startUnistimServer({
    ...{ signalling: { host: loopback, port: 0 }, uftp: { host: loopback, port: 0 } },
    ...{ limits, limit: noRateLimit, now: () => Date.now() },
    handler: {
      registered: () => Promise.resolve({ title: 'fuzz', offer: offerOf('CT12D97') }),
      firmwareRequested: () => Promise.resolve(offerOf('CT12D97')),
      pointers: () => Promise.resolve([]),
      event: () => undefined,
      closed: () => undefined,
    },
    files: {
      open: () => Promise.resolve({ kind: 'found', bytes: image, ticket: '' }),
      closed: () => undefined,
    },
    onProblem: ({ code, text }) => {
      if (code !== 'malformed') problems.push(text);
    },
  });
}

/** The server still serves. */
async function upgradeOne(t: TestContext, server: UnistimServer): Promise<void> {
  const { phone, stop } = await connectPhone(t, server, { mac: '00112233AABB' as Mac });
  phone.hello();
  await until(() => phone.fetched !== undefined);
  stop();
  assert.deepEqual(Buffer.from(phone.fetched ?? []), Buffer.from(image));
}
