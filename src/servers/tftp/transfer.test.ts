import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { TftpPacket } from '../../codec/tftp/packet.ts';
import { grantTerms } from './terms.ts';
import type { TransferTerms } from './terms.ts';
import { simulateTransfer } from './testing/lossy-link.ts';
import { randomBytes, seededRandom } from './testing/random.ts';
import { abort, acknowledge, bytesTaken, expire, isAbandoned, startTransfer } from './transfer.ts';
import type { Step, Transfer } from './transfer.ts';

const content = (length: number) => randomBytes(length, seededRandom(length + 1));
const plain = grantTerms([], 0);
const windowOf = (size: number) => termsOf({ windowsize: size });

function termsOf(options: Record<string, number>): TransferTerms {
  const written = Object.entries(options).map(([name, value]) => ({ name, value: `${value}` }));
  return grantTerms(written, 0);
}

/** `1 2 3` for data, `oack`. */
function blocks(send: readonly TftpPacket[]): string {
  return send.map((packet) => (packet.kind === 'data' ? packet.block : packet.kind)).join(' ');
}

/** Acknowledges blocks in turn, at time 0, and gives what each made the server send. */
function acknowledgeAll(start: Transfer, acks: readonly number[]): [Transfer, string[]] {
  let transfer = start;
  const sent = acks.map((block) => {
    const step = acknowledge(transfer, block, 0);
    transfer = step.transfer;
    return blocks(step.send);
  });
  return [transfer, sent];
}

describe('lock-step', () => {
  test('each ACK brings the next block, the last one ends it', () => {
    const file = content(1100);
    const start = startTransfer(file, plain, 0);
    assert.deepEqual(start.send, [{ kind: 'data', block: 1, data: file.subarray(0, 512) }]);
    const [transfer, sent] = acknowledgeAll(start.transfer, [1, 2, 3]);
    assert.deepEqual(sent, ['2', '3', '']);
    assert.equal(transfer.outcome, 'sent');
    assert.equal(bytesTaken(transfer), 1100);
    assert.equal(transfer.retries, 0);
  });

  test('a file of whole blocks ends with an empty one, and an empty file is one', () => {
    const whole = startTransfer(content(512), plain, 0).transfer;
    const { send } = acknowledge(whole, 1, 0);
    assert.deepEqual(send, [{ kind: 'data', block: 2, data: new Uint8Array() }]);
    const empty = startTransfer(content(0), plain, 0);
    assert.equal(blocks(empty.send), '1');
    assert.equal(acknowledge(empty.transfer, 1, 0).transfer.outcome, 'sent');
  });

  test('repeated, old and wild ACKs send nothing (RFC 1123 section 4.2.3.1)', () => {
    const { transfer } = startTransfer(content(5000), plain, 0);
    const [, sent] = acknowledgeAll(transfer, [0, 0, 1, 1, 0, 1, 3, 65535, 2, 2]);
    assert.deepEqual(sent, ['', '', '2', '', '', '', '', '', '3', '']);
  });

  test('copies of every packet do not multiply (the Sorcerer’s Apprentice)', () => {
    const doubling = { dropped: 0, duplicated: 1, delayed: 0 };
    const end = simulateTransfer(content(50_000), plain, doubling, seededRandom(1));
    assert.equal(end.transfer.outcome, 'sent');
    assert.equal(end.sent, Math.floor(50_000 / 512) + 1);
  });
});

describe('retransmission', () => {
  /** The times at which a silent client is sent something. */
  function sendTimes(terms: TransferTerms): { times: number[]; end: number; outcome: unknown } {
    let step: Step = startTransfer(content(100), terms, 0);
    const times = [0];
    while (!step.transfer.outcome) {
      const { dueAt } = step.transfer;
      assert.equal(expire(step.transfer, dueAt - 1).send.length, 0, 'not before its time');
      step = expire(step.transfer, dueAt);
      if (step.send.length > 0) times.push(dueAt);
    }
    return { times, end: step.transfer.dueAt, outcome: step.transfer.outcome };
  }

  test('waits 1 s, twice as long each time up to 8 s, and gives up after 6 sends', () => {
    const { times, end, outcome } = sendTimes(plain);
    assert.deepEqual(times, [0, 1000, 3000, 7000, 15_000, 23_000]);
    assert.equal(end, 31_000);
    assert.equal(outcome, 'timed-out');
  });

  test('waits as long as the client negotiated', () => {
    const { times } = sendTimes(termsOf({ timeout: 3 }));
    assert.deepEqual(times, [0, 3000, 6000, 9000, 12_000, 15_000]);
  });

  test('starts anew with every block', () => {
    const { transfer } = expire(startTransfer(content(2000), plain, 0).transfer, 1000);
    assert.equal(transfer.dueAt, 3000);
    const next = acknowledge(transfer, 1, 1500).transfer;
    assert.equal(next.dueAt, 2500);
    assert.equal(next.retries, 1);
  });
});

