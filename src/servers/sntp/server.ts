import { networkInterfaces } from 'node:os';
import { Counters } from '../counters.ts';
import { evidenceAgainst, type Evidence } from '../evidence.ts';
import { messageOf } from '../message-of.ts';
import { defaultRateLimit, type RateLimit } from '../rate-limit.ts';
import { AddressWatch } from '../tftp/address-watch.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import { type BroadcastPlan, Broadcasts } from './broadcasts.ts';
import { counterNames, type Counts } from './counters.ts';
import { clockFields, type HostClock } from './host-clock.ts';
import { Listener } from './listener.ts';
import type { OnProblem } from './problem.ts';
import { type Answered, Responder } from './responder.ts';

export type SntpServerOptions = {
  /** An IPv4 address or name; `0.0.0.0` stands for all IPv4 addresses of this machine. */
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  /** Milliseconds since the epoch, as exactly as the machine knows them. */
  readonly now: () => number;
  /** Asked for every answer: to be remembered, not found out. */
  readonly hostClock: () => HostClock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  /** Serves a clock that is not synchronised too, as one of this stratum: 1 to 15. */
  readonly localStratum?: number;
  /** Nothing is sent unasked where it is left out. The port is the server's own. */
  readonly broadcasts?: Omit<BroadcastPlan, 'port'>;
  readonly limit?: RateLimit;
  readonly onProblem?: OnProblem;
  /** Told of every request that was answered, with time or without. */
  readonly onAnswered?: (answered: Answered) => void;
  readonly interfaces?: () => Interfaces;
};

export type SntpStats = Counts & { readonly lastMalformed: Evidence | undefined };

export type SntpServer = {
  /** Where it listens now: with `0.0.0.0`, addresses come and go. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  stats(): SntpStats;
  /** Resolves when no socket is left. */
  stop(): Promise<void>;
};

/** Gives clients the time. Rejects when the host or the port cannot be had. */
export async function startSntpServer(options: SntpServerOptions): Promise<SntpServer> {
  const { host, port, now, hostClock, localStratum, random } = options;
  const { onProblem = () => undefined, interfaces = networkInterfaces } = options;
  const counters = new Counters(counterNames);
  let lastMalformed: Evidence | undefined;
  const fields = () => clockFields(hostClock(), localStratum);
  const responder = new Responder({
    ...{ now, fields, random, counters, onProblem },
    limit: options.limit ?? defaultRateLimit,
    onAnswered: options.onAnswered ?? (() => undefined),
    onMalformed(datagram, from, reason) {
      lastMalformed = evidenceAgainst(from, datagram, reason, now());
    },
  });
  const listener = new Listener({ interfaces, onProblem, onDatagram: responder.receive });
  const watch = await watchAddresses(listener, { host, port, onProblem, interfaces });
  const broadcasts = startBroadcasts(options, watch, {
    stations: () => listener.stations,
    ...{ fields, now },
    onSent: () => counters.add('broadcasts'),
  });
  return {
    get addresses() {
      return watch.addresses;
    },
    stats: () => ({ ...counters.counts, lastMalformed }),
    stop: async () => {
      responder.stop();
      await Promise.all([watch.stop(), broadcasts?.stop()]);
      await listener.stop();
    },
  };
}

type WatchOptions = Required<Pick<SntpServerOptions, 'host' | 'port' | 'onProblem' | 'interfaces'>>;

async function watchAddresses(engine: Listener, options: WatchOptions): Promise<AddressWatch> {
  const { onProblem, host, port } = options;
  try {
    return await AddressWatch.start({
      ...options,
      engine,
      onProblem: ({ text }) => onProblem({ code: 'address', text: `SNTP: ${text}` }),
    });
  } catch (error) {
    await engine.stop();
    const text = `cannot serve SNTP at ${host}:${port}: ${messageOf(error)}`;
    throw new Error(text, { cause: error });
  }
}

function startBroadcasts(
  { broadcasts, port }: SntpServerOptions,
  { addresses }: AddressWatch,
  context: ConstructorParameters<typeof Broadcasts>[1],
): Broadcasts | undefined {
  const { to = [], multicast = false } = broadcasts ?? {};
  if (!broadcasts || (to.length === 0 && !multicast)) return undefined;
  return new Broadcasts({ ...broadcasts, port: addresses[0]?.port ?? port }, context);
}
