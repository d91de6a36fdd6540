import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { cnuArchive, isCnuArchive } from './cnu-archive.ts';

/** The layout written out anew: magic, count, offset, entries, contents. */
function archiveOf(sizes: readonly number[]): Buffer {
  const directory = 0x248;
  const content = directory + sizes.length * 20 + 16;
  const bytes = Buffer.alloc(content + sizes.reduce((sum, size) => sum + size, 0));
  bytes.write('CNU_File_Archive_3.0');
  bytes.writeUInt32BE(sizes.length, 0x30);
  bytes.writeUInt32BE(content, 0x34);
  for (const [index, size] of sizes.entries())
    bytes.writeUInt32BE(size, directory + index * 20 + 8);
  return bytes;
}

test('an archive is read to the end of its files', () => {
  const bytes = archiveOf([10, 0, 300]);
  assert.ok(isCnuArchive(bytes));
  assert.deepEqual(cnuArchive(bytes), { files: 3, content: 310, size: bytes.length });
});

test('every archive that is cut off is told, with the place', () => {
  const bytes = archiveOf([7, 9]);
  for (let length = 0; length < bytes.length; length++)
    assert.throws(() => cnuArchive(bytes.subarray(0, length)), CodecError, `${length} bytes`);
  assert.throws(() => cnuArchive(bytes.subarray(0, bytes.length - 1)), {
    message: 'content at offset 640: expected 16 bytes, found 15',
  });
});

test('a count beyond all bounds costs nothing', () => {
  const bytes = archiveOf([]);
  bytes.writeUInt32BE(0xffffffff, 0x30);
  assert.throws(() => cnuArchive(bytes), /directory at offset 584: expected 85899345900 bytes/);
});

test('any bytes behind the magic give an archive or a CodecError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => {
      const whole = Buffer.concat([Buffer.from('CNU_File_Archive_3.0'), bytes]);
      try {
        assert.ok(cnuArchive(whole).content <= whole.length);
      } catch (error) {
        assert.ok(error instanceof CodecError);
      }
    }),
  );
});
