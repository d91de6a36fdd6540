import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { ntpTimestampOf, unixMsOf } from '../../codec/sntp/ntp-timestamp.ts';
import { decodeSntp, encodeSntp } from '../../codec/sntp/sntp-packet.ts';
import { seededRandom } from '../tftp/testing/random.ts';
import { until } from '../tftp/testing/running-server.ts';
import { bindUdp, closeUdp } from '../tftp/udp.ts';
import type { SntpProblem } from './problem.ts';
import type { Answered } from './responder.ts';
import { type SntpServerOptions, startSntpServer } from './server.ts';
import { requestOf, TestClient } from './testing/client.ts';

const at = Date.parse('2026-05-04T12:00:00.250Z');
const synchronised = () => ({ state: 'synchronised', at: at - 60_000 }) as const;

/** A server on loopback for the length of a test, whose clock goes 1 ms with every look at it. */
async function startServer(t: TestContext, options: Partial<SntpServerOptions> = {}) {
  const problems: SntpProblem[] = [];
  const answered: Answered[] = [];
  let ms = at;
  const server = await startSntpServer({
    ...{ host: '127.0.0.1', port: 0, now: () => ms++, hostClock: synchronised },
    ...{ random: seededRandom(1), onProblem: (problem) => void problems.push(problem) },
    onAnswered: (each) => void answered.push(each),
    ...options,
  });
  t.after(() => server.stop());
  const [peer] = server.addresses;
  assert(peer);
  return { server, peer, problems, answered };
}

describe('requests', () => {
  test('a client gets the time, its own timestamp back and word of the clock', async (t) => {
    const { peer, answered, server } = await startServer(t);
    const client = await TestClient.open(t);
    const request = requestOf({ poll: 9 });
    const answer = await client.ask(request, peer);
    assert.deepEqual(answer, {
      ...{ leap: 0, version: 4, mode: 'server', stratum: 3, poll: 9, precision: -20 },
      ...{ rootDelay: 0, rootDispersion: Math.round(0.05 * 65_536) / 65_536 },
      ...{ referenceId: 0x7f000001, reference: ntpTimestampOf(at - 60_000) },
      ...{ originate: request.transmit, receive: ntpTimestampOf(at) },
      ...{ transmit: ntpTimestampOf(at + 1), rest: new Uint8Array() },
    });
    const { port } = client;
    const who = { address: '127.0.0.1', port, localAddress: '127.0.0.1' };
    assert.deepEqual(answered, [{ at: at + 1, ...who, outcome: 'time' }]);
    assert.deepEqual([server.stats().received, server.stats().answered], [1, 1]);
  });

  test('versions 1 to 4 are answered in kind, symmetric active with passive', async (t) => {
    const { peer, server } = await startServer(t);
    const client = await TestClient.open(t);
    const kinds = [1, 2, 3, 4].flatMap((version) => [
      { version, mode: 'client' } as const,
      { version, mode: 'symmetric active' } as const,
    ]);
    const modes = [];
    for (const kind of [...kinds, { version: 1, mode: 'reserved' } as const]) {
      const { version, mode } = await client.ask(requestOf(kind), peer);
      modes.push(`${version} ${mode}`);
    }
    const expected = [1, 2, 3, 4].flatMap((each) => [
      `${each} server`,
      `${each} symmetric passive`,
    ]);
    assert.deepEqual(modes, [...expected, '1 server']);
    assert.equal(server.stats().answered, 9);
  });

  test('what is no request is not answered', async (t) => {
    const { peer, server } = await startServer(t);
    const client = await TestClient.open(t);
    const others = [
      { mode: 'symmetric passive' },
      { mode: 'server' },
      { mode: 'broadcast' },
      { mode: 'control' },
      { mode: 'private' },
      { mode: 'reserved' },
      { version: 0 },
      { version: 5 },
      { version: 7 },
    ] as const;
    for (const other of others) client.send(requestOf(other), peer);
    // ntpdc's request for the list of clients, for which other servers have sent megabytes.
    client.sendBytes(Buffer.from('1700032a00000000', 'hex'), peer);
    client.sendBytes(new Uint8Array(), peer);
    await until(() => server.stats().received === others.length + 2);
    const answer = await client.ask(requestOf(), peer);
    assert.equal(answer.mode, 'server');
    assert.equal(client.datagrams.length, 1);
    const { ignored, malformed, lastMalformed } = server.stats();
    assert.deepEqual([ignored, malformed], [others.length, 2]);
    assert.equal(lastMalformed?.length, 0);
    assert.equal(lastMalformed.reason, 'header at offset 0: expected 48 bytes, found 0');
  });

  test('extension fields, key and digest are neither minded nor answered', async (t) => {
    const { peer } = await startServer(t);
    const client = await TestClient.open(t);
    await client.ask(requestOf({ rest: new Uint8Array(1000).fill(7) }), peer);
    assert.equal(client.datagrams[0]?.length, 48);
  });

  test('the time goes on across the end of the era in 2036', async (t) => {
    const end = Date.parse('2036-02-07T06:28:16Z');
    let ms = end - 2;
    const { peer } = await startServer(t, { now: () => (ms += 1.5) });
    const client = await TestClient.open(t);
    const { receive, transmit } = await client.ask(requestOf({}, end - 5), peer);
    assert.deepEqual([receive.seconds, transmit.seconds], [0xffffffff, 0]);
    assert.equal(unixMsOf(transmit, end) - unixMsOf(receive, end), 1.5);
  });
});

