import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hookflash, startHookflashUnder, temporaryFolder } from './hookflash-process.ts';
import type { Running } from './hookflash-process.ts';
import { makeNetwork } from './network-namespaces.ts';
import type { Namespace, Network, Scope } from './network-namespaces.ts';

/** A server and clients on one wire, in network namespaces: our own machine is not on it. */

/** RFC 5737: for documentation, on no network. */
export const serverAddress = '192.0.2.1';

export type DhcpSite = {
  readonly network: Network;
  /** Has `eth0` with `serverAddress`. */
  readonly server: Namespace;
  /** Has `eth0` without an address. */
  readonly client: Namespace;
  /** The workspace; temporary. */
  readonly dir: string;
};

/** The section `dhcp:` without its first line, indented. */
export type DhcpSection = string;

export const smallNetwork: DhcpSection = `
  lease: 8s
  lease_min: 2s
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.199
      routers: 192.0.2.1
      tftp: 192.0.2.1, 198.51.100.7
`;

/** Undefined, and the test skipped, where namespaces cannot be made. */
export async function makeDhcpSite(
  t: Scope,
  section: DhcpSection = smallNetwork,
  address = `${serverAddress}/24`,
): Promise<DhcpSite | undefined> {
  const network = makeNetwork(t);
  if (!network) return undefined;
  const [server, client] = [network.namespace('server'), network.namespace('client')];
  network.wire([server, 'eth0', '02:00:00:00:00:01'], [client, 'eth0', '02:00:00:00:0a:01']);
  server.ip('address', 'add', address, 'dev', 'eth0');
  const dir = join(await temporaryFolder(t), 'site');
  const { code, err } = await hookflash('init', dir);
  if (code !== 0) throw new Error(err);
  await appendFile(join(dir, 'hookflash.yaml'), `\ndhcp:${section}`);
  return { network, server, client, dir };
}

/** Starts the real server, on `eth0` where nothing else is said; ready when it resolves. */
export async function serveDhcp(
  t: Scope,
  { server, dir }: Pick<DhcpSite, 'server' | 'dir'>,
  flags: readonly string[] = ['--dhcp', 'eth0'],
  starter: readonly string[] = [],
): Promise<Running> {
  const words = [...server.starter, ...starter];
  const running = startHookflashUnder(t, words, 'serve', '--dir', dir, ...flags);
  await running.line(({ event }) => event === 'ready');
  return running;
}
