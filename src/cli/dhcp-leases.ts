import type { Lease } from '../model/lease.ts';
import { ipv4Number } from '../wire/ipv4.ts';
import { formatMac } from '../wire/mac.ts';
import { command, inWorkspace, withWorkspace, type MakeCommand } from './command.ts';
import { printable } from './printable.ts';
import { table } from './table.ts';

type Flags = { readonly dir: string; readonly all?: boolean; readonly json?: boolean };

/** What stands behind an address now. */
type Standing = Lease['state'] | 'expired';

export const dhcpLeases: MakeCommand = (cli) =>
  inWorkspace(command('leases', 'who holds which address, by address'))
    .option('--all', 'also those that have ended, which are kept for their old holders')
    .action((flags: Flags) =>
      withWorkspace(cli, flags.dir, async ({ store }) => {
        const { io, ops } = cli;
        const now = ops.now();
        const listed = (await store.leaseList())
          .toSorted((a, b) => ipv4Number(a.address) - ipv4Number(b.address))
          .map((lease) => ({ lease, standing: standingOf(lease, now) }))
          .filter(({ standing }) => flags.all === true || isHeld(standing));
        if (flags.json) return listed.forEach((each) => io.out(jsonLine(each)));
        if (listed.length === 0) return io.out('No leases.');
        const head = ['address', 'client', 'state', 'until', 'host name', 'vendor class'];
        io.out(table(head, listed.map(row)));
      }),
    );

type Listed = { readonly lease: Lease; readonly standing: Standing };

function standingOf({ state, expiresAt }: Lease, now: number): Standing {
  return state === 'released' || expiresAt > now ? state : 'expired';
}

/** Nobody else can have the address. */
function isHeld(standing: Standing): boolean {
  return standing === 'bound' || standing === 'declined';
}

/** `state` as it is now; no `expiresAt` for a lease that has no end. */
function jsonLine({ lease, standing }: Listed): string {
  const { expiresAt, startedAt, ...rest } = lease;
  return JSON.stringify({
    ...rest,
    state: standing,
    startedAt: new Date(startedAt).toISOString(),
    ...(expiresAt !== Infinity && { expiresAt: new Date(expiresAt).toISOString() }),
  });
}

function row({ lease, standing }: Listed): readonly string[] {
  const { address, mac, clientId, expiresAt, hostName = '', vendorClass = '' } = lease;
  const client = mac === undefined ? `id:${clientId}` : formatMac(mac);
  const until = expiresAt === Infinity ? 'for ever' : localTime(expiresAt);
  return [address, client, standing, until, printable(hostName), printable(vendorClass)];
}

/** `2026-03-08 03:00:00` where the program runs. */
function localTime(at: number): string {
  // The Swedish form is the ISO one.
  return new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium' }).format(at);
}
