import type { Socket } from 'node:dgram';
import { bindUdp, closeUdp, type Peer } from '../tftp/udp.ts';

/** IANA "Multicast addresses", NTP; RFC 5905 section 3.1. */
export const ntpGroup = '224.0.1.1';
const limitedBroadcast = '255.255.255.255';

export type GroupSocketsOptions = {
  readonly port: number;
  readonly onDatagram: (datagram: Uint8Array, from: Peer) => void;
  readonly onError: (where: string, error: unknown) => void;
};

/** What is sent to every host of a link, and to NTP's multicast group, by any interface. */
export class GroupSockets {
  readonly #options: GroupSocketsOptions;
  readonly #joined = new Set<string>();
  readonly #sockets: readonly Socket[];
  readonly #multicast: Socket | undefined;

  private constructor(
    options: GroupSocketsOptions,
    [broadcast, multicast]: (Socket | undefined)[],
  ) {
    this.#options = options;
    this.#multicast = multicast;
    this.#sockets = [broadcast, multicast].filter((socket) => socket !== undefined);
    for (const socket of this.#sockets) {
      socket.on('message', (datagram, from) => options.onDatagram(datagram, from));
      socket.on('error', (error) => options.onError(socket.address().address, error));
    }
  }

  /** Without those that the system does not give. */
  static async open(options: GroupSocketsOptions): Promise<GroupSockets> {
    const opened = [limitedBroadcast, ntpGroup].map((address) =>
      bindUdp(address, options.port, { reuseAddr: true }).catch((error: unknown) => {
        options.onError(address, error);
        return undefined;
      }),
    );
    return new GroupSockets(options, await Promise.all(opened));
  }

  /** Hears the group by the interfaces that have these addresses, and by no other. */
  listenBy(addresses: readonly string[]): void {
    for (const address of this.#joined) if (!addresses.includes(address)) this.#leave(address);
    for (const address of addresses) if (!this.#joined.has(address)) this.#join(address);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.map(closeUdp));
  }

  #join(address: string): void {
    this.#joined.add(address);
    try {
      this.#multicast?.addMembership(ntpGroup, address);
    } catch (error) {
      // Two addresses of one interface.
      if (codeOf(error) !== 'EADDRINUSE') this.#options.onError(`${ntpGroup} by ${address}`, error);
    }
  }

  #leave(address: string): void {
    this.#joined.delete(address);
    try {
      this.#multicast?.dropMembership(ntpGroup, address);
    } catch {
      // With its last address an interface leaves all groups by itself.
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
