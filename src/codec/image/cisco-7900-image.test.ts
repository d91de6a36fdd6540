import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  decodeImageBody,
  encodeImageBody,
  statedSize,
  type ImageBodyInput,
} from './cisco-7900-image.ts';

const input: ImageBodyInput = {
  name: 'P003-8-12-00',
  internalVersion: 'PAS30830',
  kind: 'loader',
  size: 0x200,
  fill: (bytes) => void bytes.fill(0x5a),
};

test('every field lies where real images have it', () => {
  const bytes = encodeImageBody(input);
  const view = new DataView(bytes.buffer);
  for (let offset = 0; offset < 0x20; offset += 4) {
    const word = view.getUint32(offset, true);
    assert.equal(word >>> 24, 0xea);
    // An ARM branch adds its words to its own address and two instructions.
    assert.equal(offset + 8 + 4 * (word & 0xffffff), 0x140);
  }
  assert.equal(Buffer.from(bytes.subarray(0x20, 0x2d)).toString('latin1'), 'P003-8-12-00\0');
  assert.equal(view.getUint32(0x118, true), 3);
  assert.equal(view.getUint32(0x11c, true), 0);
  assert.equal(Buffer.from(bytes.subarray(0x120, 0x128)).toString('latin1'), 'PAS30830');
  assert.equal(view.getUint32(0x130, true), 0x80000001);
  assert.equal(view.getUint32(0x138, true), 0x200 - 0x20);
  assert.equal(bytes.indexOf(0x5a), 0x140);
  assert.equal(bytes.lastIndexOf(0x5a), 0x1ff);
});

test('what is written is what is read', () => {
  const image = fc.record(
    {
      name: fc.stringMatching(/^[\x21-\x7e]{1,40}$/),
      internalVersion: fc.stringMatching(/^[A-Z0-9]{8}$/),
      kind: fc.constantFrom('loader', 'application'),
      size: fc.integer({ min: 0x140, max: 4000 }),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(image, fc.nat(255), (fields, filler) => {
      const bytes = encodeImageBody({ ...fields, fill: (rest) => void rest.fill(filler) });
      assert.deepEqual(decodeImageBody(bytes), fields);
    }),
  );
});

test('a loader says how long it is, an application does not', () => {
  const loader = encodeImageBody(input);
  assert.equal(statedSize(loader), loader.length);
  assert.equal(statedSize(loader.subarray(0, 0x150)), loader.length);
  assert.equal(statedSize(encodeImageBody({ ...input, kind: 'application' })), undefined);
  assert.throws(() => statedSize(loader.subarray(0, 0x130)), CodecError);
});

test('values that do not fit are refused', () => {
  for (const change of [
    { name: '' },
    { name: 'P003 8' },
    { name: 'x'.repeat(248) },
    { internalVersion: 'PAS' },
    { size: 0x13f },
    { size: 1000.5 },
  ])
    assert.throws(() => encodeImageBody({ ...input, ...change }), CodecError);
});

test('any bytes are read or refused', () => {
  const valid = encodeImageBody(input);
  const edits = fc.array(fc.tuple(fc.nat(0x140), fc.nat(255)), { maxLength: 6 });
  const mutated = fc.tuple(edits, fc.nat(0x200)).map(([changes, length]) => {
    const bytes = Uint8Array.from(valid.subarray(0, length));
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), mutated), (bytes) => {
      try {
        assert.equal(decodeImageBody(bytes).size, bytes.length);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
  assert.throws(
    () => decodeImageBody(valid.subarray(0, 0x133)),
    /kind at offset 304: expected 4 bytes, found 3/,
  );
});
