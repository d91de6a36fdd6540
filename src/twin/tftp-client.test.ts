import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodePacket, encodePacket, type TftpPacket } from '../codec/tftp/packet.ts';
import { seededRandom } from './seeded-random.ts';
import { quickRetransmission, slowRetransmission } from './cisco-7900/timing.ts';
import { inbox, type Network } from './network.ts';
import { fileServer, simulatedNetwork, type SimulatedServer } from './simulated-network.ts';
import { type RequestAnswer, type SentRequest, tftpClient } from './tftp-client.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

const server = { address: '10.0.0.2', port: 69 };

function client(
  network: Network,
  clock: VirtualClock,
  retransmission = slowRetransmission,
  limits: { readonly maxBytes?: number; readonly maxBlocks?: number } = {},
) {
  const requests: (SentRequest & { at: number })[] = [];
  const answers: RequestAnswer[] = [];
  const read = tftpClient({
    network,
    clock,
    firstPort: 50_000,
    retransmission,
    maxBytes: 2 ** 26,
    ...limits,
    onRequest: (request) => requests.push({ ...request, at: clock.now() }),
    onAnswer: (answer) => answers.push(answer),
  });
  return { read: (path: string) => read(path, server), requests, answers };
}

function simulated(serve: SimulatedServer, retransmission = slowRetransmission) {
  const clock = virtualClock();
  return { ...client(simulatedNetwork({ clock, server: serve }), clock, retransmission), clock };
}

/** A network with one server, scripted packet by packet; it answers at once. */
function scripted(answer: (packet: TftpPacket) => readonly (TftpPacket & { from?: number })[]) {
  const clock = virtualClock();
  const sent: TftpPacket[] = [];
  const network: Network = {
    bind() {
      const box = inbox();
      return Promise.resolve({
        send(bytes, address) {
          const packet = decodePacket(bytes);
          sent.push(packet);
          for (const { from = 4000, ...reply } of answer(packet))
            box.put({ bytes: encodePacket(reply), address, port: from });
        },
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        each: (take) => box.each(take),
        close: () => box.close(),
      });
    },
  };
  return { ...client(network, clock), sent };
}

test('a file of any length arrives whole; a multiple of 512 ends with an empty block', async () => {
  const lengths = fc.oneof(
    fc.nat(3000),
    fc.nat(5).map((blocks) => blocks * 512),
  );
  await fc.assert(
    fc.asyncProperty(lengths, async (length) => {
      const bytes = Buffer.alloc(length, 'hookflash');
      const { read, answers } = simulated(fileServer({ file: bytes }));
      const result = await read('file');
      assert.ok(result.kind === 'file');
      assert.deepEqual(Buffer.from(result.bytes), bytes);
      assert.deepEqual(
        answers.map(({ outcome, bytes }) => ({ outcome, bytes })),
        [{ outcome: 'sent', bytes: length }],
      );
    }),
  );
});

test('a file arrives whole over a wire that loses packets', async () => {
  const loss = fc.double({ min: 0, max: 0.3, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.nat(4000), loss, async (seed, length, loss) => {
      const clock = virtualClock();
      const random = seededRandom(seed);
      const bytes = Buffer.alloc(length, 'hookflash');
      const network = simulatedNetwork({
        clock,
        server: fileServer({ file: bytes }),
        loss,
        random,
      });
      const result = await client(network, clock).read('file');
      // With such loss, all 15 requests may get lost, but nothing else may come out.
      if (result.kind === 'file') assert.deepEqual(Buffer.from(result.bytes), bytes);
      else assert.equal(result.kind, 'silent');
    }),
  );
});

test('the request is octet without options, as on the wire', async () => {
  const { read, sent } = scripted(() => [{ kind: 'error', code: 1, message: '' }]);
  await read('SEP001B2C3D4E5F.cnf.xml');
  assert.deepEqual(sent, [
    { kind: 'rrq', path: 'SEP001B2C3D4E5F.cnf.xml', mode: 'octet', options: [] },
  ]);
});

