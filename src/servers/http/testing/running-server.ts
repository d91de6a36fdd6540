import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { FileHandler, TransferEnd } from '../../file.ts';
import { randomBytes, seededRandom } from '../../tftp/testing/random.ts';
import { until } from '../../tftp/testing/running-server.ts';
import type { HttpProblem } from '../problem.ts';
import {
  type HttpFileServer,
  type HttpFileServerOptions,
  type HttpStats,
  startHttpFileServer,
} from '../server.ts';

export const stored = {
  small: new Uint8Array(Buffer.from('small file')),
  empty: new Uint8Array(),
  large: new Uint8Array(new SharedArrayBuffer(40 * 1000 * 1000)),
  'English US/a.xml': new Uint8Array(Buffer.from('<a/>')),
};
stored.large.set(randomBytes(100_000, seededRandom(1)), 20_000_000);

/** Ends a request's head, and the connection after its answer. */
export const close = 'Host: a\r\nConnection: close\r\n\r\n';

export function outcomes(ends: readonly TransferEnd[]) {
  return ends.map(({ request, outcome, bytes, ticket }) => [ticket, request.path, outcome, bytes]);
}

/** What the server has counted when nothing is under way: every request once. */
export async function settled(server: HttpFileServer): Promise<HttpStats> {
  await until(() => server.stats().open === 0);
  const counts = server.stats();
  const kinds = [
    'malformed',
    'barred',
    'refused',
    'limited',
    'missing',
    'sent',
    'partial',
  ] as const;
  const sum = kinds.reduce((total, name) => total + counts[name], 0);
  assert.equal(sum + counts.aborted + counts.timedOut, counts.requests);
  return counts;
}

export type Running = {
  readonly server: HttpFileServer;
  readonly port: number;
  readonly problems: readonly HttpProblem[];
};

/** A server on loopback for the length of a test. */
export async function startServer(
  t: TestContext,
  handler: FileHandler,
  options: Partial<HttpFileServerOptions> = {},
): Promise<Running> {
  const problems: HttpProblem[] = [];
  const onProblem = (problem: HttpProblem) => problems.push(problem);
  const defaults = { host: '127.0.0.1', port: 0, handler, onProblem };
  const server = await startHttpFileServer({ ...defaults, ...options });
  t.after(() => server.stop());
  return { server, port: server.address.port, problems };
}

/** A connection that sends and keeps bytes as they are. */
export type RawClient = {
  readonly socket: Socket;
  send(text: string): void;
  /** All that came so far. */
  received(): Buffer;
  /** Resolves when so many bytes have come. */
  bytes(count: number): Promise<Buffer>;
  /** Resolves with all bytes when the server has closed. */
  end(): Promise<Buffer>;
};

export async function rawClient(
  t: TestContext,
  port: number,
  localAddress = '127.0.0.1',
): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  t.after(() => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');
  const received = () => Buffer.concat(chunks);
  return {
    socket,
    send: (text) => void socket.write(text, 'latin1'),
    received,
    async bytes(count) {
      while (received().length < count) await once(socket, 'data');
      return received();
    },
    async end() {
      await closed;
      return received();
    },
  };
}

/** Sends one request and reads until the server closes. */
export async function ask(t: TestContext, port: number, text: string): Promise<string> {
  const client = await rawClient(t, port);
  client.send(text);
  return (await client.end()).toString('latin1');
}

/** What came once the text is a part of it. */
export async function received(client: RawClient, text: string): Promise<string> {
  while (!client.received().includes(text)) await once(client.socket, 'data');
  return client.received().toString('latin1');
}
