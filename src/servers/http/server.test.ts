import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileAnswer, FileHandler, TransferEnd } from '../file.ts';
import { MemoryFiles } from '../tftp/testing/memory-files.ts';
import { until } from '../tftp/testing/running-server.ts';
import { startHttpFileServer } from './server.ts';
import {
  ask,
  close,
  outcomes,
  rawClient,
  settled,
  startServer,
  stored,
} from './testing/running-server.ts';

describe('requests', () => {
  test('a file comes whole, with its length and without chunks', async (t) => {
    const files = new MemoryFiles(stored);
    const { port, server } = await startServer(t, files);
    const answer = await ask(t, port, `GET /small HTTP/1.1\r\n${close}`);
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(answer, /\r\nContent-Length: 10\r\n/);
    assert.doesNotMatch(answer, /transfer-encoding/i);
    assert.match(answer, /\r\n\r\nsmall file$/);
    const [end] = await files.waitForEnds(1);
    assert.equal(end?.request.protocol, 'http');
    assert.equal(end.request.address, '127.0.0.1');
    assert.equal(end.request.localAddress, '127.0.0.1');
    assert.ok(end.request.port > 0);
    assert.deepEqual(outcomes(files.ends), [['1', 'small', 'sent', 10]]);
    const { sent, bytes } = await settled(server);
    assert.deepEqual([sent, bytes], [1, 10]);
  });

  test('an empty file is a file', async (t) => {
    const files = new MemoryFiles(stored);
    const { port } = await startServer(t, files);
    const answer = await ask(t, port, `GET /empty HTTP/1.1\r\n${close}`);
    assert.match(answer, /^HTTP\/1\.1 200 [^]*Content-Length: 0\r\n[^]*\r\n\r\n$/);
    assert.deepEqual(outcomes(await files.waitForEnds(1)), [['1', 'empty', 'sent', 0]]);
  });

  test('what is missing is 404, and told', async (t) => {
    const files = new MemoryFiles(stored);
    const { port, server } = await startServer(t, files);
    assert.match(await ask(t, port, `GET /none HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 404 /);
    assert.deepEqual(outcomes(await files.waitForEnds(1)), [['1', 'none', 'missing', 0]]);
    assert.equal((await settled(server)).missing, 1);
  });

  test('HEAD, a part, and what has not changed are no whole file', async (t) => {
    const files = new MemoryFiles(stored);
    const { port } = await startServer(t, files);
    const head = await ask(t, port, `HEAD /small HTTP/1.1\r\n${close}`);
    assert.match(head, /Content-Length: 10\r\n[^]*\r\n\r\n$/);
    const part = await ask(t, port, `GET /small HTTP/1.1\r\nRange: bytes=6-\r\n${close}`);
    assert.match(part, /^HTTP\/1\.1 206 [^]*Content-Range: bytes 6-9\/10\r\n[^]*\r\n\r\nfile$/);
    const tag = /ETag: (".*")/.exec(head)?.[1] ?? '';
    const again = await ask(t, port, `GET /small HTTP/1.1\r\nIf-None-Match: ${tag}\r\n${close}`);
    assert.match(again, /^HTTP\/1\.1 304 [^]*\r\n\r\n$/);
    const beyond = await ask(t, port, `GET /small HTTP/1.1\r\nRange: bytes=10-\r\n${close}`);
    assert.match(beyond, /^HTTP\/1\.1 416 [^]*Content-Range: bytes \*\/10\r\n/);
    assert.deepEqual(outcomes(await files.waitForEnds(4)), [
      ['1', 'small', 'partial', 0],
      ['2', 'small', 'partial', 4],
      ['3', 'small', 'partial', 0],
      ['4', 'small', 'refused', 0],
    ]);
  });

  test('the tag is that of the contents', async (t) => {
    const copy = new Uint8Array(stored.small);
    const { port } = await startServer(t, new MemoryFiles({ ...stored, copy }));
    const tags = [];
    for (const path of ['small', 'copy', 'empty']) {
      const answer = await ask(t, port, `HEAD /${path} HTTP/1.1\r\n${close}`);
      tags.push(/\r\nETag: ("[^"]+")\r\n/.exec(answer)?.[1]);
    }
    assert.ok(tags[0] !== undefined);
    assert.equal(tags[0], tags[1]);
    assert.notEqual(tags[0], tags[2]);
  });

  test('the time is told where the handler knows it', async (t) => {
    const handler: FileHandler = {
      open: () =>
        Promise.resolve({ kind: 'found', bytes: stored.small, ticket: '', modifiedAt: 86_400_999 }),
      closed: () => undefined,
    };
    const { port } = await startServer(t, handler);
    const date = 'Fri, 02 Jan 1970 00:00:00 GMT';
    const answer = await ask(t, port, `GET /a HTTP/1.1\r\n${close}`);
    assert.ok(answer.includes(`\r\nLast-Modified: ${date}\r\n`));
    const since = await ask(t, port, `GET /a HTTP/1.1\r\nIf-Modified-Since: ${date}\r\n${close}`);
    assert.match(since, /^HTTP\/1\.1 304 /);
  });

  test('names are percent-decoded; upwards and elsewhere there is nothing', async (t) => {
    const files = new MemoryFiles({ ...stored, '../secret': stored.small });
    const { port, server } = await startServer(t, files);
    const found = await ask(t, port, `GET /English%20US/a.xml HTTP/1.1\r\n${close}`);
    assert.match(found, /^HTTP\/1\.1 200 [^]*<a\/>$/);
    const targets = [
      ...['/../secret', '/%2e%2e/secret', '/a\\b', '/a%00', `http://127.0.0.1:${port}/small`],
      ...['/', '/%', '//..//secret'],
    ];
    for (const target of targets)
      assert.match(await ask(t, port, `GET ${target} HTTP/1.1\r\n${close}`), /^HTTP\/1\.1 404 /);
    assert.equal(files.opened.length, 1);
    assert.equal((await settled(server)).barred, targets.length);
    const { reason, hex } = server.stats().lastBadRequest ?? {};
    assert.equal(reason, 'the target leads upwards');
    assert.equal(Buffer.from(hex ?? '', 'hex').toString(), 'GET //..//secret');
    await settled(server);
  });

  test('other methods are refused with what is allowed', async (t) => {
    const { port, server } = await startServer(t, new MemoryFiles(stored));
    const requests = [
      'PUT /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello',
      'POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      'PUT /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n',
      `DELETE /small HTTP/1.1\r\n${close}`,
      `OPTIONS * HTTP/1.1\r\n${close}`,
      'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n',
    ];
    for (const request of requests) {
      const answer = await ask(t, port, request);
      assert.match(answer, /^HTTP\/1\.1 405 /, request);
      assert.match(answer, /\r\nAllow: GET, HEAD\r\n/);
    }
    assert.equal((await settled(server)).refused, requests.length);
  });
});

describe('the handler', () => {
  test('that fails is a problem, and the file missing', async (t) => {
    const handler: FileHandler = {
      open: () => Promise.reject(new Error('the disk is gone')),
      closed: () => assert.fail('it opened nothing'),
    };
    const { port, problems } = await startServer(t, handler);
    assert.match(await ask(t, port, `GET /small HTTP/1.1\r\n${close}`), / 404 /);
    assert.match(problems[0]?.text ?? '', /"small" of 127\.0\.0\.1: the disk is gone/);
  });

  test('that fails afterwards is a problem', async (t) => {
    const handler: FileHandler = {
      open: () => Promise.resolve({ kind: 'found', bytes: stored.small, ticket: '' }),
      closed: () => {
        throw new Error('no space left');
      },
    };
    const { port, problems } = await startServer(t, handler);
    assert.match(await ask(t, port, `GET /small HTTP/1.1\r\n${close}`), /small file$/);
    await until(() => problems.length > 0);
    assert.equal(problems[0]?.code, 'handler');
  });

  test('is told of the end although nobody waits for its answer any more', async (t) => {
    const opening = Promise.withResolvers<FileAnswer>();
    const ends: TransferEnd[] = [];
    const opened = Promise.withResolvers<undefined>();
    const handler: FileHandler = {
      open: () => {
        opened.resolve(undefined);
        return opening.promise;
      },
      closed: (end) => void ends.push(end),
    };
    const { port, server } = await startServer(t, handler);
    const client = await rawClient(t, port);
    client.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
    await opened.promise;
    client.socket.destroy();
    await until(() => server.stats().openConnections === 0);
    opening.resolve({ kind: 'found', bytes: stored.small, ticket: 'late' });
    await until(() => ends.length > 0);
    assert.deepEqual(outcomes(ends), [['late', 'small', 'aborted', 0]]);
  });
});

describe('starting and stopping', () => {
  test('stop aborts what is under way and tells of it', async (t) => {
    const files = new MemoryFiles(stored);
    const server = await startHttpFileServer({ host: '127.0.0.1', port: 0, handler: files });
    const client = await rawClient(t, server.address.port);
    client.socket.pause();
    client.send('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    await until(() => files.opened.length === 1);
    await server.stop();
    assert.deepEqual(
      outcomes(files.ends).map(([, , outcome]) => outcome),
      ['aborted'],
    );
    client.socket.resume();
    await client.end();
  });

  test('a port that is taken is told of', async (t) => {
    const { port } = await startServer(t, new MemoryFiles(stored));
    const handler = new MemoryFiles(stored);
    await assert.rejects(startHttpFileServer({ host: '127.0.0.1', port, handler }), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, new RegExp(`cannot serve HTTP at 127\\.0\\.0\\.1:${port}`));
      assert.equal((error.cause as NodeJS.ErrnoException).code, 'EADDRINUSE');
      return true;
    });
  });

  test('a name stands for its IPv4 address', async (t) => {
    const { server } = await startServer(t, new MemoryFiles(stored), { host: 'localhost' });
    assert.equal(server.address.address, '127.0.0.1');
  });
});
