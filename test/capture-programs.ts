import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile, readFile, chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/** A capture that tcpdump has made of a phone's part played by real programs. */
export type MadeCapture = {
  readonly file: string;
  readonly mac: string;
  /** Of the file that is fetched twice. */
  readonly bytes: number;
};

const size = 20_000;
const mac = '0010DBAA0001';

/**
 * Runs dnsmasq, udhcpc and curl in network namespaces of their own, joined by a veth pair, with
 * tcpdump beside them. Everything ends with the shell that made the namespaces.
 */
export async function captureOfPrograms(t: TestContext): Promise<MadeCapture | undefined> {
  for (const name of ['ip', 'tcpdump', 'dnsmasq', 'udhcpc', 'curl', 'unshare', 'nsenter'])
    if (requirePeer(t, name) === undefined) return undefined;
  if (process.getuid?.() !== 0) {
    t.skip('SKIPPED: namespaces need root');
    return undefined;
  }
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'root'));
  await writeFile(join(folder, 'root', 'P0S3-8-12-00.sb2'), Buffer.alloc(size, 7));
  await writeFile(join(folder, 'lease.sh'), leaseScript);
  await chmod(join(folder, 'lease.sh'), 0o755);
  await writeFile(join(folder, 'play.sh'), playScript);
  const child = spawn('unshare', ['-m', '-n', 'sh', 'play.sh'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collected(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`play.sh ended with ${code}: ${output()}`);
  const file = join(folder, 'made.pcap');
  const magic = (await readFile(file)).subarray(0, 4).toString('hex');
  if (magic !== 'd4c3b2a1') throw new Error(`tcpdump wrote ${magic}`);
  return { file, mac, bytes: size };
}

function collected(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

/** What udhcpc calls when it has an address. */
const leaseScript = `#!/bin/sh
[ "$1" = bound ] && ip addr add "$ip/24" dev "$interface"
exit 0
`;

/** Each program is ended by its number; waits are for what a program has done, not for a time. */
const playScript = `set -eu
until_true() { n=0; until "$@"; do n=$((n + 1)); [ $n -lt 600 ] || exit 9; sleep 0.05; done; }
ip link set lo up
ip link add server type veth peer name phone
ip link set phone address 00:10:db:aa:00:01
ip addr add 192.0.2.1/24 dev server
ip link set server up
unshare -n sleep 300 & other=$!
trap 'kill $other $dump $server 2>/dev/null || true' EXIT
dump= server=
other_is_apart() { [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
until_true other_is_apart
ip link set phone netns $other
there="nsenter -t $other -n"
$there ip link set lo up
$there ip link set phone up
tcpdump -i server -s 2048 -B 65536 --immediate-mode -U -w made.pcap not ip6 2>tcpdump.txt & dump=$!
until_true grep -q listening tcpdump.txt
dnsmasq --keep-in-foreground --log-facility=- --conf-file=/dev/null --port=0 --interface=server \\
  --bind-interfaces --dhcp-range=192.0.2.100,192.0.2.110,1h --dhcp-authoritative --no-ping \\
  --dhcp-leasefile="$PWD/leases" --dhcp-option=150,192.0.2.1,192.0.2.2 --dhcp-option=42,192.0.2.1 \\
  --dhcp-option=66,tftp.example --enable-tftp --tftp-root="$PWD/root" --user=root --pid-file= \\
  2>dnsmasq.txt & server=$!
until_true grep -q 'TFTP root' dnsmasq.txt
$there udhcpc -i phone -n -q -f -V 'Cisco Systems, Inc. IP Phone CP-7940G' -x hostname:SEP0010DBAA0001 \\
  -O 150 -O 66 -O 42 -s ./lease.sh >udhcpc.txt 2>&1
$there curl -s -o got tftp://192.0.2.1/P0S3-8-12-00.sb2
$there curl -s -o got --tftp-blksize 1400 tftp://192.0.2.1/P0S3-8-12-00.sb2
$there curl -s -o got tftp://192.0.2.1/CTLSEP0010DBAA0001.tlv && exit 8
kill $server
wait $server || true
server=
# The last packet of all: dnsmasq's answer about the missing file.
until_true grep -qa 'tlv not found for' made.pcap
kill -INT $dump
wait $dump || true
dump=
`;
