import type { Socket } from 'node:dgram';
import { AddressSockets } from '../address-sockets.ts';
import type { BindFailure, Engine } from '../engine.ts';
import { messageOf } from '../message-of.ts';
import { ToldOnce } from '../told-once.ts';
import { bindUdp, closeUdp } from '../tftp/udp.ts';
import type { UnistimPath } from './path.ts';
import type { OnProblem } from './problem.ts';

export type StationsOptions = {
  /** `UNIStim` or `UFTP`, for problems. */
  readonly name: string;
  readonly onDatagram: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly onProblem: OnProblem;
};

type Station = { readonly socket: Socket; close(): Promise<void> };

/** Hundreds of phones that are switched on at once say hello at once. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** A socket at each of the server's addresses: what is sent leaves from where it was asked. */
export class Stations implements Engine {
  readonly #options: StationsOptions;
  readonly #stations: AddressSockets<Station>;
  readonly #told = new ToldOnce();

  constructor(options: StationsOptions) {
    this.#options = options;
    this.#stations = new AddressSockets((address, port) => this.#open(address, port));
  }

  send(datagram: Uint8Array, { address, port, local }: UnistimPath): void {
    this.#stations.at(local)?.socket.send(datagram, port, address, (error) => {
      if (error) this.#report(`${local} to ${address}`, error);
    });
  }

  listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    return this.#stations.listen(addresses, port);
  }

  stop(): Promise<void> {
    return this.#stations.close();
  }

  async #open(local: string, port: number): Promise<Station> {
    const socket = await bindUdp(local, port, { recvBufferSize: receiveBufferBytes });
    socket.on('message', (datagram, { address, port: from }) =>
      this.#options.onDatagram(datagram, { address, port: from, local }),
    );
    socket.on('error', (error) => this.#report(local, error));
    return { socket, close: () => closeUdp(socket) };
  }

  #report(where: string, error: unknown): void {
    const text = `${this.#options.name} at ${where}: ${messageOf(error)}`;
    if (this.#told.isNew(text)) this.#options.onProblem({ code: 'socket', text });
  }
}
