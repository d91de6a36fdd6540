import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import type { DhcpAnswer, DhcpArrival, DhcpHandler } from './handler.ts';
import { defaultLimits, DhcpListener } from './listener.ts';
import type { DhcpLimits, Send } from './listener.ts';
import type { DhcpProblem } from './problem.ts';
import { clientMessage } from './testing/messages.ts';

const arrival: DhcpArrival = {
  fromAddress: '192.0.2.9',
  fromPort: 68,
  localAddress: '192.0.2.1',
};
const to = { address: '192.0.2.9', port: 68 };

function answerTo(message: DhcpMessage): DhcpAnswer {
  return { message: { ...message, op: 'reply' }, to };
}

function setUp(handler: DhcpHandler, limits: Partial<DhcpLimits> = {}, send?: Send) {
  const sent: Uint8Array[] = [];
  const problems: DhcpProblem[] = [];
  const clock = { now: 1_700_000_000_000 };
  const listener = new DhcpListener({
    handler,
    limits: { ...defaultLimits, ...limits },
    send: send ?? ((bytes) => void sent.push(bytes)),
    now: () => clock.now,
    onProblem: (problem) => problems.push(problem),
  });
  const receive = (message: DhcpMessage) => listener.receive(serializeDhcp(message), arrival);
  return { listener, sent, problems, clock, receive };
}

/** Each datagram is counted as one thing. */
function checkSum({ counts }: DhcpListener): void {
  const { received, malformed, duplicates, limited, dropped, ...handled } = counts;
  const { sent, silent, failed, undecided } = handled;
  assert.equal(
    received,
    malformed + duplicates + limited + dropped + sent + silent + failed + undecided,
  );
}

describe('a datagram', () => {
  test('is answered at once, later or not at all', async () => {
    const { listener, sent, receive } = setUp((message, from) => {
      assert.deepEqual(from, arrival);
      if (message.transactionId === 1) return answerTo(message);
      return message.transactionId === 2 ? Promise.resolve(answerTo(message)) : undefined;
    });
    for (const client of [1, 2, 3]) receive(clientMessage('request', client));
    assert.equal(listener.counts.undecided, 1);
    await Promise.resolve();
    assert.deepEqual(sent.length, 2);
    assert.equal(sent[0]?.[0], 2, 'op is reply');
    const { received, sent: count, silent, undecided } = listener.counts;
    assert.deepEqual([received, count, silent, undecided], [3, 2, 1, 0]);
    checkSum(listener);
  });

  test('that cannot be read is counted and kept as evidence', () => {
    const { listener, problems } = setUp(() => undefined);
    const bytes = serializeDhcp(clientMessage('discover', 1));
    bytes.fill(0, 236, 240);
    listener.receive(bytes, arrival);
    listener.receive(Uint8Array.of(1, 2, 3), arrival);
    const { at, address, port, length, hex, reason } = listener.lastMalformed ?? assert.fail();
    const shown = {
      at: 1_700_000_000_000,
      address: '192.0.2.9',
      port: 68,
      length: 3,
      hex: '010203',
    };
    assert.deepEqual({ at, address, port, length, hex }, shown);
    assert.match(reason, /message at offset 3/);
    assert.deepEqual([listener.counts.malformed, problems], [2, []]);
    checkSum(listener);
  });

  test('that the handler fails at is told, once in a while', async () => {
    const { listener, problems, receive, clock } = setUp(({ transactionId }) => {
      if (transactionId % 2 === 1) throw new Error('the handler is wrong');
      return Promise.reject(new Error('the disk is full'));
    });
    for (let client = 1; client <= 6; client++) receive(clientMessage('request', client));
    await new Promise(setImmediate);
    assert.equal(listener.counts.failed, 6);
    clock.now += 60_000;
    receive(clientMessage('request', 8));
    await new Promise(setImmediate);
    assert.deepEqual(
      problems.map(({ code, text }) => [code, text.replace(/\(0.*?\)/, '')]),
      [
        ['internal', 'datagram of 192.0.2.9 : the handler is wrong'],
        ['handler', 'no answer to 192.0.2.9: the disk is full'],
        [
          'handler',
          'no answer to 192.0.2.9: the disk is full (and 2 like it since the last such message)',
        ],
      ],
    );
    checkSum(listener);
  });

  test('whose answer cannot be written or sent is told', () => {
    const failing: Send = () => {
      throw new Error('network is unreachable');
    };
    const { listener, problems, receive } = setUp(
      (message) =>
        message.transactionId === 1
          ? answerTo(message)
          : answerTo({ ...message, bootFile: 'x'.repeat(200) }),
      {},
      failing,
    );
    receive(clientMessage('discover', 1));
    receive(clientMessage('discover', 2));
    assert.throws(() => listener.send(answerTo(clientMessage('discover', 3))), /unreachable/);
    assert.deepEqual([listener.counts.sent, listener.counts.failed], [0, 2]);
    assert.match(problems[0]?.text ?? '', /answer to 192.0.2.9:68: network is unreachable/);
    checkSum(listener);
  });

  test('whose answer the system would not send is told later', () => {
    const { listener, problems, receive } = setUp(answerTo);
    receive(clientMessage('discover', 1));
    assert.deepEqual([listener.counts.sent, listener.counts.failed], [1, 0]);
    listener.notSent({ address: '192.0.2.9', port: 68 }, 'network is unreachable');
    assert.deepEqual([listener.counts.sent, listener.counts.failed], [0, 1]);
    assert.match(problems[0]?.text ?? '', /answer to 192.0.2.9:68: network is unreachable/);
    listener.notSent({ address: '255.255.255.255', port: 67 }, 'network is unreachable');
    assert.deepEqual([listener.counts.sent, listener.counts.failed], [0, 1], 'was no answer');
    checkSum(listener);
  });

  test('that comes again while the first is decided on is not decided on twice', async () => {
    const decide: (() => void)[] = [];
    const { listener, sent, receive } = setUp(
      (message) => new Promise((resolve) => decide.push(() => resolve(answerTo(message)))),
    );
    receive(clientMessage('request', 1));
    receive(clientMessage('request', 1));
    receive(clientMessage('request', 1, { transactionId: 99 }));
    receive(clientMessage('release', 1));
    assert.deepEqual([decide.length, listener.counts.duplicates], [3, 1]);
    for (const each of decide) each();
    await new Promise(setImmediate);
    receive(clientMessage('request', 1));
    assert.deepEqual([sent.length, decide.length], [3, 4]);
    checkSum(listener);
  });
});