describe('a clock that', () => {
  test('is not synchronised says so, and is not broadcast', async (t) => {
    const { peer, answered, server } = await startServer(t, {
      hostClock: () => ({ state: 'not synchronised', at }),
      broadcasts: { to: ['127.255.255.255'], multicast: false, everyMs: 20 },
    });
    const client = await TestClient.open(t);
    const { leap, stratum, originate } = await client.ask(requestOf(), peer);
    assert.deepEqual([leap, stratum, originate], [3, 0, requestOf().transmit]);
    assert.equal(answered[0]?.outcome, 'unsynchronised');
    assert.equal(server.stats().broadcasts, 0);
  });

  test('becomes synchronised is served from then on', async (t) => {
    let state: 'not synchronised' | 'synchronised' = 'not synchronised';
    const { peer } = await startServer(t, { hostClock: () => ({ state, at }) });
    const client = await TestClient.open(t);
    assert.equal((await client.ask(requestOf(), peer)).leap, 3);
    state = 'synchronised';
    assert.equal((await client.ask(requestOf(), peer)).leap, 0);
  });
});

describe('floods', () => {
  test('over its rate an address gets one kiss-o’-death, and then nothing', async (t) => {
    const limit = { perSecond: 0.001, burst: 3 };
    const { peer, server, problems, answered } = await startServer(t, { limit });
    const client = await TestClient.open(t);
    const request = requestOf({ poll: 3 });
    for (let each = 0; each < 100; each++) client.send(request, peer);
    await until(() => server.stats().received === 100);
    const answers = await client.answers(4);
    assert.deepEqual(
      answers.map(({ stratum, leap, poll }) => [stratum, leap, poll]),
      [...Array.from({ length: 3 }, () => [3, 0, 3]), [0, 3, 6]],
    );
    const kiss = answers[3]!;
    assert.equal(kiss.referenceId, 0x52415445);
    assert.deepEqual(kiss.originate, request.transmit);
    const { answered: count, kissed, limited } = server.stats();
    assert.deepEqual([count, kissed, limited], [3, 1, 96]);
    assert.equal(answered.at(-1)?.outcome, 'rate');
    assert.equal(problems.length, 1);
    assert.match(
      problems[0]!.text,
      /^SNTP: request-flood: 127\.0\.0\.1 asks for more than .*: 2300/,
    );
    const other = await TestClient.open(t, '127.0.0.2');
    assert.equal((await other.ask(request, peer)).stratum, 3);
  });

  test('no answer is longer than its request', async (t) => {
    const { peer, server } = await startServer(t);
    const client = await TestClient.open(t);
    for (let length = 0; length <= 70; length++)
      client.sendBytes(
        encodeSntp(requestOf({ rest: new Uint8Array(22) })).subarray(0, length),
        peer,
      );
    await until(() => server.stats().received === 71);
    await client.answers(23);
    assert(client.datagrams.every(({ length }) => length === 48));
    assert.equal(server.stats().malformed, 48);
  });
});

test('requests to the broadcast address are answered late, from the server’s own', async (t) => {
  const { peer, server } = await startServer(t, { random: () => 0.25 });
  const client = await TestClient.open(t);
  const startedAt = performance.now();
  client.send(requestOf(), { address: '127.255.255.255', port: peer.port });
  const [answer] = await client.answers(1);
  assert(performance.now() - startedAt >= 49);
  assert.equal(answer?.mode, 'server');
  assert(answer.transmit.fraction > answer.receive.fraction);
  assert.equal(server.stats().answered, 1);
});

test('broadcasts at an interval, from the server’s port, the first at once', async (t) => {
  const heard = await bindUdp('127.255.255.255', 0, { reuseAddr: true });
  t.after(() => closeUdp(heard));
  const { port } = heard.address();
  const came: { bytes: Uint8Array; from: string }[] = [];
  heard.on('message', (bytes, { address, port: source }) =>
    came.push({ bytes: Uint8Array.from(bytes), from: `${address}:${source}` }),
  );
  await startServer(t, {
    port,
    broadcasts: { to: ['127.255.255.255'], multicast: false, everyMs: 4000 },
  });
  await until(() => came.length >= 2);
  assert.deepEqual([...new Set(came.map(({ from }) => from))], [`127.0.0.1:${port}`]);
  const packets = came.map(({ bytes }) => decodeSntp(bytes));
  for (const { mode, version, poll, stratum, originate } of packets)
    assert.deepEqual(
      [mode, version, poll, stratum, originate],
      ['broadcast', 4, 2, 3, { seconds: 0, fraction: 0 }],
    );
});

test('an address that is not this machine’s, and a port that is taken', async (t) => {
  const base = { now: Date.now, hostClock: synchronised, random: Math.random };
  const lost = startSntpServer({ ...base, host: '192.0.2.1', port: 0 });
  await assert.rejects(lost, /^Error: cannot serve SNTP at 192\.0\.2\.1:0: /);
  const { peer } = await startServer(t);
  const second = startSntpServer({ ...base, host: '127.0.0.1', port: peer.port });
  await assert.rejects(second, /EADDRINUSE/);
});
