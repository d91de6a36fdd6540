import { networkInterfaces } from 'node:os';
import type { DhcpCounts } from './counters.ts';
import type { DhcpAnswer, DhcpHandler } from './handler.ts';
import type { HandedSocket } from './handed-sockets.ts';
import { otherInterfaces } from './interface-address.ts';
import type { Interfaces } from './interface-address.ts';
import { defaultLimits, DhcpListener } from './listener.ts';
import type { DhcpLimits } from './listener.ts';
import { placeOf } from './place.ts';
import type { DhcpListen, Place } from './place.ts';
import { messageOf } from '../message-of.ts';
import type { Evidence } from '../evidence.ts';
import type { OnProblem } from './problem.ts';
import { SocketThread } from './socket-thread.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';

export type DhcpServerOptions = {
  readonly listen: DhcpListen;
  readonly handler: DhcpHandler;
  /** Sockets that systemd handed over; the one named after the interface is used. */
  readonly handed?: readonly HandedSocket[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly onProblem?: OnProblem;
  readonly limits?: Partial<DhcpLimits>;
  /** Tests hand in those of another machine. */
  readonly interfaces?: () => Interfaces;
  /** How often the interface's address is looked up, in milliseconds. */
  readonly rescanMs?: number;
};

export type DhcpStats = DhcpCounts & { readonly lastMalformed: Evidence | undefined };

export type DhcpServer = {
  /** The server's own address, where it has one now, and port. */
  readonly address: string;
  readonly port: number;
  readonly interfaceName: string | undefined;
  stats(): DhcpStats;
  /** Sends a message that is no answer, a probe. Throws where it cannot be written. */
  send(answer: DhcpAnswer): void;
  /** Messages that are undecided are not answered any more. */
  stop(): Promise<void>;
};

const usualRescanMs = 5000;

/** Serves DHCP at one interface or address. Rejects with DhcpListenError or the system's error. */
export async function startDhcpServer(options: DhcpServerOptions): Promise<DhcpServer> {
  const { handler, now = Date.now, onProblem = () => undefined } = options;
  const { handed = [], interfaces = networkInterfaces, rescanMs = usualRescanMs } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const place = placeOf(options.listen, handed, interfaces());
  let server: ServedPlace | undefined = undefined;
  const listener: DhcpListener = new DhcpListener({
    ...{ handler, limits, now, onProblem },
    send: (bytes, to) => server?.send(bytes, to),
  });
  const placeOptions = { listen: options.listen, handed, interfaces, rescanMs, onProblem };
  server = await ServedPlace.open(place, placeOptions, listener);
  return served(server, listener);
}

function served(server: ServedPlace, listener: DhcpListener): DhcpServer {
  return {
    get address() {
      return server.place.address;
    },
    get port() {
      return server.port;
    },
    get interfaceName() {
      return server.place.interfaceName;
    },
    stats: () => ({ ...listener.counts, lastMalformed: listener.lastMalformed }),
    send: (answer) => listener.send(answer),
    stop: () => server.stop(),
  };
}

type PlaceOptions = Required<
  Pick<DhcpServerOptions, 'listen' | 'handed' | 'interfaces' | 'onProblem' | 'rescanMs'>
>;

/** The sockets at a place, opened again where the interface's address has changed. */
class ServedPlace {
  readonly #options: PlaceOptions;
  readonly #listener: DhcpListener;
  readonly #timer: NodeJS.Timeout;
  #place: Place;
  #sockets: SocketThread | undefined;
  #lastFault = '';
  #working: Promise<void> = Promise.resolve();

  private constructor(place: Place, options: PlaceOptions, listener: DhcpListener) {
    this.#place = place;
    this.#options = options;
    this.#listener = listener;
    this.#timer = setInterval(() => {
      this.#working = this.#working.then(() => this.#rescan());
    }, options.rescanMs);
  }

  static async open(
    place: Place,
    options: PlaceOptions,
    listener: DhcpListener,
  ): Promise<ServedPlace> {
    const server = new ServedPlace(place, options, listener);
    try {
      await server.#open(place);
    } catch (error) {
      clearInterval(server.#timer);
      throw error;
    }
    server.#warnOfOthers();
    return server;
  }

  get place(): Place {
    return this.#place;
  }

  get port(): number {
    return this.#place.port;
  }

  /** Throws where there is no socket now. */
  send(bytes: Uint8Array, to: DhcpAnswer['to']): void {
    if (!this.#sockets)
      throw new Error(`interface ${this.#place.interfaceName ?? ''} has no address now`);
    this.#sockets.send(bytes, to);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
    await this.#close();
  }

  async #open(place: Place): Promise<void> {
    const onError = (reason: string) =>
      this.#options.onProblem({ code: 'socket', text: `DHCP socket: ${reason}` });
    const sockets = await SocketThread.open(place, {
      onDatagram: ({ bytes, address, port: fromPort }) => {
        const arrival = { fromAddress: formatIPv4(address), fromPort };
        this.#listener.receive(bytes, { ...arrival, localAddress: this.#place.address });
      },
      onNotSent: (to, reason) => this.#listener.notSent(to, reason),
      onError,
      onEnd: () => {
        onError('its thread has ended');
        if (this.#sockets === sockets) this.#sockets = undefined;
      },
    });
    this.#sockets = sockets;
    this.#place = { ...place, port: this.#sockets.port };
  }

  async #close(): Promise<void> {
    const sockets = this.#sockets;
    this.#sockets = undefined;
    await sockets?.close();
  }

  /** An interface may lose its address and get another; a handed socket stays as it is. */
  async #rescan(): Promise<void> {
    try {
      const { listen, handed, interfaces } = this.#options;
      if (!this.#sockets && !('interface' in listen)) return await this.#open(this.#place);
      if (this.#place.interfaceName === undefined || !('interface' in listen)) return;
      const place = placeOf(listen, handed, interfaces());
      if (place.sockets.kind === 'handed') this.#place = { ...place, port: this.#place.port };
      else if (!this.#sockets || place.address !== this.#place.address) {
        await this.#close();
        await this.#open(place);
        this.#tell(`DHCP is served on ${listen.interface} as ${place.address}`);
      }
      this.#lastFault = '';
    } catch (error) {
      if (this.#place.sockets.kind !== 'handed') await this.#close();
      if (messageOf(error) !== this.#lastFault)
        this.#tell(`DHCP is not served: ${messageOf(error)}`);
      this.#lastFault = messageOf(error);
    }
  }

  #tell(text: string): void {
    this.#options.onProblem({ code: 'interface', text });
  }

  #warnOfOthers(): void {
    const { sockets, interfaceName } = this.#place;
    if (sockets.kind !== 'pair' || interfaceName === undefined) return;
    const others = otherInterfaces(interfaceName, this.#options.interfaces());
    if (others.length === 0) return;
    const text = `broadcasts that come by ${others.join(', ')} are taken for those of ${interfaceName}, and answered there: have systemd bind the socket to ${interfaceName} (docs/dhcp.md, "Several interfaces")`;
    this.#options.onProblem({ code: 'other-interfaces', text });
  }
}
