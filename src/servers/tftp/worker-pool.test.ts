import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileHandler } from '../file.ts';
import { TestClient, download } from './testing/client.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { startServer, until } from './testing/running-server.ts';

const crashing = new URL('testing/crashing-worker.ts', import.meta.url);
const file = new Uint8Array(2000).fill(7);

/** Asks on until the file comes: while a thread is replaced some requests are lost. */
async function readInTheEnd(peer: { address: string; port: number }): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    await using client = await TestClient.open();
    client.ask('file', peer);
    const reply = await client.nothingFor(200);
    if (reply) return reply.packet.kind === 'data';
  }
  return false;
}

describe('a thread that crashes', () => {
  test('is replaced, reported, and its transfers are closed', async (t) => {
    const files = new MemoryFiles({ file });
    const { server, peer, problems } = await startServer(
      t,
      files,
      { workers: 2 },
      { workerScript: crashing },
    );
    await using client = await TestClient.open();
    client.ask('file', peer);
    assert.equal((await client.next()).packet.kind, 'data');
    // The same port: the same thread, by the way the system spreads clients over sockets.
    client.ask('none', peer);
    const ends = await files.waitForEnds(2);
    assert.deepEqual(
      ends.map(({ outcome }) => outcome),
      ['aborted', 'aborted'],
    );
    await until(() => problems.length >= 2);
    assert.deepEqual(
      problems.map(({ code, text }) => `${code}: ${text}`),
      [
        'worker: a TFTP worker thread crashed: boom',
        'worker: a TFTP worker thread ended with code 1; another one takes its place',
      ],
    );
    const { requests, open, aborted } = server.stats();
    assert.deepEqual([requests, open, aborted], [2, 0, 2]);
    await delay(600);
    for (let count = 0; count < 10; count++) assert(await readInTheEnd(peer));
  });

  test('while the handler answers, has what is opened closed', async (t) => {
    const files = new MemoryFiles({ file });
    const gate = Promise.withResolvers<undefined>();
    const handler: FileHandler = {
      open: async (request) => {
        if (request.path === 'file') await gate.promise;
        return files.open(request);
      },
      closed: (end) => files.closed(end),
    };
    const { peer, problems } = await startServer(
      t,
      handler,
      { workers: 2 },
      { workerScript: crashing },
    );
    await using client = await TestClient.open();
    client.ask('file', peer);
    client.ask('none', peer);
    await until(() => problems.length >= 2);
    gate.resolve(undefined);
    const paths = (await files.waitForEnds(2)).map(({ request }) => request.path);
    assert.deepEqual(paths, ['none', 'file']);
  });
});

test('a thread that cannot start is an error', async (t) => {
  const workerScript = new URL('testing/none.ts', import.meta.url);
  await assert.rejects(
    startServer(t, new MemoryFiles({}), { workers: 2 }, { workerScript }),
    /its worker thread ended/,
  );
});

test('where sockets cannot share a port one thread serves', async (t) => {
  const sharePort = () => Promise.reject(new Error('ENOTSUP'));
  const { peer, problems } = await startServer(
    t,
    new MemoryFiles({ file }),
    { workers: 2 },
    { sharePort },
  );
  const text = 'one thread serves TFTP, not 2: sockets cannot share a port here (ENOTSUP)';
  assert.deepEqual(problems, [{ code: 'single-thread', text }]);
  const read = await download(peer, 'file');
  assert('bytes' in read && read.bytes.length === file.length);
});
