import type { Socket } from 'node:dgram';
import { encodePacket } from '../../codec/tftp/packet.ts';
import type { ErrorPacket } from '../../codec/tftp/packet.ts';
import { messageOf } from '../message-of.ts';
import type { OnProblem } from './problem.ts';
import { bindUdp, closeUdp } from './udp.ts';
import type { Peer } from './udp.ts';

const receiveBufferBytes = 4 * 1024 * 1024;

export type EndpointOptions = {
  readonly reusePort: boolean;
  readonly onDatagram: (endpoint: Endpoint, datagram: Uint8Array, from: Peer) => void;
  readonly onProblem: OnProblem;
};

/**
 * The server at one of its addresses: the port that requests come to, and another one that errors
 * go out from, as RFC 1350 section 4 wants a port other than the server's for every answer.
 */
export class Endpoint {
  readonly address: string;
  readonly #requests: Socket;
  readonly #errors: Socket;
  readonly #onProblem: OnProblem;

  private constructor(address: string, sockets: [Socket, Socket], onProblem: OnProblem) {
    this.address = address;
    [this.#requests, this.#errors] = sockets;
    this.#onProblem = onProblem;
  }

  /** Rejects with the system's error. */
  static async open(address: string, port: number, options: EndpointOptions): Promise<Endpoint> {
    const { reusePort, onDatagram, onProblem } = options;
    const errors = await bindUdp(address, 0);
    const shared = { reusePort, recvBufferSize: receiveBufferBytes };
    const requests = await bindUdp(address, port, shared).catch(async (error: unknown) => {
      await closeUdp(errors);
      throw error;
    });
    const endpoint = new Endpoint(address, [requests, errors], onProblem);
    requests.on('message', (datagram, from) => onDatagram(endpoint, datagram, from));
    for (const socket of [requests, errors])
      socket.on('error', (error) => endpoint.#report('socket', error));
    return endpoint;
  }

  /** Resolves when it is sent, or could not be. */
  refuse(error: ErrorPacket, peer: Peer): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#errors.send(encodePacket(error), peer.port, peer.address, (failure) => {
      if (failure) this.#report(`answer to ${peer.address}`, failure);
      resolve(undefined);
    });
    return promise;
  }

  async close(): Promise<void> {
    await Promise.all([closeUdp(this.#requests), closeUdp(this.#errors)]);
  }

  #report(what: string, error: unknown): void {
    this.#onProblem({ code: 'socket', text: `${what} at ${this.address}: ${messageOf(error)}` });
  }
}
