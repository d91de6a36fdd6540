import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  decodeNortelImage,
  encodeNortelImage,
  isNortelImage,
  versionIdIn,
} from './nortel-2004-image.ts';

const input = {
  version: '0692D93c08',
  size: 200,
  fill: (bytes: Uint8Array) => void bytes.fill(0x5a),
};

test('every field has its place', () => {
  const bytes = encodeNortelImage(input);
  const text = Buffer.from(bytes).toString('latin1');
  assert.equal(text.slice(0, 16), 'HOOKFLASH-2004\r\n');
  assert.equal(bytes[0x10], 3);
  assert.equal(text.slice(0x11, 0x21), '0692D93c08\0\0\0\0\0\0');
  const view = new DataView(bytes.buffer);
  assert.equal(view.getUint32(0x21), 200);
  // CRC-32 of 136 times 5a, by python3 -c 'import zlib; print(hex(zlib.crc32(b"Z" * 136)))'.
  assert.equal(view.getUint32(0x25), 0x172e19ad);
  assert.equal(text.indexOf('Z'), 0x40);
});

test('what is written is what is read', () => {
  const version = fc.constantFrom('0604D98', 'CT12D97', '0692D93', '0692D93c08', '0621C7M');
  fc.assert(
    fc.property(version, fc.integer({ min: 64, max: 3000 }), fc.nat(255), (id, size, filler) => {
      const bytes = encodeNortelImage({
        version: id,
        size,
        fill: (rest) => void rest.fill(filler),
      });
      const { name, size: read } = decodeNortelImage(bytes);
      assert.deepEqual([name.canonical, read, isNortelImage(bytes)], [id, size, true]);
    }),
  );
});

test('a file that is cut short, longer, or changed anywhere is refused', () => {
  const bytes = encodeNortelImage(input);
  for (let length = 0; length < bytes.length; length++)
    assert.throws(() => decodeNortelImage(bytes.subarray(0, length)), CodecError);
  assert.throws(() => decodeNortelImage(Buffer.concat([bytes, Buffer.of(0)])), CodecError);
  for (let at = 0; at < bytes.length; at++) {
    // Behind the fields the header has room to spare.
    if (at >= 0x29 && at < 0x40) continue;
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x20;
    assert.throws(() => decodeNortelImage(changed), CodecError, `byte ${at}`);
  }
});

test('values that do not fit are refused', () => {
  for (const change of [{ version: '2004SIP' }, { version: '' }, { size: 63 }, { size: 100.5 }])
    assert.throws(() => encodeNortelImage({ ...input, ...change }), CodecError);
});

test('any bytes are read or refused', () => {
  const valid = encodeNortelImage(input);
  const edits = fc.array(fc.tuple(fc.nat(199), fc.nat(255)), { maxLength: 6 });
  const mutated = edits.map((changes) => {
    const bytes = Uint8Array.from(valid);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), (bytes) => {
      try {
        decodeNortelImage(bytes);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
      versionIdIn(bytes);
    }),
    { numRuns: 1000 },
  );
});

test('the version id of a SIP load is found in what a file says', () => {
  const file = (text: string) => Buffer.from(`\0\x7f${text}\0rest`, 'latin1');
  assert.equal(versionIdIn(file('0692D93c08'))?.canonical, '0692D93c08');
  assert.equal(versionIdIn(file('SIP 0692D94a01 '))?.canonical, '0692D94a01');
  assert.equal(versionIdIn(file('0692D93c080'))?.canonical, undefined);
  assert.equal(versionIdIn(file('0604D98'))?.canonical, undefined);
  assert.equal(versionIdIn(file(`${' '.repeat(70_000)}0692D93c08`))?.canonical, undefined);
});
