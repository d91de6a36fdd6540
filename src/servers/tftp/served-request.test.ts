import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TftpPacket } from '../../codec/tftp/packet.ts';
import type { FileHandler } from '../file.ts';
import { TestClient } from './testing/client.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { ack, bytesOf, notFound, startServer, stored, until } from './testing/running-server.ts';

const { small, large } = stored;

describe('a request while its handler is still answering', () => {
  function slowHandler() {
    const answers: ((found: boolean) => void)[] = [];
    const files = new MemoryFiles(stored);
    const handler: FileHandler = {
      open: (request) =>
        new Promise((resolve) =>
          answers.push((found) => resolve(files.open({ ...request, path: found ? 'small' : '' }))),
        ),
      closed: (end) => files.closed(end),
    };
    return { files, handler, answers };
  }

  test('has its copies ignored and gets one error', async (t) => {
    const { handler, answers } = slowHandler();
    const { server, peer } = await startServer(t, handler);
    await using client = await TestClient.open();
    for (let copy = 0; copy < 5; copy++) client.ask('x', peer);
    await until(() => server.stats().duplicates === 4);
    answers[0]?.(false);
    assert.deepEqual((await client.next()).packet, notFound);
    assert.equal(await client.nothingFor(50), undefined);
    client.ask('x', peer);
    await until(() => answers.length === 2);
  });

  test('yields to one that wants the file in another way', async (t) => {
    const { handler, answers, files } = slowHandler();
    const { peer } = await startServer(t, handler);
    await using client = await TestClient.open();
    client.ask('x', peer);
    client.ask('x', peer, { options: { tsize: 0 } });
    await until(() => answers.length === 2);
    for (const answer of answers) answer(true);
    assert.equal((await client.next()).packet.kind, 'oack');
    assert.equal(await client.nothingFor(50), undefined);
    assert.equal((await files.waitForEnds(1))[0]?.outcome, 'aborted');
  });

  test('is closed though the server has stopped', async (t) => {
    const { handler, answers, files } = slowHandler();
    const { server, peer } = await startServer(t, handler);
    await using client = await TestClient.open();
    client.ask('x', peer);
    await until(() => answers.length === 1);
    await server.stop();
    answers[0]?.(true);
    assert.equal((await files.waitForEnds(1))[0]?.outcome, 'aborted');
    assert.equal(await client.nothingFor(50), undefined);
  });
});

describe('a client', () => {
  test('that asks for two files from one port gets both', async (t) => {
    const { peer } = await startServer(t, new MemoryFiles(stored));
    await using client = await TestClient.open();
    client.ask('small', peer);
    client.ask('large', peer);
    const [one, other] = [await client.next(), await client.next()];
    assert.notEqual(one.from.port, other.from.port);
    const firstBytes = [one, other].map(({ packet }) => packet.kind === 'data' && packet.data[0]);
    assert.deepEqual(firstBytes.sort(), [small[0], large[0]].sort());
  });

  test('that restarted and asks again from the same port gets the file anew', async (t) => {
    const files = new MemoryFiles(stored);
    const { peer } = await startServer(t, files);
    await using client = await TestClient.open();
    client.ask('large', peer);
    const { from } = await client.next();
    client.send(ack(1), from);
    await client.next();
    await delay(1100);
    client.ask('large', peer);
    let reply = await client.next();
    while (reply.from.port === from.port) reply = await client.next();
    assert.deepEqual(reply.packet, { kind: 'data', block: 1, data: large.subarray(0, 512) });
    assert.deepEqual((await files.waitForEnds(1))[0]?.outcome, 'aborted');
  });

  test('that sends an error ends the transfer', async (t) => {
    const files = new MemoryFiles(stored);
    const { server, peer } = await startServer(t, files);
    await using client = await TestClient.open();
    client.ask('large', peer, { options: { blksize: 1024 } });
    const { from } = await client.next();
    client.send({ kind: 'error', code: 8, message: 'no options' }, from);
    const [end] = await files.waitForEnds(1);
    assert.deepEqual([end?.outcome, end?.bytes], ['aborted', 0]);
    await until(() => server.stats().aborted === 1);
  });

  test('is not disturbed by others at its transfer’s port, who get error 5', async (t) => {
    const { server, peer } = await startServer(t, new MemoryFiles(stored));
    await using client = await TestClient.open();
    await using intruder = await TestClient.open();
    client.ask('large', peer);
    const { from } = await client.next();
    intruder.send(ack(1), from);
    const message = 'This port serves another transfer';
    assert.deepEqual((await intruder.next()).packet, { kind: 'error', code: 5, message });
    intruder.send({ kind: 'error', code: 0, message: 'stop' }, from);
    intruder.sendBytes(bytesOf('\0\x05'), from);
    client.sendBytes(bytesOf('?'), from);
    client.ask('small', from);
    await until(() => server.stats().strays === 5);
    client.send(ack(1), from);
    const { packet } = await client.next();
    assert.equal(packet.kind === 'data' && packet.block, 2);
    assert.equal(await intruder.nothingFor(50), undefined, 'an error is not answered');
  });

  test('that falls silent is sent the block again', async (t) => {
    const { peer } = await startServer(t, new MemoryFiles(stored));
    await using client = await TestClient.open();
    client.ask('small', peer);
    const first = await client.next();
    assert.deepEqual(await client.next(), first);
  });
});

describe('what is not a request to read', () => {
  test('is refused, or ignored where an answer could do harm', async (t) => {
    const { server, peer } = await startServer(t, new MemoryFiles(stored));
    await using client = await TestClient.open();
    const request = { path: 'small', mode: 'octet', options: [] };
    const refusals: [TftpPacket, number][] = [
      [{ kind: 'wrq', ...request }, 2],
      [{ kind: 'rrq', ...request, mode: 'mail' }, 4],
    ];
    for (const [packet, code] of refusals) {
      client.send(packet, peer);
      const reply = await client.next();
      assert.equal(reply.packet.kind === 'error' && reply.packet.code, code);
      assert.notEqual(reply.from.port, peer.port);
    }
    client.sendBytes(bytesOf('\0\x01small'), peer);
    const { packet } = await client.next();
    assert.equal(packet.kind === 'error' && packet.code, 4);
    client.send({ kind: 'error', code: 4, message: 'x' }, peer);
    client.send(ack(1), peer);
    client.send({ kind: 'data', block: 1, data: small }, peer);
    client.send({ kind: 'oack', options: [] }, peer);
    client.sendBytes(bytesOf(''), peer);
    await until(() => server.stats().received === 8);
    assert.equal(await client.nothingFor(50), undefined);
    const { refused, malformed, ignored } = server.stats();
    assert.deepEqual([refused, malformed, ignored], [2, 2, 4]);
  });
});