describe('under load', () => {
  const never = () => new Promise<undefined>(() => undefined);

  test('the newest DISCOVERs are dropped first, then the rest', () => {
    const { listener, problems, receive } = setUp(never, { undecided: 10 });
    for (let client = 1; client <= 8; client++) receive(clientMessage('discover', client));
    assert.deepEqual([listener.counts.undecided, listener.counts.dropped], [5, 3]);
    for (let client = 21; client <= 28; client++) receive(clientMessage('request', client));
    assert.deepEqual([listener.counts.undecided, listener.counts.dropped], [10, 6]);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['overload'],
    );
    checkSum(listener);
  });

  test('a client that asks without end is held back, but only when others wait', () => {
    const busy = { perSecond: 100, undecided: 512 };
    const { listener, receive, clock } = setUp(() => undefined, { busy });
    for (let n = 0; n < 60; n++) receive(clientMessage('discover', 1, { transactionId: n }));
    assert.equal(listener.counts.limited, 0, 'the server has nothing else to do');
    for (let client = 2; client < 100; client++) receive(clientMessage('discover', client));
    for (let n = 0; n < 50; n++) receive(clientMessage('discover', 1, { transactionId: n }));
    receive(clientMessage('discover', 200));
    assert.deepEqual([listener.counts.limited, listener.counts.silent], [50, 159]);
    clock.now += 1000;
    receive(clientMessage('discover', 1));
    assert.equal(listener.counts.limited, 50, 'its second is over');
    checkSum(listener);
  });

  test('ten thousand phones that all start at once are all heard', () => {
    const { listener, receive } = setUp(() => undefined);
    for (let client = 0; client < 10_000; client++)
      for (const type of ['discover', 'request'] as const) receive(clientMessage(type, client));
    assert.deepEqual([listener.counts.silent, listener.counts.limited], [20_000, 0]);
  });

  test('invented clients are forgotten again', () => {
    const client = { burst: 2, perSecond: 1, clients: 50 };
    const busy = { perSecond: 0, undecided: 0 };
    const { listener, receive } = setUp(() => undefined, { client, busy });
    for (let n = 0; n < 3; n++) receive(clientMessage('discover', 1));
    assert.equal(listener.counts.limited, 1);
    for (let other = 2; other < 60; other++) receive(clientMessage('discover', other));
    receive(clientMessage('discover', 1));
    assert.equal(listener.counts.limited, 1);
  });
});
