import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BootRequest } from '../src/model/boot.ts';
import { makeDhcpSite, serveDhcp, serverAddress } from './dhcp-site.ts';
import { requirePeer } from './peers.ts';

type Line = Readonly<Record<string, unknown>>;

/** A client that no one here wrote: the boot firmware of a PC, with DHCP and TFTP of its own. */

const mac = '02:00:00:00:0c:01';
const bootScript = `#!ipxe
echo script of \${net0/ip} from \${net0/next-server} by \${net0/dhcp-server}
`;

test('iPXE under qemu gets its address and its boot file', async (t) => {
  const program = requirePeer(t, 'qemu-system-x86_64');
  const section = `
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.199
      tftp: 192.0.2.1
      boot_file: boot.ipxe
`;
  const site = await makeDhcpSite(t, section);
  if (!site || program === undefined) return;
  const { client, dir } = site;
  await writeFile(join(dir, 'files', 'boot.ipxe'), bootScript);
  client.ip('tuntap', 'add', 'tap0', 'mode', 'tap');
  client.ip('link', 'set', 'tap0', 'up');
  site.network.bridge(client, 'switch', ['eth0', 'tap0']);
  const server = await serveDhcp(t, site, ['--dhcp', 'eth0', '--tftp', `${serverAddress}:69`]);
  const requestOf = (line: Line) => line.request as Partial<BootRequest> | undefined;
  const asked = server.line((line) => requestOf(line)?.path === 'boot.ipxe');

  const machine = [
    '-nodefaults',
    '-no-reboot',
    '-machine',
    'pc,accel=tcg,graphics=off',
    '-m',
    '64',
  ];
  const net = ['-netdev', 'tap,id=n0,ifname=tap0,script=no,downscript=no'];
  const card = ['-device', `virtio-net-pci,netdev=n0,mac=${mac},bootindex=1`];
  const console = ['-display', 'none', '-serial', 'stdio', '-vga', 'none'];
  const words = [program, ...machine, ...net, ...card, ...console, '-boot', 'n'];
  const child = client.start(words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = /script of 192\.0\.2\.100 from 192\.0\.2\.1 by 192\.0\.2\.1/;
  assert.match(await outputUntil(child, said), said, 'on the serial console');
  child.kill('SIGKILL');
  const { outcome, bytes } = requestOf(await asked) ?? {};
  assert.deepEqual({ outcome, bytes }, { outcome: 'sent', bytes: bootScript.length });
});

/** All that a program has written when it has written this, or has ended. */
async function outputUntil({ stdout }: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const part of stdout ?? []) {
    text += String(part);
    if (pattern.test(text)) break;
  }
  return text;
}
