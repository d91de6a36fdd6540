import { ifReadable } from '../wire/if-readable.ts';
import { decodePacket, encodePacket, errorCodes, type TftpPacket } from '../codec/tftp/packet.ts';
import type { Clock } from './clock.ts';
import type { Endpoint, Network } from './network.ts';

/** `address` is dotted IPv4: answers are known by it. */
export type Server = { readonly address: string; readonly port: number };

/** How a phone repeats what is not answered. */
export type Retransmission = {
  /** Milliseconds to wait for an answer after each time of sending the same packet. */
  readonly waits: readonly number[];
  /** Times of starting anew, from the next port. */
  readonly attempts: number;
};

export type TransferResult =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  | { readonly kind: 'silent' };

/** One RRQ. `attempt` and `send` count from 1. */
export type SentRequest = {
  readonly path: string;
  readonly port: number;
  readonly attempt: number;
  readonly send: number;
  /** TFTP where it is not said. */
  readonly protocol?: 'http' | 'uftp';
};

export type RequestAnswer = SentRequest & {
  /** `refused`: nobody listens there. `aborted`: the phone left before the file's end. */
  readonly outcome: 'sent' | 'missing' | 'error' | 'silent' | 'refused' | 'aborted';
  /** Bytes of the file that came. */
  readonly bytes: number;
  readonly error?: { readonly code: number; readonly message: string };
};

export type TftpClientOptions = {
  readonly network: Network;
  readonly clock: Clock;
  /** Port of the first attempt; every further one takes the next. */
  readonly firstPort: number;
  readonly retransmission: Retransmission;
  /** Room for a file; a larger one is refused with error 3. */
  readonly maxBytes: number;
  /** Leaves without a word after so many blocks, as if nobody had answered. */
  readonly maxBlocks?: number;
  readonly onRequest: (request: SentRequest) => void;
  readonly onAnswer: (answer: RequestAnswer) => void;
  readonly signal?: AbortSignal;
};

/** Reads one file to its end. Rejects only with the reason of the signal, or when no port is free. */
export type TftpRead = (path: string, server: Server) => Promise<TransferResult>;

type Attempt = { readonly path: string; readonly server: Server; readonly attempt: number };
type Received = { readonly packet: TftpPacket; readonly port: number };

const blockSize = 512;
const portsToTry = 100;

/**
 * The TFTP client of Cisco phones: octet mode, no options, blocks of 512 bytes. RFC 1350. Several
 * files may be read at once; each has a port of its own.
 */
export function tftpClient(options: TftpClientOptions): TftpRead {
  let nextPort = options.firstPort;

  async function bindNextPort(): Promise<Endpoint & { readonly port: number }> {
    for (let tries = 1; ; tries++) {
      const port = nextPort++;
      try {
        return { ...(await options.network.bind(port)), port };
      } catch (error) {
        if (tries === portsToTry) throw error;
      }
    }
  }

  return async (path, server) => {
    for (let attempt = 1; attempt <= options.retransmission.attempts; attempt++) {
      options.signal?.throwIfAborted();
      const endpoint = await bindNextPort();
      const close = () => endpoint.close();
      options.signal?.addEventListener('abort', close);
      try {
        const transfer = new Transfer(options, endpoint, { path, server, attempt });
        const result = await transfer.run();
        if (result.kind !== 'silent' || transfer.hasLeft) return result;
      } finally {
        options.signal?.removeEventListener('abort', close);
        close();
      }
    }
    return { kind: 'silent' };
  };
}

/** One attempt at one file, from its RRQ to the last ACK. */
class Transfer {
  readonly #options: TftpClientOptions;
  readonly #endpoint: Endpoint & { readonly port: number };
  readonly #attempt: Attempt;
  readonly #blocks: Uint8Array[] = [];
  #send = 0;
  #bytes = 0;
  /** The port that the server chose: its transfer identifier. */
  #serverPort: number | undefined;

