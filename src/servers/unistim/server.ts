import { networkInterfaces } from 'node:os';
import type { Mac } from '../../wire/mac.ts';
import { Counters } from '../counters.ts';
import { type Evidence, hexOf } from '../evidence.ts';
import { defaultRateLimit, floodText, type RateLimit, RateLimiter } from '../rate-limit.ts';
import { AddressWatch } from '../tftp/address-watch.ts';
import { type Interfaces, isWildcard } from '../tftp/local-addresses.ts';
import { messageOf } from '../message-of.ts';
import { type CounterName, counterNames, type Counts } from './counters.ts';
import type { UnistimPath } from './path.ts';
import type { OnProblem } from './problem.ts';
import {
  type LockState,
  UnistimService,
  type UnistimServiceOptions,
  type UnistimSession,
} from './service.ts';
import { Stations } from './stations.ts';

export type Listen = {
  /** An IPv4 address or name; `0.0.0.0` stands for all IPv4 addresses of this machine. */
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
};

export type UnistimServerOptions = Pick<
  UnistimServiceOptions,
  | 'handler'
  | 'files'
  | 'now'
  | 'isLocked'
  | 'utcOffsetMinutes'
  | 'assumptions'
  | 'limits'
  | 'timing'
> & {
  /** For UNIStim: 5000 where nothing else is known. */
  readonly signalling: Listen;
  /** For files by UFTP: 5105 where nothing else is known. */
  readonly uftp: Listen;
  /** Of datagrams that belong to no connection. */
  readonly limit?: RateLimit;
  /** Where phones are sent when the server stops, 0 for S1; they are not told where it is left out. */
  readonly failOverTo?: number;
  readonly onProblem?: OnProblem;
  readonly interfaces?: () => Interfaces;
};

export type UnistimStats = Counts & {
  /** Phones that are connected, whether they have said who they are or not. */
  readonly sessions: number;
  /** Connections at the port for files. */
  readonly fileConnections: number;
  readonly lastMalformed: Evidence | undefined;
};

type Address = { readonly address: string; readonly port: number };

export type UnistimServer = {
  /** Where it listens now: with `0.0.0.0`, addresses come and go. */
  readonly addresses: readonly Address[];
  readonly uftpAddresses: readonly Address[];
  readonly lockState: LockState;
  stats(): UnistimStats;
  sessions(): readonly UnistimSession[];
  /** New phones are refused; resolves when the last session has ended in order. */
  lock(): Promise<void>;
  unlock(): void;
  /** Has a phone start again. False where it is not connected. */
  reset(mac: Mac, how: 'soft' | 'hard'): boolean;
  /** Sends one phone, or all, to another server of their list, 0 for S1. Gives how many. */
  failOver(server: number, mac?: Mac): number;
  /** Resolves when no socket is left. */
  stop(): Promise<void>;
};

/** How often the server looks for what is due; nothing of UNIStim is more exact than seconds. */
const tickMs = 100;
/** A scanner sends thousands; the counters have them all. */
const tellMalformedMs = 60_000;

/** Serves phones that speak UNIStim. Rejects when a host or a port cannot be had. */
export async function startUnistimServer(options: UnistimServerOptions): Promise<UnistimServer> {
  const parts = assemble(options);
  const { service, signalling, uftp, ports } = parts;
  const timer = setInterval(() => service.tick(), tickMs);
  const stop = async () => {
    clearInterval(timer);
    await Promise.all([ports.signalling?.stop(), ports.uftp?.stop()]);
    if (options.failOverTo !== undefined) service.failOver(options.failOverTo);
    service.stop();
    await Promise.all([signalling.stop(), uftp.stop()]);
  };
  try {
    ports.uftp = await watch('UFTP', uftp, options.uftp, options);
    ports.signalling = await watch('UNIStim', signalling, options.signalling, options);
  } catch (error) {
    await stop();
    throw error;
  }
  return serverOf(parts, stop);
}

type Parts = {
  readonly service: UnistimService;
  readonly signalling: Stations;
  readonly uftp: Stations;
  readonly ports: Ports;
  readonly counters: Counters<CounterName>;
  readonly malformed: MalformedLog;
};

