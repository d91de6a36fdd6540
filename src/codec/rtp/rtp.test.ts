import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeRtp, encodeRtp } from './rtp.ts';
import { silence } from './silence.ts';

const packet = {
  ...{ payloadType: 0, marker: true, sequence: 0x1234, timestamp: 0x55667788, ssrc: 0xaabbccdd },
  contributors: [],
};

test('golden bytes of a first packet', () => {
  const bytes = encodeRtp({ ...packet, payload: Uint8Array.of(0xff, 0xff) });
  assert.equal(Buffer.from(bytes).toString('hex'), '8080123455667788aabbccddffff');
  assert.deepEqual(decodeRtp(bytes), { ...packet, payload: Uint8Array.of(0xff, 0xff) });
});

test('contributors, extension and padding', () => {
  const bytes = Buffer.from('b1000001000000020000000300000004abcd00010102030499000002', 'hex');
  assert.deepEqual(decodeRtp(bytes), {
    ...{ payloadType: 0, marker: false, sequence: 1, timestamp: 2, ssrc: 3, contributors: [4] },
    extension: { profile: 0xabcd, data: Uint8Array.of(1, 2, 3, 4) },
    payload: Uint8Array.of(0x99, 0),
  });
});

test('what is cut, of another version or padded beyond its payload is refused', () => {
  for (const hex of [
    '',
    '80000001000000020000',
    '40000001000000020000000300',
    '81000001000000020000000300',
    '90000001000000020000000300010001',
    'a000000100000002000000030102030406',
    'a0000001000000020000000300',
  ])
    assert.throws(() => decodeRtp(Buffer.from(hex, 'hex')), CodecError, hex);
  const none = { ...packet, payload: new Uint8Array() };
  assert.throws(() => encodeRtp({ ...none, payloadType: 128 }), CodecError);
  assert.throws(() => encodeRtp({ ...none, contributors: Array<number>(16).fill(1) }), CodecError);
  const extension = { profile: 1, data: new Uint8Array(3) };
  assert.throws(() => encodeRtp({ ...none, extension }), CodecError);
});

const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyPacket = fc.record(
  {
    payloadType: fc.integer({ min: 0, max: 127 }),
    marker: fc.boolean(),
    sequence: fc.integer({ min: 0, max: 0xffff }),
    ...{ timestamp: u32, ssrc: u32 },
    contributors: fc.array(u32, { maxLength: 15 }),
    payload: fc.uint8Array(),
  },
  { noNullPrototype: true },
);

test('packets written are the packets read', () => {
  fc.assert(fc.property(anyPacket, (any) => assert.deepEqual(decodeRtp(encodeRtp(any)), any)));
});

test('any bytes are a packet or a CodecError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        decodeRtp(bytes);
      } catch (error) {
        assert.ok(error instanceof CodecError);
      }
    }),
  );
});

test('20 ms of silence', () => {
  assert.deepEqual([...new Set(silence('PCMU', 20))], [0xff]);
  assert.equal(silence('PCMA', 20)?.length, 160);
  assert.equal(silence('G729', 20)?.length, 20);
  assert.equal(silence('iLBC', 20), undefined);
});
