import { createSocket } from 'node:dgram';
import type { Socket, SocketOptions } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';

/** One side of a transfer. */
export type Peer = { readonly address: string; readonly port: number };

/** A socket of this process alone, unless `reusePort`. Port 0 picks one. Rejects with the system's error. */
export async function bindUdp(
  address: string,
  port: number,
  options: Pick<SocketOptions, 'reusePort' | 'reuseAddr' | 'recvBufferSize'> = {},
): Promise<Socket> {
  const family = isIPv6(address) ? 6 : 4;
  // dgram looks every address up before it sends to it; all of ours are literal.
  const lookup: SocketOptions['lookup'] = (literal, _options, found) =>
    found(null, literal, family);
  const socket = createSocket({ type: `udp${family}`, lookup, ...options });
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

export async function closeUdp(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.close();
  await closed;
}
