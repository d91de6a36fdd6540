import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mutationsOf, packet } from '../../codec/tftp/testing/arbitraries.ts';
import { encodePacket } from '../../codec/tftp/packet.ts';
import type { TftpPacket } from '../../codec/tftp/packet.ts';
import { readDatagram } from './request.ts';

const read = (value: TftpPacket) => readDatagram(encodePacket(value));
const request = { kind: 'rrq', path: 'a', mode: 'octet', options: [] } as const;

function errorOf(datagram: Uint8Array): unknown {
  const received = readDatagram(datagram);
  return 'error' in received ? received.error : undefined;
}

test('a read request, its mode in any case', () => {
  const expected = { path: 'a', mode: 'netascii', options: [] };
  assert.deepEqual(read({ ...request, mode: 'NetASCII' }), { kind: 'request', request: expected });
});

describe('a path that is', () => {
  const pathOf = (bytes: string) => {
    const received = read({ ...request, path: bytes });
    return received.kind === 'request' ? received.request.path : undefined;
  };
  test('UTF-8', () => assert.equal(pathOf('T\xc3\xb6ne'), 'Töne'));
  test('not UTF-8', () => assert.equal(pathOf('T\xf6ne'), 'Töne'));
});

describe('errors', () => {
  test('a write request is refused with 2', () => {
    const message = 'This server takes no files';
    const expected = { kind: 'error', code: 2, message };
    assert.deepEqual(errorOf(encodePacket({ ...request, kind: 'wrq' })), expected);
  });
  test('a mode that is unknown is refused with 4', () => {
    const message = 'Mode not octet or netascii';
    const expected = { kind: 'error', code: 4, message };
    assert.deepEqual(errorOf(encodePacket({ ...request, mode: 'mail' })), expected);
  });
  test('a request without its end is malformed: 4', () => {
    const short = { kind: 'error', code: 4, message: 'Malformed request: mode at ~' };
    assert.deepEqual(errorOf(Buffer.from('\0\x01ab\0oct')), short);
    const path = 'x'.repeat(200);
    const message =
      'Malformed request: mode at offset 203: expected text that ends with NUL, found no NUL in the bytes left';
    const long = { kind: 'error', code: 4, message };
    assert.deepEqual(errorOf(Buffer.from(`\0\x01${path}\0oct`)), long);
  });
  test('what is no request gets none', () => {
    const others: TftpPacket[] = [
      { kind: 'data', block: 1, data: new Uint8Array(3) },
      { kind: 'ack', block: 1 },
      { kind: 'error', code: 0, message: '' },
      { kind: 'oack', options: [] },
    ];
    for (const other of others) assert.deepEqual(read(other), { kind: 'ignored' });
    for (const bytes of ['', '\0', '\x01', '\0\0', '\0\x05', '\0\x07ab'])
      assert.equal(errorOf(Buffer.from(bytes)), undefined);
  });
  test('an error never answers an error, and is never longer than what it answers to and a bit', () => {
    const datagrams = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      mutationsOf(packet.map(encodePacket)),
    );
    fc.assert(
      fc.property(datagrams, (datagram) => {
        const received = readDatagram(datagram);
        const error = 'error' in received ? received.error : undefined;
        if (!error) return;
        assert(datagram[1] === 1 || datagram[1] === 2);
        assert(encodePacket(error).length <= 5 + Math.min(Math.max(datagram.length, 28), 120));
      }),
    );
  });
});
