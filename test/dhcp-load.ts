import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import type { DhcpMessage, DhcpMessageType } from '../src/codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { addressOption, clientMessage, typeOf } from '../src/servers/dhcp/testing/messages.ts';
import { formatIPv4, ipv4Number } from '../src/wire/ipv4.ts';

/** What a client was promised and has not given back: by address, the number of the client. */
export type Held = ReadonlyMap<number, number>;

const relayAddress = '127.0.0.2';
const patienceMs = 250;

/**
 * Many clients behind one relay agent on the loopback, who boot, boot again and leave without end.
 * Every promise of an address is kept; one that is given to two of them is a fault.
 */
export class DhcpLoad {
  /** Promises that break another one. */
  readonly faults: string[] = [];
  readonly #held = new Map<number, number>();
  readonly #waiting = new Map<number, (answer: DhcpMessage) => void>();
  readonly #socket: Socket;
  readonly #random: () => number;
  readonly #most: number;
  readonly #relayed: DhcpMessage['options'][number];
  #server = 0;
  #nextClient = 1;
  #nextTransaction = 1;
  #running = true;
  #promises = 0;

  private constructor(socket: Socket, { network, random, most }: DhcpLoadOptions) {
    this.#socket = socket;
    this.#random = random;
    this.#most = most;
    const { bytes } = addressOption(5, ipv4Number(network));
    // Link selection (RFC 3527), and answers to the port that asks (RFC 8357).
    this.#relayed = { code: 82, bytes: Uint8Array.of(5, 4, ...bytes, 19, 0) };
    socket.on('message', (datagram) => {
      const answer = parseDhcp(datagram);
      this.#waiting.get(answer.transactionId)?.(answer);
      this.#waiting.delete(answer.transactionId);
    });
  }

  static async start(options: DhcpLoadOptions): Promise<DhcpLoad> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    socket.bind({ address: relayAddress, port: 0 });
    await once(socket, 'listening');
    const load = new DhcpLoad(socket, options);
    for (let each = 0; each < options.clients; each++) void load.#bootWithoutEnd();
    return load;
  }

  get held(): Held {
    return this.#held;
  }

  /** Promises until now, of the same address to the same client too. */
  get promises(): number {
    return this.#promises;
  }

  /** The server's port; 0 while there is none. */
  to(port: number): void {
    this.#server = port;
  }

  stop(): void {
    this.#running = false;
    this.#socket.close();
  }

  async #bootWithoutEnd(): Promise<void> {
    while (this.#running) {
      const again = this.#random() < 0.3 ? this.#anyHeld() : undefined;
      if (again) await this.#bootAgain(...again);
      else await this.#boot(this.#nextClient++);
      if (this.#held.size > this.#most) this.#leave();
    }
  }

  #anyHeld(): readonly [number, number] | undefined {
    let skip = Math.floor(this.#random() * Math.min(50, this.#held.size));
    for (const each of this.#held) if (skip-- === 0) return each;
    return undefined;
  }

  async #boot(client: number): Promise<void> {
    const offer = await this.#ask('discover', client, []);
    const server = offer?.options.find(({ code }) => code === 54);
    if (!offer || !server || typeOf(offer) !== 'offer') return;
    const chosen = [server, addressOption(50, offer.yiaddr)];
    const answer = await this.#ask('request', client, chosen);
    if (answer && typeOf(answer) === 'ack') this.#promised(answer.yiaddr, client);
  }

  /** INIT-REBOOT: RFC 2131 section 4.3.2. */
  async #bootAgain(address: number, client: number): Promise<void> {
    const answer = await this.#ask('request', client, [addressOption(50, address)]);
    if (!answer || this.#held.get(address) !== client) return;
    if (typeOf(answer) === 'nak')
      this.faults.push(`${formatIPv4(address)} was promised to ${client}, and is refused to it`);
    else this.#promised(answer.yiaddr, client);
  }

  #promised(address: number, client: number): void {
    this.#promises++;
    const holder = this.#held.get(address) ?? client;
    if (holder !== client)
      this.faults.push(`${formatIPv4(address)} is held by ${holder} and promised to ${client}`);
    this.#held.set(address, client);
  }

  /** The one that has been there the longest. There is no answer to it. */
  #leave(): void {
    const [oldest] = this.#held;
    if (!oldest) return;
    const [address, client] = oldest;
    this.#held.delete(address);
    const server = addressOption(54, ipv4Number('127.0.0.1'));
    this.#send(this.#message('release', client, [server], { ciaddr: address }));
  }

  #message(
    type: DhcpMessageType,
    client: number,
    options: DhcpMessage['options'],
    parts: Partial<DhcpMessage> = {},
  ): DhcpMessage {
    const message = clientMessage(type, client, {
      transactionId: this.#nextTransaction++,
      giaddr: ipv4Number(relayAddress),
      hops: 1,
      ...parts,
    });
    return { ...message, options: [...message.options, ...options, this.#relayed] };
  }

  #send(message: DhcpMessage): void {
    if (this.#server === 0 || !this.#running) return;
    this.#socket.send(serializeDhcp(message), this.#server, '127.0.0.1', () => undefined);
  }

  /** Undefined where no answer came in time; one that comes later is not looked at. */
  #ask(
    type: DhcpMessageType,
    client: number,
    options: DhcpMessage['options'],
  ): Promise<DhcpMessage | undefined> {
    const message = this.#message(type, client, options);
    const { transactionId } = message;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(transactionId);
        resolve(undefined);
      }, patienceMs);
      this.#waiting.set(transactionId, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.#send(message);
    });
  }
}

export type DhcpLoadOptions = {
  /** An address of the network that the clients are in. */
  readonly network: string;
  readonly clients: number;
  /** Addresses that are held at once. */
  readonly most: number;
  readonly random: () => number;
};
