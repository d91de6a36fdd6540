import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { realClock } from './clock.ts';
import { webClient } from './web-client.ts';

const clock = realClock({ scale: 0, floorMs: 300 });
const { get } = webClient('127.0.0.9', clock);
const most = 1_000_000;

async function serve(t: TestContext, listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

test('a file, from the address of the phone, by the name of the file', async (t) => {
  const seen: unknown[] = [];
  const server = await serve(t, ({ method, url, socket }, response) => {
    seen.push([method, url, socket.remoteAddress]);
    response.end('<device/>');
  });
  const result = await get('English US/SEP.cnf.xml', server, most);
  assert.ok(result.kind === 'file');
  assert.equal(Buffer.from(result.bytes).toString(), '<device/>');
  assert.ok(result.port > 0);
  assert.deepEqual(seen, [['GET', '/English%20US/SEP.cnf.xml', '127.0.0.9']]);
});

test('404 is missing, other answers are errors', async (t) => {
  const server = await serve(t, ({ url }, response) => {
    response.writeHead(Number(url?.slice(1))).end('no');
  });
  assert.equal((await get('404', server, most)).kind, 'missing');
  const error = await get('503', server, most);
  assert.ok(error.kind === 'error');
  assert.deepEqual([error.status, error.message], [503, 'Service Unavailable']);
});

test('more than there is room for is an error', async (t) => {
  const server = await serve(t, (_request, response) => response.end(Buffer.alloc(1001)));
  assert.equal((await get('a', server, 1001)).kind, 'file');
  const error = await get('a', server, 1000);
  assert.match(error.kind === 'error' ? error.message : '', /larger than 1000 bytes/);
});

test('where nobody listens it is refused', async () => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  assert.equal((await get('a', { address: '127.0.0.1', port }, most)).kind, 'refused');
});

test('who accepts and says nothing is silent; who leaves in the middle, too', async (t) => {
  const sockets: Socket[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    if (sockets.length === 2)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot a hundred');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const where = { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const before = clock.now();
  assert.equal((await get('a', where, most)).kind, 'silent');
  assert.ok(clock.now() - before >= 9_000, 'it waited in its own time');
  assert.equal((await get('a', where, most)).kind, 'silent');
});

test('a signal ends it', async (t) => {
  const control = new AbortController();
  const server = await serve(t, () => control.abort(new Error('enough')));
  await assert.rejects(get('a', server, most, control.signal), /enough/);
});
