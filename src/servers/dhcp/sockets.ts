import { createSocket } from 'node:dgram';
import type { BindOptions, RemoteInfo, Socket, SocketOptions } from 'node:dgram';
import { once } from 'node:events';
import { DhcpListenError } from './listen-error.ts';
import type { Place } from './place.ts';
import { messageOf } from '../message-of.ts';

/** Two seconds of 2,000 exchanges: what comes while a garbage collection or a slow disk holds us up. */
const receiveBufferBytes = 8 * 1024 * 1024;
const broadcastAddress = '255.255.255.255';

export type SocketEvents = {
  readonly onDatagram: (bytes: Uint8Array, from: RemoteInfo) => void;
  readonly onError: (error: Error) => void;
};

/**
 * Sends and hears DHCP at one place. Node can bind a socket to no device (SO_BINDTODEVICE) and does
 * not tell where a datagram came in (IP_PKTINFO). A limited broadcast leaves by the interface that
 * has the sending socket's address.
 */
export class DhcpSockets {
  readonly #sending: Socket;
  readonly #all: readonly Socket[];

  private constructor(all: readonly [Socket, ...Socket[]]) {
    [this.#sending] = all;
    this.#all = all;
  }

  /** Rejects with the system's error, or DhcpListenError where what was handed over is no UDP socket. */
  static async open(place: Place, events: SocketEvents): Promise<DhcpSockets> {
    const { address, port, sockets } = place;
    if (sockets.kind === 'handed') return new DhcpSockets([await adopt(sockets.fd, events)]);
    const own = await bound({ address, port, exclusive: true }, {}, events);
    if (sockets.kind === 'single') return new DhcpSockets([own]);
    const broadcast = { address: broadcastAddress, port: own.address().port, exclusive: true };
    // Several servers on one machine, each for another interface, all hear broadcasts.
    const hearing = await bound(broadcast, { reuseAddr: true }, events).catch(
      async (error: unknown) => {
        await closed(own);
        throw error;
      },
    );
    return new DhcpSockets([own, hearing]);
  }

  get port(): number {
    return this.#sending.address().port;
  }

  /** `failed` is called where it could not be sent. */
  send(bytes: Uint8Array, port: number, address: string, failed: (error: Error) => void): void {
    this.#sending.send(bytes, port, address, (error) => {
      if (error) failed(error);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map(closed));
  }
}

async function adopt(fd: number, events: SocketEvents): Promise<Socket> {
  try {
    return await bound({ fd, exclusive: true }, {}, events);
  } catch (cause) {
    const text = `the socket that systemd handed over as number ${fd} is no UDP socket that can be used: ${messageOf(cause)}`;
    throw new DhcpListenError('no-socket', text, cause);
  }
}

async function bound(
  where: BindOptions,
  options: Pick<SocketOptions, 'reuseAddr'>,
  { onDatagram, onError }: SocketEvents,
): Promise<Socket> {
  // dgram looks every address up before it sends to it; all of ours are literal.
  const lookup: SocketOptions['lookup'] = (literal, _options, found) => found(null, literal, 4);
  const socket = createSocket({ type: 'udp4', lookup, ...options });
  try {
    const listening = once(socket, 'listening');
    socket.bind(where);
    await listening;
    socket.setBroadcast(true);
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.on('message', onDatagram);
  socket.on('error', onError);
  return socket;
}

async function closed(socket: Socket): Promise<void> {
  const end = once(socket, 'close');
  socket.close();
  await end;
}
