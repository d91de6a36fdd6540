import type { Socket } from 'node:net';
import type { Counters } from '../counters.ts';
import type { CounterName } from './counters.ts';

export type ConnectionLimits = {
  /** Connections at once, over all addresses. */
  readonly connections: number;
  /** Connections at once from one address. */
  readonly connectionsPerAddress: number;
};

/** The sockets of a server, kept within limits. */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #counters: Counters<CounterName>;
  readonly #sockets = new Set<Socket>();
  readonly #perAddress = new Map<string, number>();

  constructor(limits: ConnectionLimits, counters: Counters<CounterName>) {
    this.#limits = limits;
    this.#counters = counters;
  }

  /** Destroys a socket beyond the limits. */
  admit(socket: Socket): void {
    // Its end says all that there is to know.
    socket.on('error', () => undefined);
    this.#counters.add('connections');
    const { remoteAddress: address = '' } = socket;
    const held = this.#perAddress.get(address) ?? 0;
    const { connections, connectionsPerAddress } = this.#limits;
    if (this.#sockets.size >= connections || held >= connectionsPerAddress) {
      this.#counters.add('turnedAway');
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    this.#perAddress.set(address, held + 1);
    this.#counters.add('openConnections');
    socket.once('close', () => this.#release(socket, address));
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #release(socket: Socket, address: string): void {
    this.#sockets.delete(socket);
    this.#counters.add('openConnections', -1);
    const held = (this.#perAddress.get(address) ?? 0) - 1;
    if (held > 0) this.#perAddress.set(address, held);
    else this.#perAddress.delete(address);
  }
}
