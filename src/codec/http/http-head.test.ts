import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mayBeHttp, readHttpHead } from './http-head.ts';

const read = (text: string) => readHttpHead(Buffer.from(text));

test('requests and responses', () => {
  assert.deepEqual(read('GET /a%20b.xml?x=1 HTTP/1.1\r\nHost: y\r\n\r\n'), {
    kind: 'request',
    method: 'GET',
    path: '/a b.xml',
    length: 40,
  });
  assert.deepEqual(read('GET http://192.0.2.1:6970/%zz HTTP/1.0\r\n\r\n'), {
    kind: 'request',
    method: 'GET',
    path: '/%zz',
    length: 42,
  });
  assert.deepEqual(read('HTTP/1.1 200 OK\r\nCONTENT-LENGTH : 12\r\n\r\nbody'), {
    kind: 'response',
    status: 200,
    reason: 'OK',
    contentLength: 12,
    length: 40,
  });
});

test('a head that is not whole yet, and what is none', () => {
  assert.equal(read('GET /a HT'), undefined);
  assert.equal(read('HTT'), undefined);
  assert.equal(read('REGISTER sip:x SIP/2.0\r\n\r\n'), 'wrong');
  assert.equal(read('GET /a SIP/2.0\r\n\r\n'), 'wrong');
  assert.equal(readHttpHead(Buffer.alloc(70_000, 'GET /a ')), 'wrong');
});

test('every beginning of a message may be one', () => {
  const message = 'OPTIONS * HTTP/1.1\r\n';
  for (let length = 1; length <= message.length; length++)
    assert.ok(mayBeHttp(Buffer.from(message.slice(0, length))));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void readHttpHead(bytes)));
});
