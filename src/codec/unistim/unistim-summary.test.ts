import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { summarizeUnistim } from './unistim-summary.ts';

const read = (hex: string) => summarizeUnistim(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('acknowledgements, keys and displays say nothing of a boot', () => {
  assert.deepEqual(read('00000001 01 02 00000013'), { from: 'phone', texts: [] });
  assert.deepEqual(read('00000001 01 01'), { from: 'server', texts: [] });
  assert.deepEqual(read('00000001 02 01 17041087'), { from: 'server', texts: [] });
});

test('several commands in one packet', () => {
  assert.deepEqual(read('00000003 02 02 00000013 9a0a02 30363034443938 9a0403 02 9e0309'), {
    from: 'phone',
    texts: ['firmware 0604D98', 'phone type i2004', 'suspends the connection'],
    firmware: '0604D98',
  });
  assert.deepEqual(read('00000003 02 01 1e0302 1e0303 1e040c01')?.texts, [
    'told to reset (soft)',
    'told to reset (hard)',
    'told to switch to server 2',
  ]);
});

test('file transfers', () => {
  assert.deepEqual(read('00000003 02 03 80')?.texts, ['file transfer asked for']);
  assert.deepEqual(read('00000003 02 03 00')?.texts, ['file transfer granted']);
  assert.deepEqual(read('00000003 02 03 01')?.texts, ['file transfer denied']);
  assert.deepEqual(read('00000003 02 03 02 0102'), { from: 'server', texts: [] });
});

test('other datagrams, and commands that overrun theirs', () => {
  assert.equal(read('00000003 03 02'), undefined);
  assert.equal(read('0000'), undefined);
  assert.throws(() => read('00000003 02 01 1e0902'), CodecError);
  assert.throws(() => read('00000003 02 01 1e0002'), CodecError);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (tail) => {
      try {
        summarizeUnistim(Buffer.concat([Buffer.from('000000010201', 'hex'), tail]));
      } catch (error) {
        assert(error instanceof CodecError);
      }
    }),
  );
});
