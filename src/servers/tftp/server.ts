import { AddressWatch } from './address-watch.ts';
import { Counters, totals } from './counters.ts';
import type { Counts } from './counters.ts';
import type { FileHandler } from '../file.ts';
import { Listener } from './listener.ts';
import type { Engine } from './listener.ts';
import { OpenFiles } from './open-files.ts';
import type { TransferLimits } from './open-files.ts';
import { messageOf } from './problem.ts';
import type { Evidence, OnProblem } from './problem.ts';
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
};

export type TftpStats = Counts & { readonly lastMalformed: Evidence | undefined };

export type TftpServer = {
  /** Where it listens now: with `0.0.0.0`, addresses come and go. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  stats(): TftpStats;
  /** Aborts all transfers. Resolves when no socket and no thread is left. */
  stop(): Promise<void>;
};

const defaultLimits: TransferLimits = { transfers: 4096, transfersPerAddress: 256 };
const workerScript = new URL('worker.ts', import.meta.url);

/** Serves files to phones. Rejects when the host or the port cannot be had. */
export async function startTftpServer(options: TftpServerOptions): Promise<TftpServer> {
  const { host, port, handler, now = Date.now, onProblem = () => undefined } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const files = new OpenFiles({ handler, limits, now, onProblem });
  let lastMalformed: Evidence | undefined;
  const onMalformed = (evidence: Evidence) => void (lastMalformed = evidence);

  const shared = { files, onMalformed, onProblem };
  const threads = (await maySharePorts(options.workers, onProblem)) ? options.workers : 1;
  const { engine, counters } =
    threads > 1 ? startPool(threads, shared) : startListener(shared, now);
  const watch = await AddressWatch.start({ engine, host, port, onProblem }).catch(
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
type Shared = {
  readonly files: OpenFiles;
  readonly onMalformed: (evidence: Evidence) => void;
  readonly onProblem: OnProblem;
};

function startListener(shared: Shared, now: () => number): Running {
  const counters = new Counters();
  return {
    engine: new Listener({ ...shared, counters, now, reusePort: false }),
    counters: [counters],
  };
}

function startPool(threads: number, shared: Shared): Running {
  const pool = new WorkerPool(threads, { ...shared, script: workerScript });
  return { engine: pool, counters: pool.workers.map(({ counters }) => counters) };
}

/** Whether the system lets several sockets share a port, which several threads need. */
async function maySharePorts(workers: number, onProblem: OnProblem): Promise<boolean> {
  if (workers < 2) return false;
  try {
    await closeUdp(await bindUdp('127.0.0.1', 0, { reusePort: true }));
    return true;
  } catch (error) {
    const text = `one thread serves TFTP, not ${workers}: this system cannot share a port among sockets (${messageOf(error)})`;
    onProblem({ code: 'single-thread', text });
    return false;
  }
}