describe('options', () => {
  test('an OACK comes first and is acknowledged as block 0', () => {
    const start = startTransfer(content(2000), termsOf({ blksize: 1000 }), 0);
    assert.deepEqual(start.send, [{ kind: 'oack', options: [{ name: 'blksize', value: '1000' }] }]);
    const [, sent] = acknowledgeAll(start.transfer, [1, 65535, 0, 0, 1]);
    assert.deepEqual(sent, ['', '', '1', '', '2']);
    assert.equal(bytesTaken(start.transfer), 0);
  });

  test('a lost OACK is sent again', () => {
    const { transfer } = startTransfer(content(2000), windowOf(4), 0);
    assert.equal(blocks(expire(transfer, 1000).send), 'oack');
  });
});

describe('windows (RFC 7440 section 4)', () => {
  const opened = () => acknowledge(startTransfer(content(5000), windowOf(4), 0).transfer, 0, 0);

  test('an ACK of the window brings the next one, the last is shorter', () => {
    assert.equal(blocks(opened().send), '1 2 3 4');
    assert.deepEqual(acknowledgeAll(opened().transfer, [4, 8])[1], ['5 6 7 8', '9 10']);
  });

  test('an ACK inside the window resumes after it', () => {
    const [transfer, sent] = acknowledgeAll(opened().transfer, [2]);
    assert.deepEqual(sent, ['3 4 5 6']);
    assert.equal(transfer.retries, 1);
  });

  test('an ACK of the base sends the window again, once', () => {
    const [, sent] = acknowledgeAll(opened().transfer, [0, 0, 0, 4, 4, 4]);
    assert.deepEqual(sent, ['1 2 3 4', '', '', '5 6 7 8', '5 6 7 8', '']);
  });

  test('a timeout sends the window again, and it may be asked for again', () => {
    const { transfer } = acknowledge(opened().transfer, 0, 0);
    const again = expire(transfer, transfer.dueAt);
    assert.equal(blocks(again.send), '1 2 3 4');
    assert.equal(blocks(acknowledge(again.transfer, 0, 0).send), '1 2 3 4');
  });

  test('no window is sent more than 6 times, however it is asked for', () => {
    let step = opened();
    let sends = 1;
    for (let now = 0; !step.transfer.outcome; now += 100) {
      const asked = acknowledge(step.transfer, 0, now);
      step = asked.send.length > 0 ? asked : expire(asked.transfer, now);
      if (step.send.length > 0) sends++;
    }
    assert.equal(sends, 6);
    assert.equal(step.transfer.outcome, 'timed-out');
  });
});

test('block numbers roll over from 65535 to 0', () => {
  const terms = termsOf({ blksize: 8 });
  const start = {
    ...startTransfer(content(8 * 70_000), terms, 0).transfer,
    taken: 65_533,
    sent: 65_534,
  };
  const [transfer, sent] = acknowledgeAll(start, [65_534, 65_535, 0, 0, 1]);
  assert.deepEqual(sent, ['65535', '0', '1', '', '2']);
  assert.equal(bytesTaken(transfer), 65_537 * 8);
});

test('an aborted transfer says so and no more', () => {
  const { transfer } = abort(startTransfer(content(2000), plain, 0).transfer);
  assert.equal(transfer.outcome, 'aborted');
  for (const step of [acknowledge(transfer, 1, 0), expire(transfer, 9999), abort(transfer)])
    assert.deepEqual(step, { transfer, send: [] });
});

