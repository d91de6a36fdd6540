import { createSocket } from 'node:dgram';
import type { Socket, SocketOptions } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** One side of a transfer. */
export type Peer = { readonly address: string; readonly port: number };

// dgram looks every address up before it sends; all of ours are literal.
const literal: SocketOptions['lookup'] = (address, _options, callback) =>
  callback(null, address, isIPv6(address) ? 6 : 4);

/** A socket of this process alone, unless `reusePort`. Port 0 picks one. Rejects with the system's error. */
export async function bindUdp(
  address: string,
  port: number,
  options: Pick<SocketOptions, 'reusePort' | 'recvBufferSize'> = {},
): Promise<Socket> {
  const type = isIPv6(address) ? 'udp6' : 'udp4';
  const socket = createSocket({ type, lookup: literal, ...options });
  const bound = once(socket, 'listening');
  socket.bind({ address, port, exclusive: true });
  try {
    await bound;
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/** Resolves when the system has the socket back, which is a turn of the event loop after `close`. */
export async function closeUdp(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  await nextTurn();
}
