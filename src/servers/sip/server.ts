import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import type { ClientHandler } from '../../codec/sip/client-runner.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { usualTiming, type SipTiming } from '../../codec/sip/transaction-machine.ts';
import { AddressSockets } from '../address-sockets.ts';
import { Counters } from '../counters.ts';
import type { BindFailure, Engine } from '../engine.ts';
import { evidenceAgainst, type Evidence } from '../evidence.ts';
import { messageOf } from '../message-of.ts';
import { defaultRateLimit, floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import { AddressWatch } from '../tftp/address-watch.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import { ToldOnce } from '../told-once.ts';
import { counterNames, type CounterName, type Counts } from './counters.ts';
import type { SipHandler } from './handler.ts';
import type { OnProblem } from './problem.ts';
import { Station } from './station.ts';
import type { ConnectionTimes } from './tcp-connection.ts';
import type { ConnectionLimits } from './tcp-connections.ts';

export type SipServerOptions = {
  /** An IPv4 address or name; `0.0.0.0` stands for all IPv4 addresses of this machine. */
  readonly host: string;
  /** 0 picks one that is free by UDP and TCP. */
  readonly port: number;
  readonly handler: SipHandler;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A token that no other has: tags and branches. */
  readonly newToken: () => string;
  readonly limit?: RateLimit;
  readonly limits?: ConnectionLimits;
  readonly times?: ConnectionTimes;
  readonly timing?: SipTiming;
  readonly onProblem?: OnProblem;
  readonly interfaces?: () => Interfaces;
};

export type SipStats = Counts & { readonly lastMalformed: Evidence | undefined };

export type SipServer = {
  /** Where it listens now: with `0.0.0.0`, addresses come and go. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  stats(): SipStats;
  /**
   * Sends a request from the server's own address: from `local` where it still listens there, else
   * from the one that the system would take. The request is made for where it is sent from.
   */
  request(sending: Sending): Promise<void>;
  /** Resolves when no socket is left. */
  stop(): Promise<void>;
};

export type Sending = {
  readonly path: SipPath;
  /** `ADDRESS:PORT` */
  readonly local?: string | undefined;
  make(from: { readonly host: string; readonly port: number }): SipRequest;
  readonly handler: ClientHandler;
};

const usualLimits: ConnectionLimits = { connections: 4096, connectionsPerAddress: 64 };
/** Phones that register by TCP keep their connection from one registration to the next. */
const usualTimes: ConnectionTimes = { messageMs: 32_000, idleMs: 2 * 60 * 60 * 1000 };

/** Registers phones. Rejects when the host or the port cannot be had. */
export async function startSipServer(options: SipServerOptions): Promise<SipServer> {
  const { host, port, onProblem = () => undefined, interfaces = networkInterfaces } = options;
  const counters = new Counters(counterNames);
  const stations = new Stations(options, counters);
  const watch = await AddressWatch.start({
    ...{ host, port, interfaces, engine: stations },
    onProblem: ({ text }) => onProblem({ code: 'address', text: `SIP: ${text}` }),
  }).catch(async (error: unknown) => {
    await stations.stop();
    throw new Error(`cannot serve SIP at ${host}:${port}: ${messageOf(error)}`, { cause: error });
  });
  return {
    get addresses() {
      return watch.addresses;
    },
    stats: () => ({ ...counters.counts, lastMalformed: stations.lastMalformed }),
    async request({ path, local, make, handler }) {
      const station = await stations.towards(path, local);
      const [address = '', from = ''] = station.local.split(':');
      station.transactions.request(make({ host: address, port: Number(from) }), path, handler);
    },
    async stop() {
      await watch.stop();
      await stations.stop();
    },
  };
}

/** A scanner sends thousands; the counters have them all. */
const tellMalformedMs = 60_000;

/** One station for each address. */
class Stations implements Engine {
  readonly #options: SipServerOptions;
  readonly #counters: Counters<CounterName>;
  readonly #limiter: RateLimiter;
  readonly #stations: AddressSockets<Station>;
  readonly #told = new ToldOnce();
  lastMalformed: Evidence | undefined;
  #toldMalformedAt = -Infinity;

  constructor(options: SipServerOptions, counters: Counters<CounterName>) {
    const { limit = defaultRateLimit } = options;
    this.#options = options;
    this.#counters = counters;
    this.#stations = new AddressSockets((address, port) => this.#open(address, port));
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        options.onProblem?.({ code: 'request-flood', text: `SIP: ${floodText(flood, limit)}` }),
    });
  }

  listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    return this.#stations.listen(addresses, port);
  }

  stop(): Promise<void> {
    return this.#stations.close();
  }

  /** Rejects where the server listens nowhere that leads there. */
  async towards({ address }: SipPath, local: string | undefined): Promise<Station> {
    const { all } = this.#stations;
    const known = all.find((station) => station.local === local);
    if (known) return known;
    const own = all.length > 1 ? await sourceTowards(address) : undefined;
    const found = all.find((station) => station.address === own) ?? all[0];
    if (!found) throw new Error(`no address of the SIP server leads to ${address}`);
    return found;
  }

  #open(address: string, port: number): Promise<Station> {
    const { handler, newToken, limits = usualLimits, times = usualTimes } = this.#options;
    const { timing = usualTiming } = this.#options;
    return Station.open({
      ...{ address, port, handler, newToken, limits, times, timing },
      ...{ counters: this.#counters, limiter: this.#limiter, after },
      onMalformed: (bytes, from, reason) => this.#malformed(bytes, from, reason),
      onError: (where, error) => this.#report(`SIP at ${where}: ${messageOf(error)}`),
    });
  }

  #malformed(bytes: Uint8Array, from: SipPath, reason: string): void {
    this.lastMalformed = evidenceAgainst(from, bytes, reason, this.#options.now());
    const now = performance.now();
    if (now - this.#toldMalformedAt < tellMalformedMs) return;
    this.#toldMalformedAt = now;
    const text = `SIP from ${from.address}:${from.port} cannot be read: ${reason}`;
    this.#options.onProblem?.({ code: 'malformed', text });
  }

  #report(text: string): void {
    if (this.#told.isNew(text)) this.#options.onProblem?.({ code: 'socket', text });
  }
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
}

/** The address that the system sends from; nothing is sent to find out. */
export async function sourceTowards(address: string): Promise<string> {
  const socket = createSocket('udp4');
  try {
    const connected = once(socket, 'connect');
    socket.connect(9, address);
    await connected;
    return socket.address().address;
  } finally {
    socket.close();
  }
}
