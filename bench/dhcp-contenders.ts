import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Lease } from '../src/model/lease.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { formatIPv4 } from '../src/wire/ipv4.ts';
import { parseMac } from '../src/wire/mac.ts';
import { makeDhcpSite, serveDhcp, type DhcpSite } from '../test/dhcp-site.ts';
import type { Scope } from '../test/network-namespaces.ts';
import { findProgram } from '../test/peers.ts';
import { relays, serverAddress } from './dhcp-load.ts';

/** A DHCP server on a wire of its own; `start` gives the reason where it cannot run here. */
export type DhcpContender = {
  readonly name: string;
  /** When an ACK leaves: after the lease is synced to disk, or after the system has it. */
  readonly durability: 'disk' | 'process';
  /** Exchanges a second that it may reach: where the search begins. */
  readonly guess: number;
  /** Leases in store when it starts; none when left out. */
  readonly stored?: number;
  readonly start: (scope: Scope) => Promise<ServedSite | string>;
};

/** With the process that serves it. */
export type ServedSite = DhcpSite & { readonly processId: number };

const cannot = 'network namespaces cannot be made here';

/** Of hookflash with few and with many leases in store the ratio is told, too. */
export const dhcpContenders: readonly DhcpContender[] = [
  ...([1000, 100_000] as const).map((stored) => ({
    ...({ name: 'hookflash', durability: 'disk', guess: 16_000 } as const),
    stored,
    start: (scope: Scope) => startHookflash(scope, 'disk', stored),
  })),
  {
    ...{ name: 'Kea, synced memfile', durability: 'disk', guess: 12_000 },
    start: (scope) => startKea(scope, true),
  },
  {
    ...{ name: 'hookflash', durability: 'process', guess: 16_000, stored: 1000 },
    start: (scope) => startHookflash(scope, 'process', 1000),
  },
  {
    ...{ name: 'Kea, memfile', durability: 'process', guess: 16_000 },
    start: (scope) => startKea(scope, false),
  },
  { name: 'dnsmasq', durability: 'process', guess: 300, start: startDnsmasq },
];

/** With so many leases of other clients in store, if any. */
export async function startHookflash(
  scope: Scope,
  durability: 'disk' | 'process',
  leases = 0,
): Promise<ServedSite | string> {
  const section = `
  durability: ${durability}
  lease: 1h
  networks:
    10.64.0.0/10:
      pools: 10.65.0.0-10.99.255.255
`;
  const site = await emptySite(scope, section);
  if (typeof site === 'string') return site;
  if (leases > 0) await fill(site.dir, leases);
  const { child } = await serveDhcp(scope, site);
  return { ...site, processId: child.pid ?? 0 };
}

async function emptySite(scope: Scope, section: string): Promise<DhcpSite | string> {
  const site = await makeDhcpSite(scope, section, `${serverAddress}/10`);
  if (!site) return cannot;
  for (const address of relays) site.client.ip('address', 'add', `${address}/10`, 'dev', 'eth0');
  return site;
}

/** Leases in the first addresses of the pool. */
async function fill(dir: string, count: number): Promise<void> {
  const now = Date.now();
  const leases = Array.from({ length: count }, (_, number): Lease => {
    const mac = parseMac(`0A0000${number.toString(16).padStart(6, '0')}`);
    return {
      ...{ address: formatIPv4(0x0a410000 + number), mac, clientId: `01${mac.toLowerCase()}` },
      ...{ state: 'bound', startedAt: now, expiresAt: now + 24 * 3_600_000 },
    };
  });
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  await store.leasesPut(leases);
  await store.close();
}

/** `synced`: every write to the lease file is on disk before Kea goes on, by the file's own attribute. */
async function startKea(scope: Scope, synced: boolean): Promise<ServedSite | string> {
  const program = findProgram('kea-dhcp4');
  if (!program) return 'kea-dhcp4 is not installed';
  const site = await emptySite(scope, '\n  networks:\n    10.64.0.0/10:\n      pools: 10.65.0.0\n');
  if (typeof site === 'string') return site;
  const leases = join(site.dir, 'kea-leases.csv');
  if (synced) {
    writeFileSync(leases, '');
    try {
      execFileSync('chattr', ['+S', leases], { stdio: 'pipe' });
    } catch (error) {
      return `its lease file cannot be made synchronous: ${(error as Error).message}`;
    }
  }
  const database = { type: 'memfile', persist: true, name: leases, 'lfc-interval': 0 };
  const file = join(site.dir, 'kea.json');
  const log = [{ output: join(site.dir, 'kea.log') }];
  const subnet = { id: 1, subnet: '10.64.0.0/10', pools: [{ pool: '10.65.0.0-10.99.255.255' }] };
  const configuration = {
    'interfaces-config': { interfaces: ['eth0'] },
    'lease-database': database,
    'valid-lifetime': 3600,
    subnet4: [subnet],
    loggers: [{ name: 'kea-dhcp4', severity: 'ERROR', output_options: log }],
  };
  writeFileSync(file, JSON.stringify({ Dhcp4: configuration }));
  const folders = [`KEA_PIDFILE_DIR=${site.dir}`, `KEA_LOCKFILE_DIR=${site.dir}`];
  const { pid: processId = 0 } = site.server.start(['env', ...folders, program, '-c', file]);
  await delay(2000);
  return { ...site, processId };
}

async function startDnsmasq(scope: Scope): Promise<ServedSite | string> {
  const program = findProgram('dnsmasq');
  if (!program) return 'dnsmasq is not installed';
  const site = await emptySite(scope, '\n  networks:\n    10.64.0.0/10:\n      pools: 10.65.0.0\n');
  if (typeof site === 'string') return site;
  const own = ['-k', '--conf-file=/dev/null', '--pid-file=', '--user=root', '--port=0'];
  const range = '--dhcp-range=10.65.0.0,10.99.255.255,255.192.0.0,1h';
  const leases = [`--dhcp-leasefile=${join(site.dir, 'leases')}`, '--dhcp-lease-max=1000000'];
  const usual = ['--interface=eth0', '--dhcp-authoritative', '--no-ping', range, ...leases];
  const { pid: processId = 0 } = site.server.start([program, ...own, ...usual]);
  await delay(1000);
  return { ...site, processId };
}
