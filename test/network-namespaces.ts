import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { requirePeer } from './peers.ts';

/** What a test, or a benchmark in its place, has for clearing up. */
export type Scope = {
  after(end: () => unknown): void;
  skip(reason?: string): void;
};

export type Finished = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

/** A machine of its own as far as its network goes. */
export type Namespace = {
  /** What starts a program in it: `ip netns exec NAME`. */
  readonly starter: readonly string[];
  /** `ip` with these words, on this namespace. Throws with what `ip` said. */
  ip(...words: readonly string[]): string;
  /** Runs a program to its end, at most `timeoutMs` long. */
  run(words: readonly string[], timeoutMs?: number): Promise<Finished>;
  /** Starts a program; ended at the latest with the scope. */
  start(words: readonly string[], options?: SpawnOptions): ChildProcess;
};

export type Network = {
  namespace(label: string): Namespace;
  /** A wire; each end is `[namespace, interface, MAC]`. Both are up afterwards. */
  wire(...ends: readonly [WireEnd, WireEnd]): void;
  /** A switch in a namespace, with the interfaces that were wired to it. */
  bridge(where: Namespace, name: string, ports: readonly string[]): void;
};

export type WireEnd = readonly [namespace: Namespace, interfaceName: string, mac?: string];

type Running = { readonly child: ChildProcess; readonly exited: Promise<unknown> };

/** A network on which nothing else is. Undefined, and the test skipped, where it cannot be made. */
export function makeNetwork(t: Scope): Network | undefined {
  const program = requirePeer(t, 'ip');
  if (program === undefined) return undefined;
  const ip = (...words: readonly string[]) =>
    execFileSync(program, words, { stdio: 'pipe', encoding: 'utf8' });
  const made: string[] = [];
  const running: Running[] = [];
  t.after(async () => {
    for (const { child } of running) if (isRunning(child)) child.kill('SIGKILL');
    await Promise.all(running.map(({ exited }) => exited));
    for (const name of made) ip('netns', 'delete', name);
  });
  const stem = `hf${process.pid}x${freeNumber(ip)}`;
  const reason = whyNot(ip, `${stem}-probe`);
  if (reason !== undefined) return cannot(t, reason);
  return {
    namespace(label) {
      const name = `${stem}-${label}`;
      ip('netns', 'add', name);
      made.push(name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
      return namespaceOf(name, program, running);
    },
    wire([from, fromName, fromMac], [to, toName, toMac]) {
      const toNamespace = to.starter.at(-1) ?? '';
      from.ip(...['link', 'add', fromName, 'type', 'veth'], 'peer', toName, 'netns', toNamespace);
      if (fromMac !== undefined) from.ip('link', 'set', fromName, 'address', fromMac);
      if (toMac !== undefined) to.ip('link', 'set', toName, 'address', toMac);
      from.ip('link', 'set', fromName, 'up');
      to.ip('link', 'set', toName, 'up');
    },
    bridge(where, name, ports) {
      where.ip('link', 'add', name, 'type', 'bridge', 'forward_delay', '0');
      where.ip('link', 'set', name, 'up');
      for (const port of ports) where.ip('link', 'set', port, 'master', name);
    },
  };
}

function namespaceOf(name: string, program: string, running: Running[]): Namespace {
  const starter = [program, 'netns', 'exec', name];
  const start = (words: readonly string[], options: SpawnOptions = {}): ChildProcess => {
    const [first = '', ...rest] = [...starter, ...words];
    const child = spawn(first, rest, { stdio: 'ignore', ...options });
    running.push({ child, exited: once(child, 'exit') });
    return child;
  };
  return {
    starter,
    start,
    ip: (...words) =>
      execFileSync(program, ['-n', name, ...words], { stdio: 'pipe', encoding: 'utf8' }),
    async run(words, timeoutMs = 60_000) {
      const child = start(words, { stdio: ['ignore', 'pipe', 'pipe'] });
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      const [out, err, [code]] = await Promise.all([
        textOf(child.stdout),
        textOf(child.stderr),
        once(child, 'exit') as Promise<[number | null]>,
      ]);
      clearTimeout(timer);
      return { code, out, err };
    },
  };
}

export type Capture = {
  readonly file: string;
  /** Resolves when all that was captured is in the file. */
  stop(): Promise<void>;
};

/** Records what an interface sends and hears, with tcpdump. Resolves when it has begun. */
export async function capture(
  where: Namespace,
  interfaceName: string,
  file: string,
  filter = 'udp',
): Promise<Capture> {
  // Room for what comes while the machine has no time for tcpdump: 64 MB.
  const words = ['tcpdump', '-Z', 'root', '-U', '--immediate-mode', '-s', '0', '-B', '65536'];
  const child = where.start([...words, '-i', interfaceName, '-w', file, filter], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const exited = once(child, 'exit');
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (said += text));
  while (!said.includes('listening on')) {
    if (!isRunning(child)) throw new Error(`tcpdump ended: ${said}`);
    await delay(5);
  }
  return {
    file,
    async stop() {
      await quiet(file);
      child.kill('SIGINT');
      await exited;
    },
  };
}

/** Waits until a file has not grown for a moment. */
async function quiet(file: string): Promise<void> {
  let length = -1;
  for (;;) {
    const now = (await readFile(file)).length;
    if (now === length) return;
    length = now;
    await delay(100);
  }
}

/** Undefined where namespaces and wires can be made; else why they cannot. */
function whyNot(ip: (...words: string[]) => string, name: string): string | undefined {
  try {
    ip('netns', 'add', name);
  } catch (error) {
    return `no network namespace can be made here: ${(error as Error).message}`;
  }
  try {
    ip('-n', name, 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1');
    return undefined;
  } catch (error) {
    return `no pair of interfaces can be made here: ${(error as Error).message}`;
  } finally {
    ip('netns', 'delete', name);
  }
}

/** Networks of one process do not meet each other. */
function freeNumber(ip: (...words: string[]) => string): number {
  const names = namespaceNames(ip);
  let number = 0;
  while (names.includes(`hf${process.pid}x${number}-`)) number++;
  return number;
}

function namespaceNames(ip: (...words: string[]) => string): string {
  try {
    return ip('netns', 'list');
  } catch {
    return '';
  }
}

function cannot(t: Scope, why: string): undefined {
  if (process.env.HOOKFLASH_REQUIRE_PEERS === '1') throw new Error(why);
  t.skip(`SKIPPED: ${why}`);
  return undefined;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const parts: string[] = [];
  if (stream) for await (const part of stream) parts.push(String(part));
  return parts.join('');
}
