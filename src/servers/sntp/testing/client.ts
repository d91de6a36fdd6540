import { decodeSntp, encodeSntp, type SntpPacket } from '../../../codec/sntp/sntp-packet.ts';
import { ntpTimestampOf, unknownTimestamp } from '../../../codec/sntp/ntp-timestamp.ts';
import { bindUdp, closeUdp, type Peer } from '../../tftp/udp.ts';
import { until } from '../../tftp/testing/running-server.ts';

/** A client's request; the transmit timestamp is `ms` since 1970. */
export function requestOf(more: Partial<SntpPacket> = {}, ms = 1_700_000_000_123): SntpPacket {
  return {
    ...{ leap: 0, version: 4, mode: 'client', stratum: 0, poll: 6, precision: -18 },
    ...{ rootDelay: 0, rootDispersion: 0, referenceId: 0 },
    ...{ reference: unknownTimestamp, originate: unknownTimestamp, receive: unknownTimestamp },
    ...{ transmit: ntpTimestampOf(ms), rest: new Uint8Array() },
    ...more,
  };
}

/** A socket that keeps what comes. */
export class TestClient {
  readonly datagrams: Uint8Array[] = [];
  readonly #socket: Awaited<ReturnType<typeof bindUdp>>;

  private constructor(socket: Awaited<ReturnType<typeof bindUdp>>) {
    this.#socket = socket;
    socket.setBroadcast(true);
    socket.on('message', (datagram) => void this.datagrams.push(Uint8Array.from(datagram)));
  }

  static async open(t: { after(end: () => unknown): void }, address = '127.0.0.1') {
    const client = new TestClient(await bindUdp(address, 0));
    t.after(() => closeUdp(client.#socket));
    return client;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(packet: SntpPacket, to: Peer): void {
    this.sendBytes(encodeSntp(packet), to);
  }

  sendBytes(datagram: Uint8Array, { port, address }: Peer): void {
    this.#socket.send(datagram, port, address);
  }

  /** The answers, once there are so many. */
  async answers(count: number): Promise<readonly SntpPacket[]> {
    await until(() => this.datagrams.length >= count);
    return this.datagrams.map(decodeSntp);
  }

  async ask(packet: SntpPacket, to: Peer): Promise<SntpPacket> {
    const before = this.datagrams.length;
    this.send(packet, to);
    const answer = (await this.answers(before + 1))[before];
    if (!answer) throw new Error('no answer');
    return answer;
  }
}