function assemble(options: UnistimServerOptions): Parts {
  const { onProblem = () => undefined, limit = defaultRateLimit } = options;
  const counters = new Counters(counterNames);
  const malformed = new MalformedLog(options.now, onProblem);
  const clock = () => performance.now();
  const ports: Ports = { signalling: undefined, uftp: undefined };
  const service: UnistimService = new UnistimService({
    ...options,
    ...{ counters, clock, onProblem },
    limiter: new RateLimiter({
      ...{ limit, now: clock },
      onFlood: (flood) =>
        onProblem({ code: 'request-flood', text: `UNIStim: ${floodText(flood, limit)}` }),
    }),
    transmit: (datagram, path) => signalling.send(datagram, path),
    transmitFile: (datagram, path) => uftp.send(datagram, path),
    fileServer: (local) => fileServerFor(local, options.uftp, ports.uftp),
    onMalformed: (datagram, path, reason) => malformed.tell(datagram, path, reason),
  });
  const signalling = new Stations({
    ...{ name: 'UNIStim', onProblem },
    onDatagram: (datagram, path) => service.receive(datagram, path),
  });
  const uftp = new Stations({
    ...{ name: 'UFTP', onProblem },
    onDatagram: (datagram, path) => service.receiveFile(datagram, path),
  });
  return { service, signalling, uftp, ports, counters, malformed };
}

function serverOf(
  { service, ports, counters, malformed }: Parts,
  stop: () => Promise<void>,
): UnistimServer {
  return {
    get addresses() {
      return ports.signalling?.addresses ?? [];
    },
    get uftpAddresses() {
      return ports.uftp?.addresses ?? [];
    },
    get lockState() {
      return service.lockState;
    },
    stats: () => ({
      ...counters.counts,
      ...{ sessions: service.sessions.length, fileConnections: service.fileConnections },
      lastMalformed: malformed.last,
    }),
    sessions: () => service.sessions,
    lock: () => service.lock(),
    unlock: () => service.unlock(),
    reset: (mac, how) => service.reset(mac, how),
    failOver: (server, mac) => service.failOver(server, mac),
    stop,
  };
}

type Ports = { signalling: AddressWatch | undefined; uftp: AddressWatch | undefined };

async function watch(
  name: string,
  engine: Stations,
  { host, port }: Listen,
  { onProblem = () => undefined, interfaces = networkInterfaces }: UnistimServerOptions,
): Promise<AddressWatch> {
  try {
    return await AddressWatch.start({
      ...{ host, port, engine, interfaces },
      onProblem: ({ text }) => onProblem({ code: 'address', text: `${name}: ${text}` }),
    });
  } catch (error) {
    const text = `cannot serve ${name} at ${host}:${port}: ${messageOf(error)}`;
    throw new Error(text, { cause: error });
  }
}

/** At the address that the phone came to, where files are served there too. */
function fileServerFor(local: string, { host, port }: Listen, watching: AddressWatch | undefined) {
  const addresses = watching?.addresses ?? [];
  const same = addresses.find(({ address }) => address === local);
  return same ?? addresses[0] ?? { address: isWildcard(host) ? local : host, port };
}

class MalformedLog {
  readonly #now: () => number;
  readonly #onProblem: OnProblem;
  last: Evidence | undefined;
  #toldAt = -Infinity;

  constructor(now: () => number, onProblem: OnProblem) {
    this.#now = now;
    this.#onProblem = onProblem;
  }

  tell(datagram: Uint8Array, { address, port }: UnistimPath, reason: string): void {
    const { length } = datagram;
    const hex = hexOf(datagram);
    const at = this.#now();
    this.last = { at, address, port, reason, length, hex };
    if (performance.now() - this.#toldAt < tellMalformedMs) return;
    this.#toldAt = performance.now();
    const text = `UNIStim from ${address}:${port} cannot be read: ${reason}`;
    this.#onProblem({ code: 'malformed', text });
  }
}
