import type { Socket } from 'node:dgram';
import { decodePacket, encodePacket } from '../../../codec/tftp/packet.ts';
import type { ErrorPacket, TftpPacket } from '../../../codec/tftp/packet.ts';
import { grantTerms } from '../terms.ts';
import { bindUdp, closeUdp } from '../udp.ts';
import type { Peer } from '../udp.ts';
import { Receiver } from './receiver.ts';

export type Reply = { readonly packet: TftpPacket; readonly from: Peer };
export type ReadOptions = {
  readonly mode?: string;
  readonly options?: Readonly<Record<string, number>>;
};

const patienceMs = 20_000;

/** A socket that speaks TFTP one packet at a time, so that a test can do what no client would. */
export class TestClient implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #replies: Reply[] = [];
  #onReply: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (datagram, { address, port }) => {
      // The datagram lies in memory that the next one overwrites.
      const packet = decodePacket(Uint8Array.from(datagram));
      this.#replies.push({ packet, from: { address, port } });
      this.#onReply?.();
    });
  }

  static async open(address = '127.0.0.1', port = 0): Promise<TestClient> {
    return new TestClient(await bindUdp(address, port));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(packet: TftpPacket, to: Peer): void {
    this.sendBytes(encodePacket(packet), to);
  }

  sendBytes(datagram: Uint8Array, to: Peer): void {
    this.#socket.send(datagram, to.port, to.address);
  }

  ask(path: string, to: Peer, { mode = 'octet', options = {} }: ReadOptions = {}): void {
    const written = Object.entries(options).map(([name, value]) => ({ name, value: `${value}` }));
    this.send({ kind: 'rrq', path, mode, options: written }, to);
  }

  /** The next packet that has come or comes. Rejects when none comes. */
  async next(ms = patienceMs): Promise<Reply> {
    const reply = await this.#within(ms);
    if (!reply) throw new Error(`no packet within ${ms} ms`);
    return reply;
  }

  /** What has come after all that was on its way: undefined if nothing has. */
  nothingFor(ms: number): Promise<Reply | undefined> {
    return this.#within(ms);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await closeUdp(this.#socket);
  }

  async #within(ms: number): Promise<Reply | undefined> {
    if (this.#replies.length === 0) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#onReply = () => resolve(undefined);
      const timer = setTimeout(() => resolve(undefined), ms);
      await promise;
      clearTimeout(timer);
    }
    return this.#replies.shift();
  }
}

export type Download = {
  readonly bytes: Uint8Array;
  /** The options that the server acknowledged. */
  readonly acknowledged: Readonly<Record<string, string>>;
};

/** Reads a file like a well-behaved client. Gives the error packet if that is the answer. */
export async function download(
  server: Peer,
  path: string,
  options: ReadOptions = {},
  address?: string,
): Promise<Download | ErrorPacket> {
  await using client = await TestClient.open(address);
  client.ask(path, server, options);
  const first = await client.next();
  if (first.packet.kind === 'error') return first.packet;
  const granted = first.packet.kind === 'oack' ? first.packet.options : [];
  const receiver = new Receiver(grantTerms(granted, 0));
  for (let reply = first; ; reply = await client.next()) {
    const ack = receiver.receive(reply.packet);
    if (ack) client.send(ack, reply.from);
    if (receiver.isComplete) break;
  }
  const acknowledged = Object.fromEntries(granted.map(({ name, value }) => [name, value]));
  return { bytes: receiver.bytes, acknowledged };
}
