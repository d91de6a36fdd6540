import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FileAnswer, FileHandler } from '../src/servers/file.ts';
import { noRateLimit } from '../src/servers/rate-limit.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import type { TftpServer, TftpStats } from '../src/servers/tftp/server.ts';
import { download } from '../src/servers/tftp/testing/client.ts';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { FuzzingSocket } from './tftp-fuzzing-socket.ts';

export type FuzzOptions = {
  readonly datagrams: number;
  readonly seed: number;
  readonly workers: number;
};

export type FuzzReport = {
  readonly seconds: number;
  readonly stats: TftpStats;
  /** Datagrams to the server's port, and those that it has not counted. */
  readonly sent: number;
  readonly lost: number;
  readonly downloads: number;
  readonly opened: number;
  readonly closed: number;
  readonly problems: readonly string[];
  readonly heapGrowth: number;
  readonly rssGrowth: number;
  /** Sockets and timers that were not there before. */
  readonly leftOver: readonly string[];
  readonly failures: readonly string[];
};

const loopback = '127.0.0.1';
const fuzzingAddresses = Array.from({ length: 8 }, (_, index) => `127.0.0.${index + 2}`);
const batch = 400;
const parallelDownloads = 4;
const warmUpShare = 0.3;
const maxHeapGrowth = 16 * 2 ** 20;
/** For each thread: only the main one's heap is collected before it is measured. */
const maxRssGrowth = 128 * 2 ** 20;

const files = {
  small: randomBytes(700, seededRandom(1)),
  large: randomBytes(100_000, seededRandom(2)),
};

/** Sends bad datagrams to a server of its own, while good transfers go on beside them. */
export async function fuzzTftpServer(options: FuzzOptions): Promise<FuzzReport> {
  const startedAt = performance.now();
  const resources = countResources();
  const problems: string[] = [];
  const handler = countingHandler();
  const server = await startTftpServer({
    ...{ host: loopback, port: 0, workers: options.workers, handler },
    rateLimit: noRateLimit,
    onProblem: ({ text }) => problems.push(text),
  });
  const peer = server.addresses[0]!;
  const random = seededRandom(options.seed);
  const open = (address: string) => FuzzingSocket.open(address, peer, Object.keys(files), random);
  const sockets = await Promise.all(fuzzingAddresses.map(open));
  const downloads = startDownloads(peer);

  const warmUp = Math.floor(options.datagrams * warmUpShare);
  const attack = new Attack(server, sockets, downloads);
  await attack.send(warmUp);
  const before = memory();
  await attack.send(options.datagrams - warmUp);
  await downloads.stop();
  await abortTransfers(server, sockets);
  await attack.settle();
  const after = memory();

  const stats = server.stats();
  await Promise.all([...sockets.map((socket) => socket.close()), server.stop()]);
  // A closed handle is one of the loop's for another turn.
  for (let turns = 0; turns < 3; turns++) await nextTurn();
  const report = {
    seconds: (performance.now() - startedAt) / 1000,
    ...{ stats, sent: attack.sent, lost: attack.sent - stats.received },
    ...{ downloads: downloads.done, opened: handler.opened, closed: handler.ended, problems },
    ...{ heapGrowth: after.heap - before.heap, rssGrowth: after.rss - before.rss },
    leftOver: newResources(resources),
  };
  return { ...report, failures: [...downloads.failures, ...failuresOf(report, options.workers)] };
}

function failuresOf(report: Omit<FuzzReport, 'failures'>, workers: number): string[] {
  const { stats, opened, closed, problems, sent, lost, leftOver } = report;
  const kinds = stats.requests + stats.duplicates + stats.refused + stats.malformed + stats.ignored;
  const ends = stats.dropped + stats.sent + stats.missing + stats.aborted + stats.timedOut;
  const checks: readonly [boolean, string][] = [
    [report.downloads > 0, 'no good transfer was completed'],
    [lost >= 0 && lost <= sent / 1000, `${lost} of ${sent} datagrams were not counted`],
    [kinds === stats.received, `${stats.received} received, but ${kinds} accounted for`],
    [ends === stats.requests, `${stats.requests} requests, but ${ends} ended`],
    [stats.open === 0, `${stats.open} transfers are left`],
    [opened === closed, `${opened} files were opened, ${closed} closed`],
    [problems.length === 0, `problems were reported, the first: ${problems[0] ?? ''}`],
    [report.heapGrowth <= maxHeapGrowth, `the heap grew by ${report.heapGrowth} bytes`],
    [report.rssGrowth <= maxRssGrowth * workers, `the process grew by ${report.rssGrowth} bytes`],
    [leftOver.length === 0, `left over: ${leftOver.join(', ')}`],
  ];
  return checks.filter(([isFine]) => !isFine).map(([, failure]) => failure);
}

