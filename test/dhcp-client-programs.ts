import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Namespace } from './network-namespaces.ts';

/** What a client's own script was told: a line of `event address option-150`. */
export type Told = { readonly event: string; readonly address: string; readonly tftp: string };

/** A real DHCP client at `eth0` of a namespace, kept in a folder of its own. */
export type DhcpClient = {
  /** Everything told so far. */
  told(): readonly Told[];
  /** Waits for the next event of one of these names after the first `after` lines. */
  next(events: readonly string[], after?: number): Promise<Told>;
  renew(): Promise<void>;
  release(): Promise<void>;
  /** Ends it without a release, as a loss of power does. */
  kill(): Promise<void>;
};

export type ClientExtras = {
  /** Further words of its command line. */
  readonly flags?: readonly string[];
  /** Further lines of its configuration. */
  readonly lines?: string;
  /** Whether it looks if somebody else has the address: then what it does without a word. */
  readonly looks?: true;
};

export type StartClient = (
  where: Namespace,
  program: string,
  folder: string,
  extras?: ClientExtras,
) => Promise<DhcpClient>;

const patienceMs = 30_000;

/** Option 150 as each of them shows it. */
const events = (event: string, address: string, tftp: string, before = '') => `#!/bin/sh
${before}
echo "${event}|${address}|${tftp}" >> "$TOLD"
`;

async function scriptIn(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await writeFile(file, text.replaceAll('$TOLD', join(folder, 'told')));
  await chmod(file, 0o755);
  return file;
}

function teller(folder: string): Pick<DhcpClient, 'told' | 'next'> {
  const told = (): readonly Told[] => {
    const lines = readOrNothing(join(folder, 'told')).split('\n').slice(0, -1);
    return lines.map((line) => {
      const [event = '', address = '', tftp = ''] = line.split('|');
      return { event, address, tftp };
    });
  };
  return {
    told,
    async next(wanted, after = 0) {
      const until = Date.now() + patienceMs;
      for (;;) {
        const found = told()
          .slice(after)
          .find(({ event }) => wanted.includes(event));
        if (found) return found;
        if (Date.now() > until)
          throw new Error(`no ${wanted.join(', ')}: ${JSON.stringify(told())}`);
        await delay(20);
      }
    },
  };
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** busybox udhcpc */
export const startUdhcpc: StartClient = async (where, program, folder, extras = {}) => {
  const text = `${events('$1', '$ip', '$opt150')}
case "$1" in
  deconfig) ip address flush dev eth0 scope global ;;
  bound|renew) ip address replace "$ip/$mask" dev eth0 ;;
esac
`;
  const script = await scriptIn(folder, 'script', text);
  const flags = ['-f', '-i', 'eth0', '-s', script, '-O', '150', '-t', '3', '-T', '1', '-A', '1'];
  const looks = extras.looks ? ['-a'] : [];
  const child = where.start([program, 'udhcpc', ...flags, ...looks, ...(extras.flags ?? [])]);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const signal = (name: NodeJS.Signals) => {
    child.kill(name);
    return Promise.resolve();
  };
  return {
    ...teller(folder),
    renew: () => signal('SIGUSR1'),
    release: () => signal('SIGUSR2'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** ISC dhclient */
export const startDhclient: StartClient = async (where, program, folder, extras = {}) => {
  // Before the event is told, so that it is there for whoever hears of that.
  const environment = 'env > "$TOLD-$reason"';
  const text = `${events('$reason', '$new_ip_address', '$new_tftp150', environment)}
case "$reason" in
  PREINIT|EXPIRE|FAIL|RELEASE|STOP) ip address flush dev eth0 scope global; ip link set eth0 up ;;
  BOUND|REBOOT|RENEW|REBIND) ip address replace "$new_ip_address/24" dev eth0
    if [ -n "$new_routers" ]; then ip route replace default via "$new_routers"; fi ;;
esac
`;
  const script = await scriptIn(folder, 'script', text);
  const configuration = `option tftp150 code 150 = array of ip-address;
request subnet-mask, routers, tftp150;
${extras.lines ?? ''}
retry 1; initial-interval 1; backoff-cutoff 2; reboot 30; timeout 10;
`;
  const file = await scriptIn(folder, 'dhclient.conf', configuration);
  const leases = join(folder, 'leases');
  const files = ['-lf', leases, '-pf', join(folder, 'pid'), '-cf', file];
  const words = [program, '-4', '-d', '-sf', script, ...files];
  const child = where.start([...words, 'eth0']);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const kill = async () => {
    // It tells its script first and writes the lease then.
    for (let tries = 0; tries < 200 && !isWritten(leases); tries++) await delay(25);
    child.kill('SIGKILL');
    await ended;
  };
  return {
    ...teller(folder),
    renew: () => Promise.resolve(),
    async release() {
      await where.run([...words, '-r', 'eth0'], patienceMs);
      await kill();
    },
    kill,
  };
};

function isWritten(leases: string): boolean {
  return existsSync(leases) && readFileSync(leases, 'utf8').includes('fixed-address');
}

/** dhcpcd, whose folders are its own by a mount that others do not see. */
export const startDhcpcd: StartClient = async (where, program, folder, extras = {}) => {
  const script = await scriptIn(
    folder,
    'script',
    events('$reason', '$new_ip_address', '$new_tftp150'),
  );
  const configuration = `define 150 array ipaddress tftp150
option tftp150
option subnet_mask, routers
ipv4only
noipv4ll
${extras.looks ? '' : 'noarp'}
clientid
reboot 2
`;
  const file = await scriptIn(folder, 'dhcpcd.conf', configuration);
  for (const name of ['db', 'run']) await mkdir(join(folder, name), { recursive: true });
  const own = [
    `mkdir -p /var/lib/dhcpcd /run/dhcpcd`,
    `mount --bind '${folder}/db' /var/lib/dhcpcd`,
    `mount --bind '${folder}/run' /run/dhcpcd`,
    'exec "$@"',
  ].join(' && ');
  const words = ['sh', '-c', own, 'sh', program, '-4', '-f', file, '-c', script];
  const child = where.start([...words, '-B', 'eth0']);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const command = async (flag: string): Promise<void> => {
    await where.run([...words, flag, 'eth0'], patienceMs);
  };
  return {
    ...teller(folder),
    renew: () => command('--renew'),
    async release() {
      await command('--release');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      await where.run(['sh', '-c', `kill -9 $(cat '${folder}'/run/*.pid)`]);
    },
  };
};

export type LeaseRow = { readonly address: string; readonly state: string; readonly mac: string };

/** What is on the disk of a workspace, read beside the server. */
export function leasesOnDisk(dir: string): readonly LeaseRow[] {
  const database = new DatabaseSync(join(dir, 'hookflash.db'), { readOnly: true, timeout: 5000 });
  try {
    const rows = database
      .prepare(
        `select (address >> 24) || '.' || ((address >> 16) & 255) || '.' || ((address >> 8) & 255)
          || '.' || (address & 255) as address, state, mac from leases order by leases.address`,
      )
      .all();
    return rows.map((row) => ({ ...row }) as LeaseRow);
  } finally {
    database.close();
  }
}
