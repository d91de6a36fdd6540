import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MemoryFiles } from '../tftp/testing/memory-files.ts';
import {
  ask,
  close,
  rawClient,
  received,
  settled,
  startServer,
  stored,
} from './testing/running-server.ts';

describe('what cannot be read', () => {
  const requests: readonly (readonly [name: string, text: string, status: number])[] = [
    ['no HTTP', 'HELO example.org\r\n\r\n', 400],
    ['TFTP', '\x00\x01SEP.cnf.xml\x00octet\x00', 400],
    ['no Host', 'GET /small HTTP/1.1\r\n\r\n', 400],
    ['a head without end', `GET /small HTTP/1.1\r\nHost: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a name too long', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${close}`, 431],
    ['two lengths', 'GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length and chunks',
      'GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ];
  for (const [name, text, status] of requests)
    test(`${name} is answered with ${status}, counted, and kept as evidence`, async (t) => {
      const files = new MemoryFiles(stored);
      const { port, server } = await startServer(t, files, { now: () => 7 });
      const client = await rawClient(t, port);
      client.send(text);
      if (name === 'no Host') client.socket.end();
      const answer = (await client.end()).toString();
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(answer, /Content-Length: \d/);
      const { malformed, lastBadRequest, requests: all } = server.stats();
      assert.deepEqual([malformed, all], [1, 1]);
      assert.equal(lastBadRequest?.at, 7);
      assert.equal(lastBadRequest.address, '127.0.0.1');
      assert.ok(lastBadRequest.reason.length > 0);
      assert.ok(lastBadRequest.hex.length > 0);
      assert.equal(files.opened.length, 0);
    });

  test('any bytes leave the server as it was', async (t) => {
    const { port, server } = await startServer(t, new MemoryFiles(stored));
    const lines = fc.constantFrom('GET /small HTTP/1.1', 'Host: a', 'Range: bytes=0-', '', 'GET /');
    const text = fc
      .array(fc.oneof(lines, fc.string({ unit: 'binary' })))
      .map((all) => all.join('\r\n'));
    await fc.assert(
      fc.asyncProperty(text, async (sent) => {
        const client = await rawClient(t, port);
        client.socket.end(sent, 'utf8');
        await client.end();
      }),
    );
    await settled(server);
    assert.match(await ask(t, port, `GET /small HTTP/1.1\r\n${close}`), /small file$/);
  });

  test('behind a good request it ends the connection, not the answer', async (t) => {
    const { port, server } = await startServer(t, new MemoryFiles(stored));
    const client = await rawClient(t, port);
    client.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
    await received(client, 'small file');
    client.send('GARBAGE\r\n\r\n');
    assert.match((await client.end()).toString(), /small fileHTTP\/1\.1 400 /);
    assert.equal(server.stats().malformed, 1);
  });
});
