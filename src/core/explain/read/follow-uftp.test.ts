import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RudpFrame, resetSequence, serializeRudp } from '../../../codec/unistim/rudp-frame.ts';
import type { UftpMessage } from '../../../codec/unistim/uftp.ts';
import { followUftp } from './follow-uftp.ts';
import type { WirePacket } from './wire-packet.ts';

const phone = { source: '192.0.2.7', sourcePort: 49_152 };
const server = { source: '192.0.2.1', sourcePort: 5105 };

function packet(from: 'phone' | 'server', sequence: number, message: UftpMessage): WirePacket {
  const [source, target] = from === 'phone' ? [phone, server] : [server, phone];
  const frame: RudpFrame = { type: 'payload', sequence, payload: { kind: 'uftp', message } };
  const payload = serializeRudp(frame);
  const destination = { destination: target.source, destinationPort: target.sourcePort };
  return { ...source, ...destination, number: 1, at: 0, payload, length: payload.length };
}

const details: UftpMessage = {
  ...{ kind: 'connection-details', blockSize: 512, blockLimit: 4, path: '0604D98.bin' },
};
const block = (length: number): UftpMessage => ({
  kind: 'file-data',
  block: new Uint8Array(length),
});

function happenings(packets: readonly WirePacket[]) {
  const follow = followUftp();
  return packets.flatMap((each) => follow(each)).map(({ happening }) => happening);
}

test('a transfer is a file that is asked for and ends with a short block', () => {
  const { source } = phone;
  const [asked, ended, ...more] = happenings([
    packet('phone', 1, details),
    packet('server', 2, block(512)),
    packet('server', 3, block(512)),
    packet('server', 4, block(10)),
  ]);
  const file = { protocol: 'uftp', path: '0604D98.bin' };
  assert.deepEqual(asked, {
    ...{ kind: 'file-asked', ...file, server: server.source, port: phone.sourcePort },
  });
  assert.deepEqual(ended, { kind: 'file-ended', ...file, end: { kind: 'sent', bytes: 1034 } });
  assert.deepEqual([source, more], ['192.0.2.7', []]);
});

test('blocks that were sent again, or are missing from the capture, change no size', () => {
  const [, ended] = happenings([
    packet('phone', 1, details),
    packet('server', 3, block(512)),
    packet('server', 2, block(512)),
    packet('server', 3, block(512)),
    packet('server', 6, block(0)),
  ]);
  assert.deepEqual(ended?.kind === 'file-ended' && ended.end, { kind: 'sent', bytes: 2048 });
});

test('details that are sent again are of the same transfer, those after a hello of another', () => {
  const whole = [packet('phone', 1, details), packet('server', 2, block(10))];
  assert.equal(happenings([...whole, packet('phone', 1, details)]).length, 2);
  const hello = packet('phone', resetSequence, { kind: 'connection-request' });
  assert.equal(happenings([...whole, hello, ...whole]).length, 4);
});

test('blocks that nobody asked for, and a transfer without its end, tell of no end', () => {
  assert.deepEqual(happenings([packet('server', 2, block(10))]), []);
  assert.equal(
    happenings([packet('phone', 1, details), packet('server', 2, block(512))]).length,
    1,
  );
});