test('a silent server: the same request every 4 s, 5 times, from 3 ports', async () => {
  const { read, requests, answers, clock } = simulated(() => ({ kind: 'silent' }));
  assert.deepEqual(await read('file'), { kind: 'silent' });
  const seconds = requests.map(({ at }) => at / 1000);
  assert.deepEqual(seconds, [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56]);
  assert.equal(clock.now(), 60_000);
  const ports = requests.map(({ port, attempt, send }) => [port, attempt, send]);
  assert.deepEqual(ports.slice(3, 7), [
    [50_000, 1, 4],
    [50_000, 1, 5],
    [50_001, 2, 1],
    [50_001, 2, 2],
  ]);
  assert.ok(answers.every(({ outcome }) => outcome === 'silent'));
  assert.equal(answers.length, requests.length);
});

test('the loader repeats after 1 s, then every 4 s, 4 times, from 3 ports', async () => {
  const { read, requests, clock } = simulated(() => ({ kind: 'silent' }), quickRetransmission);
  assert.deepEqual(await read('file'), { kind: 'silent' });
  const seconds = requests.map(({ at }) => at / 1000);
  assert.deepEqual(seconds, [0, 1, 5, 9, 13, 14, 18, 22, 26, 27, 31, 35]);
  assert.equal(clock.now(), 39_000);
});

test('every file has the next port, also files read at the same time', async () => {
  const { read, requests } = simulated(fileServer({ a: '', b: '' }));
  await read('a');
  await Promise.all([read('a'), read('b')]);
  assert.deepEqual(
    requests.map(({ port }) => port),
    [50_000, 50_001, 50_002],
  );
});

test('a port that is taken is passed over', async () => {
  const clock = virtualClock();
  const network = simulatedNetwork({ clock, server: fileServer({ a: '' }) });
  await network.bind(50_000);
  const { read, requests } = client(network, clock);
  assert.equal((await read('a')).kind, 'file');
  assert.deepEqual(
    requests.map(({ port }) => port),
    [50_001],
  );
});

test('an error ends the transfer at once, with its code', async () => {
  const { read, answers, clock } = simulated(() => ({ kind: 'error', code: 2 }));
  assert.deepEqual(await read('file'), { kind: 'error', code: 2, message: 'error 2' });
  assert.ok(clock.now() < 100);
  assert.equal(answers[0]?.outcome, 'error');
});

test('a transfer that stalls is begun again from the next port', async () => {
  const bytes = new Uint8Array(3000);
  const { read, requests } = simulated(({ port }) => {
    return port === 50_000 ? { kind: 'file', bytes, blocks: 2 } : { kind: 'file', bytes };
  });
  assert.equal((await read('file')).kind, 'file');
  assert.deepEqual(
    requests.map(({ port, at }) => [port, Math.round(at / 1000)]),
    [
      [50_000, 0],
      [50_001, 20],
    ],
  );
});

test('a transfer that always stalls is silence', async () => {
  const bytes = new Uint8Array(3000);
  const { read, answers } = simulated(() => ({ kind: 'file', bytes, blocks: 2 }));
  assert.deepEqual(await read('file'), { kind: 'silent' });
  assert.deepEqual(
    answers.map((answer) => [answer.outcome, answer.bytes]),
    [
      ['silent', 1024],
      ['silent', 1024],
      ['silent', 1024],
    ],
  );
});

test('the first answer fixes the server port; others get error 5 and count for nothing', async () => {
  const { read, sent } = scripted((packet) =>
    packet.kind === 'rrq'
      ? [
          { kind: 'data', block: 1, data: Buffer.alloc(512, 'a') },
          { kind: 'data', block: 1, data: Buffer.from('other transfer'), from: 4001 },
          { kind: 'error', code: 1, message: 'other transfer', from: 4002 },
        ]
      : packet.kind === 'ack' && packet.block === 1
        ? [{ kind: 'data', block: 2, data: Buffer.from('end') }]
        : [],
  );
  const result = await read('file');
  assert.ok(result.kind === 'file');
  assert.equal(result.bytes.length, 515);
  assert.deepEqual(
    sent.filter(({ kind }) => kind === 'error').map((packet) => 'code' in packet && packet.code),
    [5, 5],
  );
});

