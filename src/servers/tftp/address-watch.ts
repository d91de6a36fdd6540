import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { BindFailure, Engine } from '../engine.ts';
import { messageOf } from '../message-of.ts';
import { isWildcard, localAddresses } from './local-addresses.ts';
import type { Interfaces } from './local-addresses.ts';
import type { OnProblem } from './problem.ts';
import { bindUdp, closeUdp } from './udp.ts';

export type AddressWatchOptions = {
  readonly engine: Engine;
  readonly host: string;
  /** 0 picks one. */
  readonly port: number;
  readonly onProblem: OnProblem;
  readonly interfaces: () => Interfaces;
};

const rescanMs = 5000;
const maxAttempts = 20;

/** Has the engine listen at all addresses of a host, also at those that it gets later. */
export class AddressWatch {
  readonly #options: AddressWatchOptions;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #reported = new Set<string>();
  #addresses: readonly string[] = [];
  #scanning: Promise<unknown> = Promise.resolve();

  private constructor(options: AddressWatchOptions) {
    this.#options = options;
    if (isWildcard(options.host)) this.#timer = setInterval(() => this.#rescan(), rescanMs);
  }

  /** Rejects when the host or the port cannot be had. */
  static async start(options: AddressWatchOptions): Promise<AddressWatch> {
    const host = isIP(options.host) ? options.host : (await lookup(options.host)).address;
    for (let attempt = 1; ; attempt++) {
      const port = await freePort(host, options.port, options.interfaces);
      const watch = new AddressWatch({ ...options, host, port });
      const failure = (await watch.#scan()).find(({ code }) => !isHarmless(host, code));
      if (!failure) return watch;
      await watch.stop();
      const retries = options.port === 0 && failure.code === 'EADDRINUSE' && attempt < maxAttempts;
      if (!retries) throw new Error(failure.message);
      await options.engine.listen([], port);
    }
  }

  get addresses(): readonly { address: string; port: number }[] {
    return this.#addresses.map((address) => ({ address, port: this.#options.port }));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#scanning;
  }

  #rescan(): void {
    const report = (error: unknown) =>
      this.#options.onProblem({
        code: 'address',
        text: `cannot look for addresses: ${messageOf(error)}`,
      });
    this.#scanning = this.#scanning.then(() => this.#scan()).catch(report);
  }

  async #scan(): Promise<readonly BindFailure[]> {
    const { engine, host, port, interfaces } = this.#options;
    const wanted = localAddresses(host, interfaces);
    const failures = await engine.listen(wanted, port);
    const failed = new Set(failures.map(({ address }) => address));
    this.#addresses = wanted.filter((address) => !failed.has(address));
    for (const address of this.#addresses) this.#reported.delete(address);
    for (const failure of failures) this.#report(failure);
    return failures;
  }

  /** Once, until the address could be had again. */
  #report({ address, message }: BindFailure): void {
    if (this.#reported.has(address)) return;
    this.#reported.add(address);
    this.#options.onProblem({ code: 'address', text: `not listening at ${address}: ${message}` });
  }
}

/**
 * A port that is free at all of the host's addresses. Asked for without sharing, which threads that
 * share the port do not notice: that another server is on it. Rejects when there is none.
 */
async function freePort(host: string, port: number, interfaces: () => Interfaces): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await probe(host, port, localAddresses(host, interfaces));
    } catch (error) {
      const isTaken = codeOf(error) === 'EADDRINUSE';
      if (port !== 0 || !isTaken || attempt >= maxAttempts) throw error;
    }
  }
}

async function probe(host: string, port: number, addresses: readonly string[]): Promise<number> {
  const sockets = [];
  let chosen = port;
  try {
    for (const address of addresses) {
      const socket = await bindUdp(address, chosen).catch((error: unknown) => {
        if (!isHarmless(host, codeOf(error))) throw error;
      });
      if (!socket) continue;
      sockets.push(socket);
      chosen = socket.address().port;
    }
    return chosen;
  } finally {
    await Promise.all(sockets.map(closeUdp));
  }
}

/** An address may be on its way in or out while all of the machine's are taken. */
function isHarmless(host: string, code: string): boolean {
  return isWildcard(host) && code === 'EADDRNOTAVAIL';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
