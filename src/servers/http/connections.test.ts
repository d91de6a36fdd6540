import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MemoryFiles } from '../tftp/testing/memory-files.ts';
import { until } from '../tftp/testing/running-server.ts';
import {
  ask,
  close,
  outcomes,
  rawClient,
  received,
  settled,
  startServer,
  stored,
} from './testing/running-server.ts';

describe('connections', () => {
  test('one is kept for the next request', async (t) => {
    const { port, server } = await startServer(t, new MemoryFiles(stored));
    const client = await rawClient(t, port);
    client.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
    const first = await received(client, 'small file');
    assert.match(first, /Connection: keep-alive/);
    client.send(`GET /small HTTP/1.1\r\n${close}`);
    assert.equal((await client.end()).toString().split('small file').length, 3);
    assert.equal(server.stats().connections, 1);
  });

  test('HTTP/1.0 gets one file and the end, or more where it asks for it', async (t) => {
    const { port } = await startServer(t, new MemoryFiles(stored));
    const once = await ask(t, port, 'GET /small HTTP/1.0\r\n\r\n');
    assert.match(once, /Connection: close[^]*small file$/);
    const client = await rawClient(t, port);
    client.send('GET /small HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
    assert.match(await received(client, 'small file'), /Connection: keep-alive/);
  });

  test('requests sent ahead are answered in their order, to a limit', async (t) => {
    const files = new MemoryFiles(stored);
    const { port, server } = await startServer(t, files);
    const client = await rawClient(t, port);
    const request = (path: string) => `GET /${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
    client.send(
      `${request('small')}${request('none')}GET /English%20US/a.xml HTTP/1.1\r\n${close}`,
    );
    const answers = (await client.end()).toString();
    assert.match(answers, /200 OK[^]*small file[^]*404 Not Found[^]*200 OK[^]*<a\/>$/);
    const greedy = await rawClient(t, port);
    greedy.send(request('small').repeat(1000));
    await greedy.end();
    await settled(server);
    assert.ok(files.opened.length < 100);
    assert.equal(files.ends.length, files.opened.length);
    await settled(server);
  });

  test('beyond the limits they are closed without an answer', async (t) => {
    const limits = { connections: 3, connectionsPerAddress: 2 };
    const { port, server } = await startServer(t, new MemoryFiles(stored), { limits });
    const held = [await rawClient(t, port), await rawClient(t, port)];
    const third = await rawClient(t, port);
    assert.equal((await third.end()).length, 0);
    await rawClient(t, port, '127.0.0.2');
    const fifth = await rawClient(t, port, '127.0.0.3');
    assert.equal((await fifth.end()).length, 0);
    assert.equal(server.stats().turnedAway, 2);
    held[0]?.socket.destroy();
    await until(() => server.stats().openConnections === 2);
    assert.match(await ask(t, port, `GET /small HTTP/1.1\r\n${close}`), / 200 /);
  });

  test('who leaves in the middle is told of, once', async (t) => {
    const files = new MemoryFiles(stored);
    const { port, server } = await startServer(t, files);
    const client = await rawClient(t, port);
    client.send('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.bytes(1);
    client.socket.destroy();
    const [end] = await files.waitForEnds(1);
    assert.equal(end?.outcome, 'aborted');
    assert.ok(end.bytes < stored.large.length);
    await settled(server);
    assert.equal(files.ends.length, 1);
  });

  test('40 MB arrive as they are', async (t) => {
    const files = new MemoryFiles(stored);
    const { port } = await startServer(t, files);
    const client = await rawClient(t, port);
    client.send(`GET /large HTTP/1.1\r\n${close}`);
    const answer = await client.end();
    const body = answer.subarray(answer.indexOf('\r\n\r\n') + 4);
    assert.equal(Buffer.compare(body, Buffer.from(stored.large.buffer)), 0);
    const ends = await files.waitForEnds(1);
    assert.deepEqual(outcomes(ends), [['1', 'large', 'sent', stored.large.length]]);
  });
});

describe('time', () => {
  test('a request that does not come is not waited for', async (t) => {
    const times = { headMs: 100, idleMs: 100, stallMs: 100 };
    const { port, server } = await startServer(t, new MemoryFiles(stored), { times });
    const silent = await rawClient(t, port);
    assert.match((await silent.end()).toString(), /^HTTP\/1\.1 408 /);
    const slow = await rawClient(t, port);
    slow.send('GET /small HTTP/1.1\r\nHos');
    assert.match((await slow.end()).toString(), /^HTTP\/1\.1 408 /);
    assert.equal(server.stats().late, 2);
    const idle = await rawClient(t, port);
    idle.send('GET /small HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match((await idle.end()).toString(), /small file$/);
    await until(() => server.stats().openConnections === 0);
  });

  test('a client that takes nothing is timed out', async (t) => {
    const files = new MemoryFiles(stored);
    const { port, server } = await startServer(t, files, { times: { stallMs: 200 } });
    const client = await rawClient(t, port);
    client.socket.pause();
    client.send('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    const [end] = await files.waitForEnds(1);
    assert.equal(end?.outcome, 'timed-out');
    assert.ok(end.bytes < stored.large.length);
    assert.equal((await settled(server)).timedOut, 1);
  });
});
