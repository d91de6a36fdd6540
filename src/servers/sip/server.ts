import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import type { ClientHandler } from '../../codec/sip/client-runner.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { usualTiming, type SipTiming } from '../../codec/sip/transaction-machine.ts';
import { hexOf } from '../evidence.ts';
import { defaultRateLimit, floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import { AddressWatch } from '../tftp/address-watch.ts';
import type { BindFailure, Engine } from '../tftp/listener.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import { type Evidence, messageOf } from '../tftp/problem.ts';
import { Counters } from '../counters.ts';
import { counterNames, type CounterName, type Counts } from './counters.ts';
import type { SipHandler } from './handler.ts';
import type { OnProblem } from './problem.ts';
import { Station } from './station.ts';
import type { ConnectionLimits } from './tcp-connections.ts';
import type { ConnectionTimes } from './tcp-connection.ts';

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

const mostReported = 100;
/** A scanner sends thousands; the counters have them all. */
const tellMalformedMs = 60_000;

/** One station for each address. */
class Stations implements Engine {
  readonly #options: SipServerOptions;
  readonly #counters: Counters<CounterName>;
  readonly #limiter: RateLimiter;
  readonly #stations = new Map<string, Station>();
  readonly #reported = new Set<string>();
  lastMalformed: Evidence | undefined;
  #toldMalformedAt = -Infinity;

  constructor(options: SipServerOptions, counters: Counters<CounterName>) {
    const { limit = defaultRateLimit } = options;
    this.#options = options;
    this.#counters = counters;
    this.#limiter = new RateLimiter({
      limit,
      onFlood: (flood) =>
        options.onProblem?.({ code: 'request-flood', text: `SIP: ${floodText(flood, limit)}` }),
    });
  }

  async listen(addresses: readonly string[], port: number): Promise<readonly BindFailure[]> {
    const gone = [...this.#stations.keys()].filter((address) => !addresses.includes(address));
    const added = addresses.filter((address) => !this.#stations.has(address));
    await Promise.all(gone.map((address) => this.#close(address)));
    const failures = await Promise.all(added.map((address) => this.#open(address, port)));
    return failures.filter((failure) => failure !== undefined);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#stations.keys()].map((address) => this.#close(address)));
  }

  /** Rejects where the server listens nowhere that leads there. */
  async towards({ address }: SipPath, local: string | undefined): Promise<Station> {
    const all = [...this.#stations.values()];
    const known = all.find((station) => station.local === local);
    if (known) return known;
    const own = all.length > 1 ? await sourceTowards(address) : undefined;
    const found = all.find((station) => station.address === own) ?? all[0];
    if (!found) throw new Error(`no address of the SIP server leads to ${address}`);
    return found;
  }

  async #open(address: string, port: number): Promise<BindFailure | undefined> {
    const { handler, newToken, limits = usualLimits, times = usualTimes } = this.#options;
    const { timing = usualTiming } = this.#options;
    try {
      const station = await Station.open({
        ...{ address, port, handler, newToken, limits, times, timing },
        ...{ counters: this.#counters, limiter: this.#limiter, after },
        onMalformed: (bytes, from, reason) => this.#malformed(bytes, from, reason),
        onError: (where, error) => this.#report('socket', `SIP at ${where}: ${messageOf(error)}`),
      });
      this.#stations.set(address, station);
      return undefined;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      return { address, code, message: messageOf(error) };
    }
  }

  async #close(address: string): Promise<void> {
    const station = this.#stations.get(address);
    this.#stations.delete(address);
    await station?.close();
  }

  #malformed(bytes: Uint8Array, { address, port }: SipPath, reason: string): void {
    const { length } = bytes;
    const hex = hexOf(bytes);
    this.lastMalformed = { at: this.#options.now(), address, port, reason, length, hex };
    const now = performance.now();
    if (now - this.#toldMalformedAt < tellMalformedMs) return;
    this.#toldMalformedAt = now;
    const text = `SIP from ${address}:${port} cannot be read: ${reason}`;
    this.#options.onProblem?.({ code: 'malformed', text });
  }

  /** Each thing once. */
  #report(code: 'socket', text: string): void {
    if (this.#reported.has(text)) return;
    if (this.#reported.size >= mostReported) this.#reported.clear();
    this.#reported.add(text);
    this.#options.onProblem?.({ code, text });
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
