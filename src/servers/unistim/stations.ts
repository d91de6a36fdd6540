import type { Socket } from 'node:dgram';
import type { BindFailure, Engine } from '../engine.ts';
import { messageOf } from '../message-of.ts';
import { bindUdp, closeUdp } from '../tftp/udp.ts';
import type { UnistimPath } from './path.ts';
import type { OnProblem } from './problem.ts';

export type StationsOptions = {
  /** `UNIStim` or `UFTP`, for problems. */
  readonly name: string;
  readonly onDatagram: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly onProblem: OnProblem;
};

/** Hundreds of phones that are switched on at once say hello at once. */
const receiveBufferBytes = 4 * 1024 * 1024;
const mostReported = 100;

/** A socket at each of the server's addresses: what is sent leaves from where it was asked. */
export class Stations implements Engine {
  readonly #options: StationsOptions;
  readonly #sockets = new Map<string, Socket>();
  readonly #reported = new Set<string>();

  constructor(options: StationsOptions) {
    this.#options = options;
  }

  send(datagram: Uint8Array, { address, port, local }: UnistimPath): void {
    this.#sockets.get(local)?.send(datagram, port, address, (error) => {
      if (error) this.#report(`${local} to ${address}`, error);
    });
  }

  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const gone = [...this.#sockets.keys()].filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.#sockets.has(address));
    await Promise.all(gone.map((address) => this.#close(address)));
    const failures = await Promise.all(added.map((address) => this.#open(address, port)));
    return failures.filter((failure) => failure !== undefined);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#sockets.keys()].map((address) => this.#close(address)));
  }

  async #open(local: string, port: number): Promise<BindFailure | undefined> {
    try {
      const socket = await bindUdp(local, port, { recvBufferSize: receiveBufferBytes });
      socket.on('message', (datagram, { address, port: from }) =>
        this.#options.onDatagram(datagram, { address, port: from, local }),
      );
      socket.on('error', (error) => this.#report(local, error));
      this.#sockets.set(local, socket);
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { address: local, code, message: messageOf(error) };
    }
  }

  async #close(address: string): Promise<void> {
    const socket = this.#sockets.get(address);
    this.#sockets.delete(address);
    if (socket) await closeUdp(socket);
  }

  /** Each thing once. */
  #report(where: string, error: unknown): void {
    const text = `${this.#options.name} at ${where}: ${messageOf(error)}`;
    if (this.#reported.has(text)) return;
    if (this.#reported.size >= mostReported) this.#reported.clear();
    this.#reported.add(text);
    this.#options.onProblem({ code: 'socket', text });
  }
}