describe('a client that asks again has forgotten the transfer', () => {
  const start = startTransfer(content(5000), plain, 0).transfer;
  test('not before it took something', () => assert.equal(isAbandoned(start, 20_000), false));

  test('once it was silent for a retransmission', () => {
    const { transfer } = acknowledge(start, 1, 5000);
    assert.equal(isAbandoned(transfer, 5999), false);
    assert.equal(isAbandoned(transfer, 6000), true);
    assert.equal(isAbandoned(acknowledge(transfer, 1, 5900).transfer, 6000), false);
  });

  test('once it has all', () => {
    const { transfer } = acknowledge(startTransfer(content(5), plain, 0).transfer, 1, 0);
    assert.equal(isAbandoned(transfer, 0), true);
  });

  test('of the negotiated length', () => {
    const oack = startTransfer(content(5000), termsOf({ timeout: 4 }), 0).transfer;
    assert.equal(isAbandoned(oack, 9000), false);
    const { transfer } = acknowledge(oack, 0, 0);
    assert.equal(isAbandoned(transfer, 3999), false);
    assert.equal(isAbandoned(transfer, 4000), true);
  });
});

describe('over a bad link', () => {
  const some = { dropped: 0.05, duplicated: 0.05, delayed: 0.05 };

  test('every transfer ends, and what is counted as sent is whole', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    const faults = fc.record({ dropped: share, duplicated: share, delayed: share });
    const windowsize = fc.integer({ min: 1, max: 16 });
    fc.assert(
      fc.property(fc.nat(5000), windowsize, faults, fc.nat(), (size, window, bad, seed) => {
        const file = content(size);
        const end = simulateTransfer(
          file,
          termsOf({ blksize: 64, windowsize: window }),
          bad,
          seededRandom(seed),
        );
        if (end.transfer.outcome === 'timed-out') return;
        assert.equal(end.transfer.outcome, 'sent');
        assert(end.isComplete && Buffer.compare(end.received, file) === 0);
      }),
      { numRuns: 300 },
    );
  });

  for (const window of [1, 2, 8, 64])
    test(`100 files arrive in windows of ${window}`, () => {
      for (let seed = 1; seed <= 100; seed++) {
        const file = content(seed * 200);
        const terms = termsOf({ blksize: 64, windowsize: window });
        const end = simulateTransfer(file, terms, some, seededRandom(seed));
        assert.equal(end.transfer.outcome, 'sent', `seed ${seed}`);
        assert(Buffer.compare(end.received, file) === 0, `seed ${seed}`);
      }
    });

  for (const window of [1, 16])
    test(`more than 65535 blocks arrive in windows of ${window}`, () => {
      const file = content(8 * 66_000 + 3);
      const few = { dropped: 0.005, duplicated: 0.005, delayed: 0.005 };
      const terms = termsOf({ blksize: 8, windowsize: window });
      const end = simulateTransfer(file, terms, few, seededRandom(7));
      assert.equal(end.transfer.outcome, 'sent');
      assert(Buffer.compare(end.received, file) === 0);
    });
});

describe('to an address that may be forged', () => {
  let step: Step = startTransfer(content(5000), plain, 0, false);
  const times = [0];
  for (let due = 1000; due <= 3000; due = step.transfer.dueAt) {
    step = expire(step.transfer, due);
    if (step.send.length > 0) times.push(due);
  }
  const spent = step.transfer;

  test('three packets and no more, however long the client takes', () => {
    assert.deepEqual(times, [0, 1000, 3000]);
    assert.equal(expire(spent, 10_999).send.length, 0);
    const end = expire(spent, 11_000);
    assert.deepEqual([end.send.length, end.transfer.outcome], [0, 'timed-out']);
  });

  test('a client that is slow to begin goes on, and is sent as much as others from then on', () => {
    const begun = acknowledge(spent, 1, 10_900);
    assert.equal(blocks(begun.send), '2');
    assert.equal(begun.transfer.maxSends, 6);
  });

  test('a client that asks again once all was sent in vain is sent it again', () => {
    assert.equal(isAbandoned(spent, 6999), false);
    assert.equal(isAbandoned(spent, 7000), true);
  });
});