/** Sends no faster than the server counts, so that the kernel has no reason to drop anything. */
class Attack {
  readonly #server: TftpServer;
  readonly #sockets: readonly FuzzingSocket[];
  readonly #downloads: Downloads;
  #fuzzed = 0;
  #given = 0;

  constructor(server: TftpServer, sockets: readonly FuzzingSocket[], downloads: Downloads) {
    this.#server = server;
    this.#sockets = sockets;
    this.#downloads = downloads;
  }

  /** Datagrams to the server's port, the good ones too. */
  get sent(): number {
    return this.#fuzzed + this.#downloads.asked;
  }

  async send(count: number): Promise<void> {
    const end = this.#fuzzed + count;
    while (this.#fuzzed < end) {
      const size = Math.min(batch, end - this.#fuzzed);
      for (let at = 0; at < size; at++)
        this.#sockets[this.#fuzzed++ % this.#sockets.length]!.fuzz();
      await this.settle();
    }
  }

  /** Until all is counted; gives up what stays uncounted for a second. */
  async settle(): Promise<void> {
    const waitingSince = performance.now();
    while (this.#server.stats().received + this.#given < this.sent) {
      await nextTurn();
      if (performance.now() - waitingSince > 1000)
        this.#given = this.sent - this.#server.stats().received;
    }
  }
}

type Downloads = {
  readonly asked: number;
  readonly done: number;
  readonly failures: readonly string[];
  stop(): Promise<void>;
};

/** Reads files over and over, with and without options, and compares them. */
function startDownloads(peer: { address: string; port: number }): Downloads {
  const counts = { asked: 0, done: 0 };
  const failures: string[] = [];
  const variants: readonly Record<string, number>[] = [
    {},
    { blksize: 1400, tsize: 0 },
    { windowsize: 8 },
    { blksize: 64, windowsize: 3 },
  ];
  let isStopped = false;
  const readOn = async (): Promise<void> => {
    while (!isStopped) {
      const name = counts.asked % 2 === 0 ? 'small' : 'large';
      const options = variants[counts.asked++ % variants.length]!;
      const file = await download(peer, name, { options });
      const isSame = 'bytes' in file && Buffer.compare(file.bytes, files[name]) === 0;
      if (isSame) counts.done++;
      else failures.push(`"${name}" with ${JSON.stringify(options)} came wrong`);
    }
  };
  const readers = Array.from({ length: parallelDownloads }, () =>
    readOn().catch((error: unknown) => void failures.push(`a transfer failed: ${String(error)}`)),
  );
  return {
    get asked() {
      return counts.asked;
    },
    get done() {
      return counts.done;
    },
    failures,
    stop: async () => {
      isStopped = true;
      await Promise.all(readers);
    },
  };
}

/** Transfers whose client was a fuzzing socket would wait for it for half a minute. */
async function abortTransfers(
  server: TftpServer,
  sockets: readonly FuzzingSocket[],
): Promise<void> {
  for (let waited = 0; server.stats().open > 0 && waited < 60_000; waited += 100) {
    for (const socket of sockets) socket.abortTransfers();
    await delay(100);
  }
}

function countingHandler(): FileHandler & { opened: number; ended: number } {
  return {
    opened: 0,
    ended: 0,
    open({ path }): Promise<FileAnswer> {
      this.opened++;
      const bytes = Object.hasOwn(files, path) ? files[path as keyof typeof files] : undefined;
      const ticket = '';
      return Promise.resolve(
        bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket },
      );
    },
    closed() {
      this.ended++;
    },
  };
}

function memory(): { heap: number; rss: number } {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, rss };
}

function countResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo())
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function newResources(before: ReadonlyMap<string, number>): string[] {
  const relevant = [...countResources()].filter(([name]) =>
    /UDP|Timeout|Worker|Message/.test(name),
  );
  return relevant
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name, count]) => `${count - (before.get(name) ?? 0)} ${name}`);
}
