import type { DhcpMessage } from '../../../codec/dhcp/dhcp-message.ts';
import type { DhcpSettings } from '../../../model/dhcp-settings.ts';
import type { Lease } from '../../../model/lease.ts';
import type { DhcpAnswer } from '../answer.ts';
import type { DhcpEvent } from '../dhcp-event.ts';
import { createLeaseTable } from '../lease-table.ts';
import { createLeaseWriter } from '../lease-writer.ts';
import { createDhcpService, type DhcpService, type DhcpServiceOptions } from '../service.ts';

type Waiting = { readonly apply: () => void; readonly done: PromiseWithResolvers<void> };

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
  const disk = new Map<string, Lease>();
  const clocks = { wall: 1_000_000_000, uptime: 0 };
  const events: DhcpEvent[] = [];
  const problems: unknown[] = [];
  let life = 0;
  let transactions = 0;
  let gate: Waiting[] = [];
  let soon: (() => void)[] = [];
  let service = start();

  function start(): DhcpService {
    const wait = (apply: () => void) => {
      transactions++;
      const done = Promise.withResolvers<void>();
      gate.push({ apply, done });
      return done.promise;
    };
    const store = {
      leasesPut: (leases: readonly Lease[]) =>
        wait(() => leases.forEach((lease) => disk.set(lease.address, lease))),
      leasesDelete: (addresses: readonly string[]) =>
        wait(() => addresses.forEach((address) => disk.delete(address))),
    };
    return createDhcpService({
      ...{ settings, whoIs: () => undefined, isOwn: () => false, tftp: undefined },
      ...{ offerLasts: 30_000, setAsideLasts: 600_000 },
      table: createLeaseTable(settings.networks, [...disk.values()]),
      writer: createLeaseWriter(store, (task) => soon.push(task)),
      clocks: { now: () => clocks.wall, uptime: () => clocks.uptime },
      onEvent: (event) => events.push(event),
      onProblem: (error) => problems.push(error),
      ...options,
    });
  }

  return {
    ...{ disk, clocks, events, problems },
    get transactions() {
      return transactions;
    },
    service: () => service,
    send(message, onAnswer = () => undefined) {
      const sender = life;
      const answer = service.handle(message, { fromAddress: '', fromPort: 68, localAddress });
      void Promise.resolve(answer).then((each) => {
        if (sender === life) onAnswer(each);
      });
    },
    async settle(how = 'done') {
      await turn();
      while (soon.length > 0 || gate.length > 0) {
        for (const task of soon.splice(0)) task();
        for (const { apply, done } of gate.splice(0)) {
          if (how === 'done') apply();
          if (how === 'done') done.resolve();
          else done.reject(new Error('the disk is full'));
        }
        await turn();
      }
    },
    async kill(isWritten) {
      for (const task of soon.splice(0)) task();
      life++;
      if (isWritten) for (const { apply } of gate) apply();
      gate = [];
      soon = [];
      await turn();
      service = start();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
