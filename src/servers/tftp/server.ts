import { networkInterfaces } from 'node:os';
import type { Engine } from '../engine.ts';
import type { Evidence } from '../evidence.ts';
import type { FileHandler } from '../file.ts';
import { messageOf } from '../message-of.ts';
import { defaultRateLimit, type RateLimit } from '../rate-limit.ts';
import { AddressWatch } from './address-watch.ts';
import { Counters, totals } from './counters.ts';
import type { Counts } from './counters.ts';
import { Listener } from './listener.ts';
import type { ListenerOptions } from './listener.ts';
import type { Interfaces } from './local-addresses.ts';
import { OpenFiles } from './open-files.ts';
import type { TransferLimits } from './open-files.ts';
import type { PoolWorkerOptions } from './pool-worker.ts';
import type { OnProblem } from './problem.ts';
import { bindUdp, closeUdp } from './udp.ts';
import { WorkerPool } from './worker-pool.ts';

export type TftpServerOptions = {
  /** An address or name; `0.0.0.0` stands for all IPv4 addresses of this machine. */
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  /** Threads that serve; up to 1 means this thread. */
  readonly workers: number;
  readonly handler: FileHandler;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly onProblem?: OnProblem;
  readonly limits?: Partial<TransferLimits>;
  /** Requests of one address; each thread counts those that come to it. */
  readonly rateLimit?: RateLimit;
  /**
   * Whether somebody is known to be at an address: it holds a lease, or is in the neighbour table.
   * Others may have forged it, and get little until they have acknowledged something.
   */
  readonly isKnown?: (address: string) => boolean;
};

export type TftpStats = Counts & { readonly lastMalformed: Evidence | undefined };

export type TftpServer = {
  /** Where it listens now: with `0.0.0.0`, addresses come and go. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  stats(): TftpStats;
  /** Aborts all transfers. Resolves when no socket and no thread is left. */
  stop(): Promise<void>;
};

/** What the server takes from the machine that it runs on. Tests hand in parts of another one. */
export type Machine = {
  readonly interfaces: () => Interfaces;
  /** Rejects where sockets cannot share a port. */
  readonly sharePort: () => Promise<void>;
  readonly workerScript: URL;
};

const thisMachine: Machine = {
  interfaces: networkInterfaces,
  sharePort: async () => closeUdp(await bindUdp('127.0.0.1', 0, { reusePort: true })),
  workerScript: new URL('worker.ts', import.meta.url),
};

const defaultLimits: TransferLimits = { transfers: 4096, transfersPerAddress: 256 };

/** Serves files to phones. Rejects when the host or the port cannot be had. */
export async function startTftpServer(
  options: TftpServerOptions,
  machineParts: Partial<Machine> = {},
): Promise<TftpServer> {
  const machine = { ...thisMachine, ...machineParts };
  const { host, port, handler, now = Date.now, onProblem = () => undefined } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { isKnown = () => false, rateLimit = defaultRateLimit } = options;
  const files = new OpenFiles({ handler, limits, isKnown, now, onProblem });
  let lastMalformed: Evidence | undefined;
  const onMalformed = (evidence: Evidence) => void (lastMalformed = evidence);

  const threads = await possibleThreads(options.workers, machine, onProblem);
  const shared = { files, rateLimit, onMalformed, onProblem };
  const { engine, counters } =
    threads > 1
      ? startPool(threads, { ...shared, script: machine.workerScript })
      : startListener({ ...shared, now });
  const { interfaces } = machine;
  const watch = await AddressWatch.start({ engine, host, port, onProblem, interfaces }).catch(
    async (error: unknown) => {
      await engine.stop();
      throw new Error(`cannot serve TFTP at ${host}:${port}: ${messageOf(error)}`, {
        cause: error,
      });
    },
  );
  return {
    get addresses() {
      return watch.addresses;
    },
    stats: () => ({ ...totals(counters), lastMalformed }),
    stop: async () => {
      await watch.stop();
      await engine.stop();
    },
  };
}

type Running = { readonly engine: Engine; readonly counters: readonly Counters[] };

function startListener(options: Omit<ListenerOptions, 'counters' | 'reusePort'>): Running {
  const counters = new Counters();
  const engine = new Listener({ ...options, counters, reusePort: false });
  return { engine, counters: [counters] };
}

function startPool(threads: number, options: PoolWorkerOptions): Running {
  const engine = new WorkerPool(threads, options);
  return { engine, counters: engine.workers.map(({ counters }) => counters) };
}

/** Several threads only where the system lets sockets share a port. */
async function possibleThreads(
  wanted: number,
  machine: Machine,
  onProblem: OnProblem,
): Promise<number> {
  if (wanted < 2) return 1;
  try {
    await machine.sharePort();
    return wanted;
  } catch (error) {
    const text = `one thread serves TFTP, not ${wanted}: sockets cannot share a port here (${messageOf(error)})`;
    onProblem({ code: 'single-thread', text });
    return 1;
  }
}
