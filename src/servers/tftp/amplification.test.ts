import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { encodePacket, type TftpPacket } from '../../codec/tftp/packet.ts';
import { grantTerms } from './terms.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { ack, startServer, until } from './testing/running-server.ts';
import { TestClient } from './testing/client.ts';
import { randomBytes, seededRandom } from './testing/random.ts';
import { acknowledge, expire, isAbandoned, startTransfer, type Step } from './transfer.ts';
import { bindUdp, closeUdp } from './udp.ts';

/** Of IP and UDP, in front of every packet. */
const headers = 28;
const content = randomBytes(200_000, seededRandom(1));
const plain = grantTerms([], content.length);

/** Somebody whose address others write on their requests: what comes to it, and it never answers. */
async function victim(t: { after(end: () => unknown): void }) {
  const socket = await bindUdp('127.0.0.1', 0);
  t.after(() => closeUdp(socket));
  const came = { packets: 0, bytes: 0 };
  const asked = { packets: 0, bytes: 0 };
  socket.on('message', ({ length }) => {
    came.packets++;
    came.bytes += length + headers;
  });
  return {
    came,
    asked,
    send(bytes: Uint8Array, to: { port: number; address: string }) {
      asked.packets++;
      asked.bytes += bytes.length + headers;
      socket.send(bytes, to.port, to.address);
    },
  };
}

const greedy = [
  { name: 'blksize', value: '65464' },
  { name: 'windowsize', value: '65535' },
  { name: 'tsize', value: '0' },
  { name: 'timeout', value: '1' },
];
const rrq = (
  path: string,
  options: readonly { name: string; value: string }[] = [],
): TftpPacket => ({
  ...{ kind: 'rrq', path, mode: 'octet', options },
});

type Row = {
  readonly what: string;
  readonly datagram: Uint8Array;
  /** Packets for one request, and bytes for each byte of it, headers counted. */
  readonly packets: number;
  readonly factor: number;
};

const rows: readonly Row[] = [
  { what: 'the shortest name', datagram: encodePacket(rrq('a')), packets: 3, factor: 43 },
  { what: 'a usual name', datagram: encodePacket(rrq('OS79XX.TXT')), packets: 3, factor: 35 },
  { what: 'large options', datagram: encodePacket(rrq('a', greedy)), packets: 3, factor: 3.2 },
  { what: 'no such file', datagram: encodePacket(rrq('b')), packets: 1, factor: 1.3 },
  {
    what: 'a write',
    datagram: encodePacket({ kind: 'wrq', path: 'a', mode: 'octet', options: [] }),
    packets: 1,
    factor: 1.6,
  },
  {
    what: 'a mode',
    datagram: encodePacket({ kind: 'rrq', path: 'a', mode: 'm', options: [] }),
    packets: 1,
    factor: 1.8,
  },
  { what: 'half a request', datagram: Buffer.from('\0\x01'), packets: 1, factor: 2.1 },
  { what: 'half a write', datagram: Buffer.from('\0\x02a'), packets: 1, factor: 2.1 },
  { what: 'no request', datagram: Buffer.from('\0\x04\0\x01'), packets: 0, factor: 0 },
  { what: 'another program', datagram: Buffer.from('hello'), packets: 0, factor: 0 },
];

describe('forged requests send little to whom they name', { concurrency: true }, () => {
  for (const { what, datagram, packets, factor } of rows)
    test(what, async (t) => {
      const { server, peer } = await startServer(
        t,
        new MemoryFiles({ a: content, 'OS79XX.TXT': content }),
      );
      const { asked, came, send } = await victim(t);
      send(datagram, peer);
      await until(() => server.stats().received === 1 && server.stats().open === 0);
      // What was sent last may still be on its way.
      await until(() => came.packets >= packets);
      assert.equal(came.packets, packets);
      assert(came.bytes <= asked.bytes * factor, `${came.bytes / asked.bytes} of ${factor}`);
      assert(came.bytes >= asked.bytes * factor * 0.85, `${came.bytes / asked.bytes} of ${factor}`);
    });

  test('an address that is known gets all repetitions', async (t) => {
    const isKnown = (address: string) => address === '127.0.0.1';
    const { server, peer } = await startServer(t, new MemoryFiles({ a: content }), { isKnown });
    const { came, send } = await victim(t);
    send(encodePacket(rrq('a', [{ name: 'timeout', value: '1' }])), peer);
    await until(() => server.stats().received === 1 && server.stats().open === 0);
    assert.equal(came.packets, 6);
  });
});

