import type { DhcpMessage } from '../../../codec/dhcp/dhcp-message.ts';
import type { DhcpSettings } from '../../../model/dhcp-settings.ts';
import type { Lease } from '../../../model/lease.ts';
import type { DhcpAnswer } from '../answer.ts';
import type { DhcpEvent } from '../dhcp-event.ts';
import { createLeaseTable } from '../lease-table.ts';
import { createLeaseWriter, type LeaseStore } from '../lease-writer.ts';
import { createDhcpService, type DhcpService, type DhcpServiceOptions } from '../service.ts';

/**
 * A server whose disk does nothing until it is told to, whose clocks are turned by hand, and that
 * loses everything but its disk when it is killed.
 */
export type KeptSite = {
  readonly disk: Map<string, Lease>;
  readonly clocks: { wall: number; uptime: number };
  readonly events: DhcpEvent[];
  readonly problems: unknown[];
  /** Transactions that the store was asked for. */
  readonly transactions: number;
  service(): DhcpService;
  /** `onAnswer` is called when an answer leaves; never by a server that was killed before. */
  send(message: DhcpMessage, onAnswer?: (answer: DhcpAnswer | undefined) => void): void;
  /** Transactions are done, or fail, until none waits. */
  settle(how?: 'done' | 'failed'): Promise<void>;
  /** The transaction that is under way may be on disk or not; nobody hears of it. */
  kill(isWritten: boolean): Promise<void>;
};

export function keptSite(
  settings: DhcpSettings,
  localAddress: string,
  options: Partial<DhcpServiceOptions> = {},
): KeptSite {
  const disk = createSlowDisk();
  const clocks = { wall: 1_000_000_000, uptime: 0 };
  const events: DhcpEvent[] = [];
  const problems: unknown[] = [];
  let life = 0;
  let service = start();

  function start(): DhcpService {
    return createDhcpService({
      ...{ settings, whoIs: () => undefined, isOwn: () => false, tftp: undefined },
      ...{ offerLasts: 30_000, setAsideLasts: 600_000 },
      table: createLeaseTable(settings.networks, [...disk.leases.values()]),
      writer: createLeaseWriter(disk, disk.soon),
      clocks: { now: () => clocks.wall, uptime: () => clocks.uptime },
      onEvent: (event) => events.push(event),
      onProblem: (error) => problems.push(error),
      ...options,
    });
  }

  return {
    ...{ disk: disk.leases, clocks, events, problems },
    get transactions() {
      return disk.transactions;
    },
    service: () => service,
    send(message, onAnswer = () => undefined) {
      const sender = life;
      const answer = service.handle(message, { fromAddress: '', fromPort: 68, localAddress });
      void Promise.resolve(answer).then((each) => {
        if (sender === life) onAnswer(each);
      });
    },
    settle: disk.settle,
    async kill(isWritten) {
      life++;
      await disk.kill(isWritten);
      service = start();
    },
  };
}

type Waiting = { readonly apply: () => void; readonly done: PromiseWithResolvers<void> };

type SlowDisk = LeaseStore &
  Pick<KeptSite, 'settle' | 'kill' | 'transactions'> & {
    readonly leases: Map<string, Lease>;
    readonly soon: (task: () => void) => void;
  };

function createSlowDisk(): SlowDisk {
  const leases = new Map<string, Lease>();
  let transactions = 0;
  let gate: Waiting[] = [];
  let tasks: (() => void)[] = [];

  function wait(apply: () => void): Promise<void> {
    transactions++;
    const done: Waiting['done'] = Promise.withResolvers();
    gate.push({ apply, done });
    return done.promise;
  }

  return {
    leases,
    get transactions() {
      return transactions;
    },
    soon: (task) => void tasks.push(task),
    leasesPut: (list) => wait(() => list.forEach((lease) => leases.set(lease.address, lease))),
    leasesDelete: (list) => wait(() => list.forEach((address) => leases.delete(address))),
    async settle(how = 'done') {
      await turn();
      while (tasks.length > 0 || gate.length > 0) {
        for (const task of tasks.splice(0)) task();
        for (const { apply, done } of gate.splice(0)) {
          if (how === 'done') apply();
          if (how === 'done') done.resolve();
          else done.reject(new Error('the disk is full'));
        }
        await turn();
      }
    },
    async kill(isWritten) {
      for (const task of tasks.splice(0)) task();
      if (isWritten) for (const { apply } of gate) apply();
      gate = [];
      tasks = [];
      await turn();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
