import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipFrame } from '../../codec/sip/sip-framer.ts';
import type { CodecError } from '../../wire/codec-error.ts';
import type { Counters } from '../counters.ts';
import type { CounterName } from './counters.ts';
import { TcpConnection, type ConnectionTimes } from './tcp-connection.ts';

export type ConnectionLimits = {
  /** Connections at once that others opened. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
};

export type TcpOptions = {
  readonly address: string;
  readonly port: number;
  readonly limits: ConnectionLimits;
  readonly times: ConnectionTimes;
  readonly counters: Counters<CounterName>;
  onFrame(frame: SipFrame, from: SipPath): void;
  onMalformed(error: CodecError, bytes: Uint8Array, from: SipPath): void;
  /** The connection is gone. */
  onClosed(path: SipPath): void;
  onError(error: unknown): void;
};

/** The TCP side of one address: connections of phones, and those opened to reach one. */
export class TcpConnections {
  readonly #options: TcpOptions;
  readonly #server: Server;
  readonly #open = new Map<string, TcpConnection>();
  readonly #perAddress = new Map<string, number>();

  private constructor(options: TcpOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#admit(socket));
  }

  /** Rejects with the system's error. */
  static async listen(options: TcpOptions): Promise<TcpConnections> {
    const made = new TcpConnections(options);
    const listening = once(made.#server, 'listening');
    made.#server.listen({ host: options.address, port: options.port, exclusive: true });
    await listening;
    made.#server.on('error', (error) => options.onError(error));
    return made;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** By the connection that there is, else by a new one. */
  send(bytes: Uint8Array, path: SipPath): void {
    const known = this.#open.get(keyOf(path)) ?? this.#connect(path);
    known.send(bytes);
  }

  /** Sends what waits, then closes the connection. */
  end(path: SipPath): void {
    this.#open.get(keyOf(path))?.end();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const connection of this.#open.values()) connection.destroy();
    await closed;
  }

  #connect(path: SipPath): TcpConnection {
    const { address: host, port } = path;
    const socket = connect({ host, port, localAddress: this.#options.address });
    return this.#keep(socket, path);
  }

  #admit(socket: Socket): void {
    const { counters, limits } = this.#options;
    const { remoteAddress: address = '', remotePort: port = 0 } = socket;
    counters.add('connections');
    const held = this.#perAddress.get(address) ?? 0;
    const isFull = counters.counts.openConnections >= limits.connections;
    if (isFull || held >= limits.connectionsPerAddress || address === '') {
      socket.on('error', () => undefined);
      counters.add('turnedAway');
      socket.destroy();
      return;
    }
    counters.add('openConnections');
    this.#perAddress.set(address, held + 1);
    socket.once('close', () => {
      counters.add('openConnections', -1);
      const left = (this.#perAddress.get(address) ?? 1) - 1;
      if (left > 0) this.#perAddress.set(address, left);
      else this.#perAddress.delete(address);
    });
    this.#keep(socket, { address, port, transport: 'TCP' });
  }

  #keep(socket: Socket, path: SipPath): TcpConnection {
    const { times, counters, onFrame, onMalformed, onClosed } = this.#options;
    const connection = new TcpConnection(socket, times, {
      onFrame: (frame) => onFrame(frame, path),
      onMalformed: (error, bytes) => onMalformed(error, bytes, path),
      onIdle: () => counters.add('idle'),
    });
    const key = keyOf(path);
    this.#open.set(key, connection);
    socket.once('close', () => {
      if (this.#open.get(key) === connection) this.#open.delete(key);
      onClosed(path);
    });
    return connection;
  }
}

function keyOf({ address, port }: SipPath): string {
  return `${address}:${port}`;
}
