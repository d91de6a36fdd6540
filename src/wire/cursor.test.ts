import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from './codec-error.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

test('what a Writer writes a Reader reads', () => {
  const bytes = new Writer()
    .u8(1, 'a')
    .u16(0x0203, 'b')
    .u32(0xfffefdfc, 'c')
    .u32LE(0x01020304, 'd')
    .cstring('P0S3', 'e')
    .zeros(2)
    .put(Uint8Array.of(9))
    .bytes();
  assert.equal(Buffer.from(bytes).toString('hex'), '010203fffefdfc040302015030533300000009');
  const reader = new Reader(bytes);
  assert.deepEqual(
    [reader.u8('a'), reader.u16('b'), reader.u32('c'), reader.u32LE('d'), reader.cstring('e')],
    [1, 0x0203, 0xfffefdfc, 0x01020304, 'P0S3'],
  );
  assert.deepEqual([reader.offset, reader.remaining], [16, 3]);
  assert.deepEqual([...reader.rest()], [0, 0, 9]);
});

test('a read past the end names field, offset, what was claimed and what is there', () => {
  const reader = new Reader(Uint8Array.of(1, 2, 3));
  reader.u8('opcode');
  assert.throws(() => reader.u32('block'), {
    name: 'CodecError',
    fault: { field: 'block', offset: 1, claimed: '4 bytes', actual: '2' },
    message: 'block at offset 1: expected 4 bytes, found 2',
  });
  assert.equal(reader.offset, 1);
  assert.throws(() => reader.cstring('name'), CodecError);
  assert.throws(() => reader.seek(4, 'body'), CodecError);
});

test('a value that does not fit its field is refused', () => {
  for (const value of [-1, 256, 1.5, NaN, Infinity])
    assert.throws(() => new Writer().u8(value, 'x'), CodecError);
  assert.throws(() => new Writer().u16(65_536, 'x'), CodecError);
  assert.throws(() => new Writer().u32(2 ** 32, 'x'), CodecError);
  assert.throws(() => new Writer().cstring('a\0b', 'x'), CodecError);
});

test('a Reader over part of a buffer sees that part alone', () => {
  const whole = Uint8Array.of(1, 2, 3, 4);
  const reader = new Reader(whole.subarray(1, 3));
  assert.equal(reader.u16('x'), 0x0203);
  assert.throws(() => reader.u8('x'), CodecError);
});

test('any bytes survive, however long', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (parts) => {
      const writer = new Writer();
      for (const part of parts) writer.put(part);
      assert.deepEqual(Buffer.from(writer.bytes()), Buffer.concat(parts));
      assert.equal(writer.length, Buffer.concat(parts).length);
    }),
  );
});
