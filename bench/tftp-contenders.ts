import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TestClient } from '../src/servers/tftp/testing/client.ts';
import { bindUdp, closeUdp } from '../src/servers/tftp/udp.ts';
import type { Peer } from '../src/servers/tftp/udp.ts';
import { findProgram } from '../test/peers.ts';

/** A server in a process of its own. */
export type Running = { readonly peer: Peer; readonly child: ChildProcess };

/** `start` gives the reason where the server cannot run here. */
export type Contender = {
  readonly name: string;
  readonly start: (folder: string) => Promise<Running | string>;
};

export const contenders: readonly Contender[] = [
  { name: 'hookflash, 1 thread', start: (folder) => startHookflash(folder, 1) },
  { name: 'hookflash, 2 threads', start: (folder) => startHookflash(folder, 2) },
  { name: 'tftpd-hpa', start: startTftpdHpa },
  { name: 'dnsmasq', start: startDnsmasq },
];

const host = '127.0.0.1';
/** dnsmasq serves TFTP at port 69 only, so it gets an address that nothing else uses. */
const dnsmasqHost = '127.0.0.69';

async function startHookflash(folder: string, workers: number): Promise<Running> {
  const script = fileURLToPath(new URL('tftp-server.ts', import.meta.url));
  const child = fork(script, [folder, `${workers}`]);
  const [peer] = (await once(child, 'message')) as [Peer];
  return { peer, child };
}

async function startTftpdHpa(folder: string): Promise<Running | string> {
  const program = findProgram('in.tftpd');
  if (!program) return 'in.tftpd is not installed';
  const probe = await bindUdp(host, 0);
  const { port } = probe.address();
  await closeUdp(probe);
  const args = ['--foreground', '--address', `${host}:${port}`, '--user', 'root'];
  return whenReady(spawn(program, [...args, '--secure', folder]), { address: host, port });
}

async function startDnsmasq(folder: string): Promise<Running | string> {
  const program = findProgram('dnsmasq');
  if (!program) return 'dnsmasq is not installed';
  if (process.getuid?.() !== 0) return 'dnsmasq serves at port 69 only, which wants root';
  const args = ['--keep-in-foreground', '--conf-file=/dev/null', '--pid-file=', '--user=root'];
  const tftp = ['--port=0', '--enable-tftp', `--tftp-root=${folder}`, '--tftp-max=1000'];
  const listen = [`--listen-address=${dnsmasqHost}`, '--bind-interfaces'];
  const peer = { address: dnsmasqHost, port: 69 };
  return whenReady(spawn(program, [...args, ...tftp, ...listen]), peer);
}

async function whenReady(child: ChildProcess, peer: Peer): Promise<Running | string> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    await using client = await TestClient.open();
    client.ask('no-such-file', peer);
    if (await client.nothingFor(100)) return { peer, child };
  }
  child.kill();
  return 'it does not answer';
}
