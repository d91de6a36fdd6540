import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TftpPacket } from '../../../codec/tftp/packet.ts';
import type { FileHandler } from '../../file.ts';
import type { TftpProblem } from '../problem.ts';
import { startTftpServer } from '../server.ts';
import type { Machine, TftpServer, TftpServerOptions } from '../server.ts';
import type { Peer } from '../udp.ts';
import { randomBytes, seededRandom } from './random.ts';

export const stored = {
  small: randomBytes(1300, seededRandom(1)),
  large: randomBytes(200_000, seededRandom(2)),
  empty: new Uint8Array(),
  text: bytesOf('one\ntwo\rthree\r\n'),
};
export const notFound = { kind: 'error', code: 1, message: 'File not found' };

export type Running = { server: TftpServer; peer: Peer; problems: TftpProblem[] };

/** A server on loopback for the length of a test. */
export async function startServer(
  t: TestContext,
  handler: FileHandler,
  options: Partial<TftpServerOptions> = {},
  machine: Partial<Machine> = {},
): Promise<Running> {
  const problems: TftpProblem[] = [];
  const onProblem = (problem: TftpProblem) => problems.push(problem);
  const defaults = { host: '127.0.0.1', port: 0, workers: 1 };
  const server = await startTftpServer({ ...defaults, handler, onProblem, ...options }, machine);
  t.after(() => server.stop());
  const [peer] = server.addresses;
  assert(peer);
  return { server, peer, problems };
}

/** Waits for what the server does after it has sent its last packet. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert(waited < 20_000, 'waited in vain');
    await delay(5);
  }
}

export function ack(block: number): TftpPacket {
  return { kind: 'ack', block };
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}
