import type { Socket } from 'node:dgram';
import { bindUdp, closeUdp, type Peer } from '../tftp/udp.ts';
import type { Subnet } from './subnet.ts';

/** A datagram to the station's own address, or to the broadcast address of its network. */
export type OnDatagram = (station: Station, datagram: Uint8Array, from: Peer, to: Target) => void;
export type Target = 'station' | 'group';

export type StationOptions = {
  readonly port: number;
  readonly subnet: Subnet;
  readonly onDatagram: OnDatagram;
  readonly onError: (where: string, error: unknown) => void;
};

const receiveBufferBytes = 1024 * 1024;
/** Phones in other networks are reached where routers forward the group. */
const multicastHops = 8;

/** The server at one of its addresses. Everything that it sends comes from there. */
export class Station {
  readonly subnet: Subnet;
  readonly #own: Socket;
  readonly #broadcast: Socket | undefined;
  readonly #onError: StationOptions['onError'];
  #isClosed = false;

  private constructor(own: Socket, broadcast: Socket | undefined, options: StationOptions) {
    this.subnet = options.subnet;
    this.#own = own;
    this.#broadcast = broadcast;
    this.#onError = options.onError;
  }

  /** Rejects with the system's error when its own address cannot be had. */
  static async open(options: StationOptions): Promise<Station> {
    const { subnet, port, onDatagram, onError } = options;
    const own = await bindUdp(subnet.address, port, { recvBufferSize: receiveBufferBytes });
    own.setBroadcast(true);
    const broadcast = await Station.#openBroadcast(options);
    const station = new Station(own, broadcast, options);
    own.on('message', (datagram, from) => onDatagram(station, datagram, from, 'station'));
    broadcast?.on('message', (datagram, from) => onDatagram(station, datagram, from, 'group'));
    for (const socket of [own, broadcast])
      socket?.on('error', (error) => onError(subnet.address, error));
    return station;
  }

  /** What is sent to the network's broadcast address comes to no socket of another address. */
  static async #openBroadcast(options: StationOptions): Promise<Socket | undefined> {
    const { subnet, port, onError } = options;
    if (subnet.broadcast === undefined) return undefined;
    try {
      return await bindUdp(subnet.broadcast, port, { reuseAddr: true });
    } catch (error) {
      onError(subnet.broadcast, error);
      return undefined;
    }
  }

  /** Resolves to whether it was sent; nothing is after `close`. */
  send(datagram: Uint8Array, { address, port }: Peer): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#own.send(datagram, port, address, (error) => {
      if (error) this.#onError(`${this.subnet.address} to ${address}`, error);
      resolve(!error);
    });
    return promise;
  }

  /** As `send`, to a multicast group, by the interface that has the station's address. */
  sendToGroup(datagram: Uint8Array, to: Peer): Promise<boolean> {
    try {
      this.#own.setMulticastInterface(this.subnet.address);
      this.#own.setMulticastTTL(multicastHops);
      this.#own.setMulticastLoopback(false);
    } catch (error) {
      this.#onError(`${this.subnet.address} to ${to.address}`, error);
      return Promise.resolve(false);
    }
    return this.send(datagram, to);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const sockets = [this.#own, this.#broadcast].filter((socket) => socket !== undefined);
    await Promise.all(sockets.map(closeUdp));
  }
}
