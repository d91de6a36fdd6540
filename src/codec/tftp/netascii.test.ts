import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeNetascii, encodeNetascii } from './netascii.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

test('line feed and carriage return travel as pairs', () => {
  assert.deepEqual(encodeNetascii(bytes('a\nb\rc\r\n')), bytes('a\r\nb\r\0c\r\0\r\n'));
  assert.deepEqual(encodeNetascii(bytes('')), bytes(''));
});

test('a carriage return that starts no pair is kept', () => {
  assert.deepEqual(decodeNetascii(bytes('a\rb\r\r\n\r')), bytes('a\rb\r\n\r'));
});

test('what is encoded is decoded again', () => {
  const content = fc.array(fc.constantFrom(0, 10, 13, 65), { maxLength: 50 });
  fc.assert(
    fc.property(fc.oneof(content, fc.uint8Array()), (values) => {
      const original = Uint8Array.from(values);
      assert.deepEqual(decodeNetascii(encodeNetascii(original)), original);
    }),
  );
});

test('no encoded byte LF or CR stands alone', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (content) => {
      const text = Buffer.from(encodeNetascii(content)).toString('latin1');
      assert.equal(text.replace(/\r\n|\r\0/g, '').search(/[\r\n]/), -1);
    }),
  );
});
