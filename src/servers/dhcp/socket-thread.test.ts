import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Datagram } from './datagram-ring.ts';
import { DhcpListenError } from './listen-error.ts';
import type { Place } from './place.ts';
import { errorOf, faultOf } from './socket-fault.ts';
import { SocketThread } from './socket-thread.ts';

const place: Place = { address: '127.0.0.1', port: 0, sockets: { kind: 'single' } };

async function open(t: TestContext, where = place) {
  const came: Datagram[] = [];
  const told: string[] = [];
  const first = Promise.withResolvers<undefined>();
  const notSent = Promise.withResolvers<string>();
  const thread = await SocketThread.open(where, {
    onDatagram: (datagram) => {
      came.push(datagram);
      first.resolve(undefined);
    },
    onNotSent: ({ address, port }, reason) => notSent.resolve(`${address}:${port} ${reason}`),
    onError: (reason) => told.push(reason),
    onEnd: () => told.push('end'),
  });
  t.after(() => thread.close());
  return { thread, came, told, first: first.promise, notSent: notSent.promise };
}

async function client(t: TestContext) {
  const socket = createSocket('udp4').bind({ address: '127.0.0.1', port: 0 });
  await once(socket, 'listening');
  t.after(() => socket.close());
  return socket;
}

test('the thread of the sockets hears, with who it was, and sends', async (t) => {
  const [{ thread, came, first }, socket] = [await open(t), await client(t)];
  const { port } = socket.address();
  socket.send('abc', thread.port, '127.0.0.1');
  await first;
  const [{ bytes, address, port: from }] = came as [Datagram];
  assert.deepEqual(
    [Buffer.from(bytes).toString(), formatIPv4(address), from],
    ['abc', '127.0.0.1', port],
  );
  const answered = once(socket, 'message') as Promise<[Buffer]>;
  thread.send(Buffer.from('def'), { address: '127.0.0.1', port });
  assert.equal((await answered)[0].toString(), 'def');
});

test('what the system would not send comes back with the reason', async (t) => {
  const { thread, notSent } = await open(t);
  thread.send(new Uint8Array(65_530), { address: '127.0.0.1', port: 9 });
  assert.match(await notSent, /^127\.0\.0\.1:9 .*EMSGSIZE/);
});

test('a port that is taken is the error of the system, as without a thread', async (t) => {
  const { thread } = await open(t);
  await assert.rejects(open(t, { ...place, port: thread.port }), { code: 'EADDRINUSE' });
});

test('what was to be sent is sent before the end', async (t) => {
  const socket = await client(t);
  const { port } = socket.address();
  const thread = await SocketThread.open(place, {
    ...{ onDatagram: () => undefined, onNotSent: () => undefined },
    ...{ onError: () => undefined, onEnd: () => undefined },
  });
  const got: string[] = [];
  const all = Promise.withResolvers<undefined>();
  socket.on('message', (bytes) => {
    got.push(bytes.toString());
    if (got.length === 100) all.resolve(undefined);
  });
  const numbers = Array.from({ length: 100 }, (_, number) => `${number}`);
  for (const each of numbers) thread.send(Buffer.from(each), { address: '127.0.0.1', port });
  await thread.close();
  await all.promise;
  assert.deepEqual(got, numbers);
});

test('errors are the same on both sides of a thread', () => {
  const refused = errorOf(faultOf(new DhcpListenError('no-socket', 'no UDP socket')));
  assert(refused instanceof DhcpListenError && refused.code === 'no-socket');
  const system = Object.assign(new Error('bind EACCES'), { code: 'EACCES', port: 67 });
  const fault = structuredClone(faultOf(system));
  assert.deepEqual(fault.system, { code: 'EACCES', port: 67 });
  assert.equal((errorOf(fault) as NodeJS.ErrnoException).code, 'EACCES');
});
