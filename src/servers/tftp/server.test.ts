import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeNetascii } from '../../codec/tftp/netascii.ts';
import { TestClient, download } from './testing/client.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { ack, bytesOf, notFound, startServer, stored, until } from './testing/running-server.ts';

for (const workers of [1, 3])
  describe(`a server with ${workers} threads`, () => {
    test('sends files whole, many at once', async (t) => {
      const files = new MemoryFiles(stored);
      const { server, peer } = await startServer(t, files, { workers });
      const names = ['small', 'large', 'empty', 'text'] as const;
      const wanted = Array.from({ length: 20 }, () => names).flat();
      const read = await Promise.all(wanted.map((name) => download(peer, name)));
      read.forEach((file, index) => {
        assert('bytes' in file && Buffer.compare(file.bytes, stored[wanted[index]!]) === 0);
      });
      await files.waitForEnds(wanted.length);
      await until(() => server.stats().open === 0);
      const { sent, requests, received, bytes } = server.stats();
      const total = wanted.reduce((sum, name) => sum + stored[name].length, 0);
      assert.deepEqual([sent, requests, received, bytes], [80, 80, 80, total]);
    });

    test('tells the handler once of every end, with what it knows', async (t) => {
      const files = new MemoryFiles(stored);
      const { peer } = await startServer(t, files, { workers, now: () => 1234 });
      await download(peer, 'small');
      assert.deepEqual(await download(peer, './none'), notFound);
      const ends = await files.waitForEnds(2);
      const common = { retries: 0, startedAt: 1234, endedAt: 1234 };
      const [sent, missing] = [...ends].sort((a, b) => Number(a.ticket) - Number(b.ticket));
      assert.deepEqual(sent, {
        ...{ ticket: '1', request: files.opened[0], outcome: 'sent', bytes: 1300, ...common },
      });
      assert.deepEqual(missing, {
        ...{ ticket: '2', request: files.opened[1], outcome: 'missing', bytes: 0, ...common },
      });
      const { address, path, protocol, localAddress } = files.opened[1]!;
      assert.deepEqual(
        [protocol, address, localAddress, path],
        ['tftp', '127.0.0.1', '127.0.0.1', './none'],
      );
    });

    test('grants options', async (t) => {
      const { peer } = await startServer(t, new MemoryFiles(stored), { workers });
      const options = { blksize: 1428, windowsize: 8, tsize: 0, timeout: 2 };
      const file = await download(peer, 'large', { options });
      assert('bytes' in file && Buffer.compare(file.bytes, stored.large) === 0);
      const granted = { blksize: '1428', windowsize: '8', tsize: '200000', timeout: '2' };
      assert.deepEqual(file.acknowledged, granted);
    });

    test('converts netascii and tells the converted size', async (t) => {
      const { peer } = await startServer(t, new MemoryFiles(stored), { workers });
      const file = await download(peer, 'text', { mode: 'NETascii', options: { tsize: 0 } });
      const expected = encodeNetascii(stored.text);
      assert('bytes' in file);
      assert.deepEqual(new Uint8Array(file.bytes), expected);
      assert.deepEqual(file.acknowledged, { tsize: `${expected.length}` });
    });

    test('answers a file that its handler fails on as missing, and reports it', async (t) => {
      const closed = t.mock.fn();
      const handler = { open: () => Promise.reject(new Error('disk on fire')), closed };
      const { server, peer, problems } = await startServer(t, handler, { workers });
      assert.deepEqual(await download(peer, 'x'), notFound);
      await until(() => server.stats().missing === 1);
      assert.equal(closed.mock.callCount(), 0, 'what was not opened is not closed');
      assert.deepEqual(problems, [
        { code: 'handler', text: 'the handler failed for "x" of 127.0.0.1: disk on fire' },
      ]);
    });

    test('makes one transfer of copies of a request', async (t) => {
      const files = new MemoryFiles(stored);
      const { server, peer } = await startServer(t, files, { workers });
      await using client = await TestClient.open();
      client.ask('small', peer);
      const first = await client.next();
      client.ask('small', peer);
      await until(() => server.stats().duplicates === 1);
      client.send(ack(1), first.from);
      const second = await client.next();
      assert.deepEqual([second.from, second.packet.kind], [first.from, 'data']);
      assert.equal(files.opened.length, 1);
    });

    test('aborts its transfers when it stops, and leaves nothing behind', async (t) => {
      const files = new MemoryFiles(stored);
      const { server, peer } = await startServer(t, files, { workers });
      await using client = await TestClient.open();
      client.ask('large', peer);
      client.send(ack(1), (await client.next()).from);
      await client.next();
      await server.stop();
      const [end] = await files.waitForEnds(1);
      assert.deepEqual([end?.outcome, end?.bytes], ['aborted', 512]);
      assert.equal(server.stats().open, 0);
      await assert.doesNotReject(
        startServer(t, files, { port: peer.port, workers }),
        'the port is free',
      );
    });

    test('counts bad datagrams and keeps the last', async (t) => {
      const { server, peer } = await startServer(t, new MemoryFiles({}), { workers });
      await using client = await TestClient.open();
      client.sendBytes(bytesOf('\0\x09abc'), peer);
      await until(() => server.stats().lastMalformed !== undefined);
      const { at, ...evidence } = server.stats().lastMalformed!;
      assert(Math.abs(at - Date.now()) < 3600_000);
      assert.deepEqual(evidence, {
        address: '127.0.0.1',
        port: client.port,
        reason: 'opcode at offset 0: expected a number from 1 to 6, found 9',
        length: 5,
        hex: '0009616263',
      });
      const { received, malformed } = server.stats();
      assert.deepEqual([received, malformed], [1, 1]);
    });

    test('keeps its limits in all threads', async (t) => {
      const files = new MemoryFiles(stored);
      const limits = { transfers: 3, transfersPerAddress: 2 };
      const { server, peer } = await startServer(t, files, { workers, limits });
      const clients = await Promise.all(Array.from({ length: 8 }, () => TestClient.open()));
      for (const client of clients) client.ask('small', peer);
      await until(() => server.stats().dropped === 6);
      await using neighbour = await TestClient.open('127.0.0.2');
      neighbour.ask('small', peer);
      await neighbour.next();
      await using late = await TestClient.open('127.0.0.3');
      late.ask('small', peer);
      await until(() => server.stats().dropped === 7);
      assert.equal(files.opened.length, 3);
      for (const client of clients) await client[Symbol.asyncDispose]();
    });
  });

describe('starting', () => {
  for (const workers of [1, 2])
    test(`fails on a port that is taken, with ${workers} threads`, async (t) => {
      const { peer } = await startServer(t, new MemoryFiles({}), { workers: 2 });
      const message = `cannot serve TFTP at 127.0.0.1:${peer.port}: bind EADDRINUSE 127.0.0.1:${peer.port}`;
      await assert.rejects(startServer(t, new MemoryFiles({}), { port: peer.port, workers }), {
        message,
      });
    });

  test('fails at an address that is not this machine’s', async (t) => {
    await assert.rejects(
      startServer(t, new MemoryFiles({}), { host: '192.0.2.200' }),
      /EADDRNOTAVAIL/,
    );
  });

  test('takes a name', async (t) => {
    const { peer } = await startServer(t, new MemoryFiles(stored), { host: 'localhost' });
    assert('bytes' in (await download(peer, 'small')));
  });
});