test('the first packet is one, whatever the options are', () => {
  const number = fc.oneof(fc.nat(70_000), fc.constantFrom(8, 512, 1428, 65_464)).map(String);
  const option = fc.record({
    name: fc.constantFrom('blksize', 'windowsize', 'timeout', 'tsize', 'other'),
    value: number,
  });
  fc.assert(
    fc.property(fc.array(option, { maxLength: 6 }), fc.boolean(), (options, isProven) => {
      const { send } = startTransfer(content, grantTerms(options, content.length), 0, isProven);
      assert.equal(send.length, 1);
      const [first] = send;
      assert(first && first.kind !== 'ack');
      const asked = encodePacket(rrq('', options)).length;
      const digits = String(content.length).length;
      assert(encodePacket(first).length <= (first.kind === 'oack' ? asked + digits : 516));
    }),
  );
});

test('with its first ACK the client is believed: the usual number of repetitions', () => {
  let step: Step = startTransfer(content, plain, 0, false);
  step = acknowledge(step.transfer, 1, 100);
  let sends = step.send.length;
  while (!step.transfer.outcome) {
    step = expire(step.transfer, step.transfer.dueAt);
    sends += step.send.length;
  }
  assert.equal(sends, 6);
});

/** A phone asks again from the same port every 4 s, five times. Sends of the server by time. */
function askFiveTimes(isLost: (send: number) => boolean) {
  const asks = [0, 4000, 8000, 12_000, 16_000];
  const sentAt: number[] = [];
  let step: Step | undefined;
  const isDone = () => sentAt.some((_, index) => !isLost(index));
  for (let now = 0; now < 20_000 && !isDone(); now += 100) {
    if (step && now >= step.transfer.dueAt && !step.transfer.outcome) {
      step = expire(step.transfer, now);
      sentAt.push(...step.send.map(() => now));
    }
    if (asks.includes(now) && (!step || isAbandoned(step.transfer, now))) {
      step = startTransfer(content, plain, now, false);
      sentAt.push(...step.send.map(() => now));
    }
  }
  return { sentAt, isDone: isDone() };
}

test('a phone that asks every 4 s gets its file unless nine packets in a row are lost', () => {
  const { sentAt, isDone } = askFiveTimes(() => true);
  assert(!isDone);
  const expected = [0, 1000, 3000, 8000, 9000, 11_000, 16_000, 17_000, 19_000];
  assert.deepEqual(sentAt, expected);
  for (const [arrives] of expected.entries()) {
    const trial = askFiveTimes((send) => send < arrives);
    assert(trial.isDone);
    assert.equal(trial.sentAt.length, arrives + 1);
  }
});

for (const workers of [1, 2])
  test(`over its rate an address is not answered: ${workers} threads`, async (t) => {
    const files = new MemoryFiles({ a: content.subarray(0, 100) });
    const rateLimit = { perSecond: 0.001, burst: 5 };
    const { server, peer, problems } = await startServer(t, files, { workers, rateLimit });
    await using client = await TestClient.open();
    for (let each = 0; each < 20; each++) client.ask(`none ${each}`, peer);
    await until(() => server.stats().received === 20);
    const { limited, requests } = server.stats();
    assert.deepEqual([limited, requests], [15, 5]);
    await until(() => problems.length === 1);
    assert.equal(problems[0]?.code, 'request-flood');
    assert.match(
      problems[0].text,
      /^TFTP: request-flood: 127\.0\.0\.1 asks for more than .*: "none 5"$/,
    );
    // Others are served all the same.
    await using other = await TestClient.open('127.0.0.2');
    other.ask('a', peer);
    const { packet, from } = await other.next();
    assert.equal(packet.kind, 'data');
    other.send(ack(1), from);
    await until(() => server.stats().sent === 1);
  });