  constructor(
    options: TftpClientOptions,
    endpoint: Endpoint & { readonly port: number },
    attempt: Attempt,
  ) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#attempt = attempt;
  }

  async run(): Promise<TransferResult> {
    const { waits } = this.#options.retransmission;
    for (let sends = 0; sends < waits.length; sends++) {
      if (this.#blocks.length === 0) this.#sendRequest();
      else this.#acknowledge();
      const packet = await this.#next(waits[sends] ?? 0);
      this.#options.signal?.throwIfAborted();
      if (packet?.kind === 'error') return this.#refused(packet.code, packet.message);
      if (packet?.kind === 'data') {
        const isLast = this.#isLast(packet.data);
        if (this.#bytes > this.#options.maxBytes) return this.#tooLarge();
        if (isLast) return this.#finished();
        if (this.hasLeft) return this.#leave();
        sends = -1;
      } else if (this.#blocks.length === 0) this.#answer('silent');
    }
    if (this.#blocks.length > 0) this.#answer('silent');
    return { kind: 'silent' };
  }

  /** The next block or an error; undefined when neither comes in time. */
  async #next(waitMs: number): Promise<TftpPacket | undefined> {
    const deadline = this.#options.clock.now() + waitMs;
    for (;;) {
      const left = deadline - this.#options.clock.now();
      const received = left > 0 ? await this.#receive(left) : undefined;
      if (received === undefined) return undefined;
      const { packet } = received;
      const expected = (this.#blocks.length + 1) & 0xffff;
      if (packet.kind === 'error') return packet;
      if (packet.kind !== 'data') continue;
      if (packet.block === expected) return packet;
      // The ACK was lost: the server sends the block again.
      if (packet.block === ((expected - 1) & 0xffff) && this.#blocks.length > 0)
        this.#acknowledge();
    }
  }

  async #receive(waitMs: number): Promise<Received | undefined> {
    const datagram = await this.#endpoint.receive(waitMs);
    if (datagram === undefined) return undefined;
    const { server } = this.#attempt;
    const packet = datagram.address === server.address ? decoded(datagram.bytes) : undefined;
    if (packet === undefined) return { packet: ignored, port: datagram.port };
    this.#serverPort ??= datagram.port;
    if (datagram.port === this.#serverPort) return { packet, port: datagram.port };
    const { unknownTransferId: code } = errorCodes;
    const complaint = encodePacket({ kind: 'error', code, message: 'Unknown transfer ID' });
    this.#endpoint.send(complaint, server.address, datagram.port);
    return { packet: ignored, port: datagram.port };
  }

  #isLast(data: Uint8Array): boolean {
    // The datagram's buffer belongs to the network.
    this.#blocks.push(data.slice());
    this.#bytes += data.length;
    return data.length < blockSize;
  }

  #sendRequest(): void {
    const { path, server } = this.#attempt;
    this.#send++;
    this.#options.onRequest(this.#sent());
    const request = encodePacket({ kind: 'rrq', path, mode: 'octet', options: [] });
    this.#endpoint.send(request, server.address, server.port);
  }

  #acknowledge(): void {
    if (this.#serverPort === undefined) return;
    const ack = encodePacket({ kind: 'ack', block: this.#blocks.length & 0xffff });
    this.#endpoint.send(ack, this.#attempt.server.address, this.#serverPort);
  }

  #finished(): TransferResult {
    this.#acknowledge();
    this.#answer('sent');
    return { kind: 'file', bytes: Buffer.concat(this.#blocks) };
  }

  #refused(code: number, message: string): TransferResult {
    this.#answer(code === errorCodes.fileNotFound ? 'missing' : 'error', { code, message });
    return { kind: 'error', code, message };
  }

  /** The phone ended it. */
  get hasLeft(): boolean {
    return this.#blocks.length === this.#options.maxBlocks;
  }

  #leave(): TransferResult {
    this.#answer('aborted');
    return { kind: 'silent' };
  }

  #tooLarge(): TransferResult {
    const { diskFull: code } = errorCodes;
    const message = `larger than ${this.#options.maxBytes} bytes`;
    const { address } = this.#attempt.server;
    const complaint = encodePacket({ kind: 'error', code, message });
    this.#endpoint.send(complaint, address, this.#serverPort ?? 0);
    return this.#refused(code, message);
  }

  #answer(outcome: RequestAnswer['outcome'], error?: RequestAnswer['error']): void {
    const answer = { ...this.#sent(), outcome, bytes: this.#bytes };
    this.#options.onAnswer(error === undefined ? answer : { ...answer, error });
  }

  #sent(): SentRequest {
    const { path, attempt } = this.#attempt;
    return { path, port: this.#endpoint.port, attempt, send: this.#send };
  }
}

const ignored: TftpPacket = { kind: 'ack', block: 0 };

function decoded(bytes: Uint8Array): TftpPacket | undefined {
  return ifReadable(() => decodePacket(bytes));
}