test('a block that comes twice is acknowledged twice and kept once', async () => {
  const block = Buffer.alloc(512, 'x');
  const { read, sent } = scripted((packet) => {
    if (packet.kind === 'rrq')
      return [
        { kind: 'data', block: 1, data: block },
        { kind: 'data', block: 1, data: block },
      ];
    if (sent.filter(({ kind }) => kind === 'ack').length === 2)
      return [{ kind: 'data', block: 2, data: new Uint8Array() }];
    return [];
  });
  const result = await read('file');
  assert.ok(result.kind === 'file');
  assert.equal(result.bytes.length, 512);
  assert.deepEqual(
    sent.map((packet) => (packet.kind === 'ack' ? packet.block : packet.kind)),
    ['rrq', 1, 1, 2],
  );
});

test('packets that are no TFTP, or not for a reader, count for nothing', async () => {
  const clock = virtualClock();
  const network: Network = {
    bind() {
      const box = inbox();
      return Promise.resolve({
        send(_, address) {
          box.put({ bytes: Uint8Array.of(0, 9, 1), address, port: 4000 });
          box.put({ bytes: Uint8Array.of(), address, port: 4000 });
          box.put({ bytes: encodePacket({ kind: 'oack', options: [] }), address, port: 4000 });
          box.put({ bytes: encodePacket({ kind: 'ack', block: 1 }), address, port: 4000 });
          const data = encodePacket({ kind: 'data', block: 1, data: Buffer.from('x') });
          box.put({ bytes: data, address: '10.0.0.3', port: 4000 });
        },
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        each: (take) => box.each(take),
        close: () => box.close(),
      });
    },
  };
  assert.deepEqual(await client(network, clock).read('file'), { kind: 'silent' });
});

test('more than 65535 blocks: the number starts again at 0', async () => {
  const blocks = 65_540;
  let next = 0;
  const block = new Uint8Array(512);
  const { read } = scripted((packet) => {
    if (packet.kind !== 'rrq' && packet.kind !== 'ack') return [];
    next++;
    const data = next <= blocks ? block : new Uint8Array();
    return next > blocks + 1 ? [] : [{ kind: 'data', block: next & 0xffff, data }];
  });
  const result = await read('file');
  assert.ok(result.kind === 'file');
  assert.equal(result.bytes.length, blocks * 512);
});

test('who leaves after a block says no word, and does not come back', async () => {
  const clock = virtualClock();
  const bytes = Buffer.alloc(5000);
  const seen: string[] = [];
  const network = simulatedNetwork({
    clock,
    server({ path }) {
      seen.push(path);
      return { kind: 'file', bytes };
    },
  });
  const { read, answers } = client(network, clock, slowRetransmission, { maxBlocks: 1 });
  assert.deepEqual(await read('file'), { kind: 'silent' });
  assert.deepEqual(seen, ['file']);
  assert.deepEqual(
    answers.map(({ outcome, bytes: came }) => [outcome, came]),
    [['aborted', 512]],
  );
});

test('room is counted to the byte', async () => {
  for (const [length, kind] of [
    [700, 'file'],
    [701, 'error'],
    [1024, 'error'],
  ] as const) {
    const clock = virtualClock();
    const network = simulatedNetwork({ clock, server: fileServer({ a: Buffer.alloc(length) }) });
    const { read } = client(network, clock, slowRetransmission, { maxBytes: 700 });
    assert.equal((await read('a')).kind, kind);
  }
});

test('an abort ends a read that waits', async () => {
  const clock = virtualClock();
  const network = simulatedNetwork({ clock, server: () => ({ kind: 'silent' }) });
  const abort = new AbortController();
  const read = tftpClient({
    network,
    clock,
    firstPort: 50_000,
    retransmission: slowRetransmission,
    maxBytes: 2 ** 26,
    onRequest: () => undefined,
    onAnswer: () => undefined,
    signal: abort.signal,
  });
  clock.after(6_000, () => abort.abort(new Error('enough')));
  await assert.rejects(read('file', server), /enough/);
  assert.equal(clock.now(), 6_000);
});

test('a file without end is refused when there is no more room', async () => {
  let block = 0;
  const { read, sent } = scripted((packet) =>
    packet.kind === 'rrq' || packet.kind === 'ack'
      ? [{ kind: 'data', block: ++block & 0xffff, data: new Uint8Array(512) }]
      : [],
  );
  const result = await read('file');
  assert.ok(result.kind === 'error');
  assert.deepEqual([result.code, sent.at(-1)?.kind], [3, 'error']);
});
