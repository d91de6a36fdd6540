import type { Socket } from 'node:dgram';
import { encodePacket, opcodes } from '../src/codec/tftp/packet.ts';
import type { TftpPacket } from '../src/codec/tftp/packet.ts';
import { randomBytes } from '../src/servers/tftp/testing/random.ts';
import { bindUdp, closeUdp } from '../src/servers/tftp/udp.ts';
import type { Peer } from '../src/servers/tftp/udp.ts';

const abortion = encodePacket({ kind: 'error', code: 0, message: 'enough' });

/** A client without manners: bad requests, and bad answers to the transfers that come of some. */
export class FuzzingSocket {
  readonly #socket: Socket;
  readonly #server: Peer;
  readonly #random: () => number;
  readonly #templates: readonly Uint8Array[];
  /** Ports of transfers to this socket. */
  readonly #transferPorts = new Set<number>();

  private constructor(
    socket: Socket,
    server: Peer,
    paths: readonly string[],
    random: () => number,
  ) {
    this.#socket = socket;
    this.#server = server;
    this.#random = random;
    this.#templates = templates(paths).map(encodePacket);
    socket.on('message', (datagram, from) => {
      if (datagram[1] !== opcodes.error) this.#answer(datagram, from.port);
    });
  }

  static async open(
    address: string,
    server: Peer,
    paths: readonly string[],
    random: () => number,
  ): Promise<FuzzingSocket> {
    return new FuzzingSocket(await bindUdp(address, 0), server, paths, random);
  }

  /** Sends one datagram to the server's port: random, or a packet that was spoilt, or not. */
  fuzz(): void {
    this.#send(this.#datagram(), this.#server.port);
  }

  abortTransfers(): void {
    for (const port of this.#transferPorts) this.#send(abortion, port);
    this.#transferPorts.clear();
  }

  close(): Promise<void> {
    return closeUdp(this.#socket);
  }

  /** An error, the right ACK, anything or nothing. */
  #answer(datagram: Uint8Array, port: number): void {
    this.#transferPorts.add(port);
    const dice = this.#random();
    if (dice < 0.4) this.#send(abortion, port);
    else if (dice < 0.6) {
      const block = datagram[1] === opcodes.data ? datagram.subarray(2, 4) : [0, 0];
      this.#send(Uint8Array.from([0, opcodes.ack, ...block]), port);
    } else if (dice < 0.8) this.#send(this.#datagram(), port);
  }

  #send(datagram: Uint8Array, port: number): void {
    this.#socket.send(datagram, port, this.#server.address);
  }

  #datagram(): Uint8Array {
    const dice = this.#random();
    if (dice < 0.3) return randomBytes(this.#below(dice < 0.29 ? 100 : 3000), this.#random);
    const template = this.#templates[this.#below(this.#templates.length)] ?? abortion;
    return dice < 0.4 ? template : this.#spoil(template);
  }

  /** Cut or made longer, and some of its bytes changed. */
  #spoil(template: Uint8Array): Uint8Array {
    const spoilt = Uint8Array.from([
      ...template.subarray(
        0,
        this.#random() < 0.5 ? template.length : this.#below(template.length),
      ),
      ...randomBytes(this.#random() < 0.7 ? 0 : this.#below(20), this.#random),
    ]);
    for (let edits = this.#below(4); edits > 0 && spoilt.length > 0; edits--)
      spoilt[this.#below(spoilt.length)] = this.#below(256);
    return spoilt;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

function templates(paths: readonly string[]): readonly TftpPacket[] {
  const options = [
    { name: 'blksize', value: '1428' },
    { name: 'windowsize', value: '16' },
    { name: 'timeout', value: '3' },
    { name: 'tsize', value: '0' },
  ];
  const requests = [...paths, 'SEP00AA11BB22CC.cnf.xml', '../secret'].flatMap((path) => [
    { kind: 'rrq', path, mode: 'octet', options: [] } as const,
    { kind: 'rrq', path, mode: 'netascii', options } as const,
  ]);
  return [
    ...requests,
    { kind: 'wrq', path: 'put', mode: 'octet', options },
    { kind: 'data', block: 1, data: new Uint8Array(512) },
    { kind: 'ack', block: 1 },
    { kind: 'error', code: 4, message: 'Illegal TFTP operation' },
    { kind: 'oack', options },
  ];
}
