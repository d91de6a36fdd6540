import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { parseSip } from './parse-sip.ts';
import { serializeSip } from './serialize-sip.ts';
import { createSipFramer, type SipFrame } from './sip-framer.ts';
import { usual, wire } from './testing/torture.ts';

const limits = { mostBytes: 10_000 };
const bye = wire(['BYE sip:a@b SIP/2.0', ...usual('bye', '2 BYE'), 'l: 0']);
const text = wire(
  ['MESSAGE sip:a@b SIP/2.0', ...usual('m', '1 MESSAGE'), 'c: text/plain', 'l: 8'],
  'ab\r\n\r\ncd',
);
const loneFeeds = Buffer.from(Buffer.from(bye).toString('latin1').replaceAll('\r', ''), 'latin1');
const ping = Buffer.from('\r\n\r\n');

function bodies(frames: readonly SipFrame[]): readonly string[] {
  return frames.map((frame) =>
    frame.kind === 'message' ? Buffer.from(frame.message.body).toString() : frame.kind,
  );
}

test('a stream cut anywhere gives the same messages', () => {
  const stream = Buffer.concat([bye, text, ping, loneFeeds, text]);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
      const framer = createSipFramer(limits);
      const marks = [0, ...cuts.sort((one, other) => one - other), stream.length];
      const frames = marks.flatMap((mark, index) =>
        framer.push(stream.subarray(mark, marks[index + 1])),
      );
      const messages = frames.filter(({ kind }) => kind === 'message');
      assert.deepEqual(bodies(messages), ['', 'ab\r\n\r\ncd', '', 'ab\r\n\r\ncd']);
      assert.equal(framer.waiting, 0);
      const [, second] = messages;
      assert.ok(second?.kind === 'message');
      assert.deepEqual(serializeSip(second.message), serializeSip(parseSip(text)));
    }),
  );
});

test('bytes one by one give the same, and a ping is told from its answer', () => {
  const framer = createSipFramer(limits);
  const frames = [...Buffer.concat([bye, text])].flatMap((byte) => framer.push(Buffer.of(byte)));
  assert.deepEqual(bodies(frames), ['', 'ab\r\n\r\ncd']);
  assert.deepEqual(framer.push(ping), [{ kind: 'keep-alive', isPing: true }]);
  assert.deepEqual(framer.push(Buffer.from('\r\n')), [{ kind: 'keep-alive', isPing: false }]);
});

test('a frame keeps its bytes when the next one comes', () => {
  const framer = createSipFramer(limits);
  const [first] = framer.push(text);
  framer.push(text.map(() => 65));
  assert.deepEqual(bodies(first ? [first] : []), ['ab\r\n\r\ncd']);
});

test('a stream without Content-Length, too long, or endless is an error', () => {
  const push = (bytes: Uint8Array) => createSipFramer({ mostBytes: 500 }).push(bytes);
  const start = 'BYE sip:a@b SIP/2.0';
  assert.throws(() => push(wire([start, ...usual('x', '2 BYE')])), /Content-Length.*found none/);
  assert.throws(() => push(wire([start, 'l: -1'])), /Content-Length/);
  assert.throws(() => push(wire([start, 'l: 501'])), /at most 500 bytes/);
  assert.throws(() => push(Buffer.alloc(501, 'a')), CodecError);
  assert.throws(() => push(Buffer.from('HELO there\r\n\r\n')), /start line/);
});

test('a megabyte in drops takes no quadratic time', () => {
  const framer = createSipFramer({ mostBytes: 2 ** 22 });
  let work = 0;
  const drop = Buffer.alloc(16, 'x');
  for (let sent = 0; sent < 2 ** 20; sent += drop.length) work += framer.push(drop).length;
  assert.equal(work, 0);
  assert.equal(framer.waiting, 2 ** 20);
});
