import type { Socket } from 'node:dgram';
import { decodePacket, encodePacket, errorCodes, opcodes } from '../../codec/tftp/packet.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { TransferResult } from './open-files.ts';
import type { TransferTerms } from './terms.ts';
import { abort, acknowledge, bytesTaken, expire, isAbandoned, startTransfer } from './transfer.ts';
import type { Step, Transfer } from './transfer.ts';
import { closeUdp } from './udp.ts';
import type { Peer } from './udp.ts';

/** A datagram that has no place in the transfer; with a reason where it cannot be read. */
export type OnStray = (datagram: Uint8Array, from: Peer, reason?: string) => void;

export type TransferSocketOptions = {
  /** The transfer's own, which it closes at its end. */
  readonly socket: Socket;
  readonly peer: Peer;
  readonly content: Uint8Array;
  readonly terms: TransferTerms;
  /** The request is known to have come from the peer. */
  readonly isProven: boolean;
  readonly onStray: OnStray;
  /** The first thing that could not be sent or handled. The transfer goes on. */
  readonly onFailure: (error: unknown) => void;
};

const wrongPort = encodePacket({
  kind: 'error',
  code: errorCodes.unknownTransferId,
  message: 'This port serves another transfer',
});

/** A transfer with its socket, its timer and a clock. */
export class TransferSocket {
  readonly #options: TransferSocketOptions;
  readonly #ended = Promise.withResolvers<TransferResult>();
  #transfer: Transfer;
  #timer: NodeJS.Timeout | undefined;
  #timerDueAt = Infinity;
  #hasFailed = false;

  constructor(options: TransferSocketOptions) {
    const { socket } = options;
    this.#options = options;
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    socket.on('error', this.#fail);
    const first = startTransfer(
      options.content,
      options.terms,
      performance.now(),
      options.isProven,
    );
    this.#transfer = first.transfer;
    this.#take(first);
  }

  /** Resolves when the transfer is over and the socket closed. */
  get ended(): Promise<TransferResult> {
    return this.#ended.promise;
  }

  get isAbandoned(): boolean {
    return isAbandoned(this.#transfer, performance.now());
  }

  abort(): void {
    this.#take(abort(this.#transfer));
  }

  #receive(datagram: Uint8Array, from: Peer): void {
    const { peer, onStray } = this.#options;
    if (from.port !== peer.port || from.address !== peer.address)
      return this.#turnAway(datagram, from);
    try {
      const packet = decodePacket(datagram);
      if (packet.kind === 'ack')
        this.#take(acknowledge(this.#transfer, packet.block, performance.now()));
      else if (packet.kind === 'error') this.abort();
      else onStray(datagram, from);
    } catch (error) {
      if (error instanceof CodecError) onStray(datagram, from, error.message);
      else this.#fail(error);
    }
  }

  /** RFC 1350 section 4. An error is never answered with an error. */
  #turnAway(datagram: Uint8Array, from: Peer): void {
    this.#options.onStray(datagram, from);
    if (datagram[1] !== opcodes.error && from.port !== 0) this.#send(wrongPort, from);
  }

  #take({ transfer, send }: Step): void {
    const isOver = this.#transfer.outcome !== undefined;
    this.#transfer = transfer;
    if (isOver) return;
    for (const packet of send) this.#send(encodePacket(packet), this.#options.peer);
    if (transfer.outcome) void this.#end(transfer.outcome);
    else this.#wake(transfer.dueAt);
  }

  #send(datagram: Uint8Array, to: Peer): void {
    this.#options.socket.send(datagram, to.port, to.address, this.#sent);
  }

  readonly #sent = (error: Error | null): void => {
    if (error) this.#fail(error);
  };

  readonly #fail = (error: unknown): void => {
    if (!this.#hasFailed) this.#options.onFailure(error);
    this.#hasFailed = true;
  };

  /** Leaves a timer alone that goes off early enough: most are outlived by their ACK. */
  #wake(dueAt: number): void {
    if (this.#timer && this.#timerDueAt <= dueAt) return;
    clearTimeout(this.#timer);
    this.#timerDueAt = dueAt;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#take(expire(this.#transfer, performance.now()));
      },
      Math.max(0, dueAt - performance.now()),
    );
  }

  async #end(outcome: TransferResult['outcome']): Promise<void> {
    clearTimeout(this.#timer);
    await closeUdp(this.#options.socket);
    const { retries } = this.#transfer;
    this.#ended.resolve({ outcome, bytes: bytesTaken(this.#transfer), retries });
  }
}
