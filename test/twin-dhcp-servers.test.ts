import assert from 'node:assert/strict';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dnsmasq } from '../src/core/dhcp-snippet/dnsmasq.ts';
import { kea } from '../src/core/dhcp-snippet/kea.ts';
import { families } from '../src/families/index.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/**
 * Twins get their address from DHCP servers that no one here wrote, over a wire between two
 * namespaces, and their TFTP server by the lines that `dhcp snippet` has for these servers.
 */

const script = fileURLToPath(new URL('../bin/hookflash.ts', import.meta.url));
const net = { server: '10.77.0.1', phone: '10.77.0.2', port: '10.77.0.1:67' };
type Wire = { readonly ip: string; readonly server: string; readonly phone: string };

function wire(t: TestContext): Wire | undefined {
  const program = requirePeer(t, 'ip');
  if (program === undefined) return undefined;
  const ip = (...args: readonly string[]) => void execFileSync(program, args, { stdio: 'pipe' });
  const name = `hfd${process.pid}${counter(t)}`;
  const [server, phone] = [`${name}s`, `${name}p`];
  try {
    for (const namespace of [server, phone]) {
      ip('netns', 'add', namespace);
      t.after(() => ip('netns', 'delete', namespace));
    }
    ip('link', 'add', 'eth0', 'netns', server, 'type', 'veth', 'peer', 'eth0', 'netns', phone);
  } catch (error) {
    if (process.env.HOOKFLASH_REQUIRE_PEERS === '1') throw error;
    t.skip('SKIPPED: no network namespaces with a wire between them can be made here');
    return undefined;
  }
  for (const [namespace, address] of [
    [server, net.server],
    [phone, net.phone],
  ] as const) {
    ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0');
    for (const link of ['lo', 'eth0']) ip('-n', namespace, 'link', 'set', link, 'up');
  }
  return { ip: program, server, phone };
}

function counter({ name }: TestContext): string {
  return name.startsWith('Kea') ? 'k' : 'd';
}

function start(t: TestContext, { ip, server }: Wire, words: readonly string[], env = {}) {
  const child = spawn(ip, ['netns', 'exec', server, ...words], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  t.after(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

/** Until something listens at port 67. */
async function untilListening({ ip, server }: Wire, program: ChildProcess): Promise<void> {
  while (program.exitCode === null) {
    const ports = execFileSync(ip, ['netns', 'exec', server, 'cat', '/proc/net/udp']).toString();
    if (/:0043 /.test(ports)) return;
    await delay(50);
  }
  throw new Error(`the server ended with ${program.exitCode}`);
}

type Message = Readonly<Record<string, unknown>>;

/** The ACK that a twin gets; what it does afterwards does not matter. */
async function lease(t: TestContext, between: Wire, server: ChildProcess): Promise<Message> {
  await untilListening(between, server);
  const words = [
    ...[script, 'twin', 'boot', '--model', '7960', '--image', 'P003-07-5-00'],
    ...['--mac', '020000000d41', '--dhcp', net.port, '--time-scale', '0', '--json'],
  ];
  const program = ['netns', 'exec', between.phone, process.execPath];
  const twin = spawn(between.ip, [...program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => twin.kill('SIGKILL'));
  for await (const text of createInterface({ input: twin.stdout })) {
    const line = JSON.parse(text) as Message;
    if (line['event'] === 'dhcp' && line['message'] === 'ack') return line;
  }
  throw new Error('it ended without an ACK');
}

/** As `dhcp snippet` makes them. */
const wish = {
  addresses: ['10.77.0.8', '10.77.0.9'],
  vendorClasses: families.flatMap(({ dhcp }) => dhcp.vendorClasses),
} as const;

test('Kea gives a twin address and TFTP server', async (t) => {
  const program = requirePeer(t, 'kea-dhcp4');
  const between = program === undefined ? undefined : wire(t);
  if (program === undefined || between === undefined) return;
  const folder = await temporaryFolder(t);
  const run = join(folder, 'run');
  await mkdir(run);
  // The lines of `dhcp snippet`, with what every Kea has: JSON with comments.
  const text = kea
    .lines(wish)
    .join('\n')
    .replace(/^ *\/\/.*$/gm, '');
  const snippet = JSON.parse(text) as { readonly Dhcp4: object };
  const subnet = { subnet: '10.77.0.0/24', pools: [{ pool: '10.77.0.200-10.77.0.200' }] };
  const configuration = {
    Dhcp4: {
      ...snippet.Dhcp4,
      'interfaces-config': { interfaces: ['eth0'], 'dhcp-socket-type': 'udp' },
      'lease-database': { type: 'memfile', persist: false },
      subnet4: [subnet],
    },
  };
  const file = join(folder, 'kea.json');
  await writeFile(file, JSON.stringify(configuration));
  const child = start(t, between, [program, '-c', file], {
    KEA_PIDFILE_DIR: run,
    KEA_LOCKFILE_DIR: run,
  });
  const { address, server, tftp, tftpFrom } = await lease(t, between, child);
  assert.deepEqual(
    [address, server, tftp, tftpFrom],
    ['10.77.0.200', net.server, '10.77.0.8', 'option-150'],
  );
});

test('dnsmasq gives a twin address and TFTP server', async (t) => {
  const program = requirePeer(t, 'dnsmasq');
  const between = program === undefined ? undefined : wire(t);
  if (program === undefined || between === undefined) return;
  const folder = await temporaryFolder(t);
  const leases = join(folder, 'leases');
  const file = join(folder, 'phones.conf');
  await writeFile(file, `${dnsmasq.lines(wish).join('\n')}\n`);
  const child = start(t, between, [
    ...[program, '--keep-in-foreground', `--conf-file=${file}`, '--port=0', '--no-ping'],
    ...['--interface=eth0', '--bind-interfaces', `--dhcp-leasefile=${leases}`, '--user=root'],
    ...['--dhcp-range=10.77.0.201,10.77.0.201,255.255.255.0,1h'],
  ]);
  const { address, server, tftp, tftpFrom } = await lease(t, between, child);
  assert.deepEqual(
    [address, server, tftp, tftpFrom],
    ['10.77.0.201', net.server, '10.77.0.8', 'option-150'],
  );
});
