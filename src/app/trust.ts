import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isIPv4 } from 'node:net';
import type { WorkspaceConfig } from '../config.ts';
import type { Clock } from '../core/clock.ts';
import type { AddressSources } from '../core/identify.ts';
import { createSecretFilter } from '../core/trust/secret-filter.ts';
import { families } from '../families/index.ts';
import type { SettingValues } from '../model/settings.ts';
import { isInNetwork, parseIPv4Network } from '../wire/ipv4-network.ts';
import { hasNeighbours, openNeighbours } from './neighbours.ts';
import { secretSettings } from './secret-settings.ts';
import { configName, type OpenWorkspace } from './workspace.ts';

/** What other servers of ours know of addresses. */
export type ServerSources = Pick<AddressSources, 'leaseHolder' | 'switchPort' | 'registered'>;

/** Everybody who knows whose an address is. */
export function addressSources(
  { trust: { networks = [] } }: Pick<WorkspaceConfig, 'trust'>,
  clock: Clock,
  servers: ServerSources,
): AddressSources {
  const neighbours = openNeighbours(() => clock.now());
  return {
    ...servers,
    neighbour: (address) => neighbours.macOf(address),
    neighbourNow: (address) => neighbours.macNow(address),
    trusts: (address) => networks.some((network) => isInNetwork(network, address)),
  };
}

/** What an operator must hear before phones are left without their passwords. */
export async function trustProblems(
  workspace: OpenWorkspace,
  servers: ServerSources,
  hosts: readonly string[],
): Promise<readonly string[]> {
  const { config } = workspace;
  const inConfig = secretsOf(config);
  const canVerify =
    servers.leaseHolder !== undefined ||
    (config.trust.networks ?? []).length > 0 ||
    (hasNeighbours() && hosts.some((host) => !isLoopback(host)));
  return [
    ...(inConfig.length > 0 ? await openConfig(workspace, inConfig) : []),
    ...(canVerify || hosts.length === 0 ? [] : await blindly(workspace, inConfig)),
  ];
}

async function openConfig(
  { dir }: OpenWorkspace,
  [first = '']: readonly string[],
): Promise<readonly string[]> {
  const path = join(dir, configName);
  const { mode } = await stat(path);
  if ((mode & 0o077) === 0) return [];
  return [
    `${path} holds passwords (${first}) and other users of this machine may read it: chmod 600 ${path}`,
  ];
}

/** Nobody here can say whose an address is. */
async function blindly(
  workspace: OpenWorkspace,
  inConfig: readonly string[],
): Promise<readonly string[]> {
  const where = (inConfig.length > 0 && configName) || (await secretPlace(workspace));
  if (where === undefined) return [];
  return [
    `secret-withheld: ${where} has passwords, and nothing here can tell which phone is behind an address: every phone gets its files without them. Let hookflash give the addresses (dhcp), serve on the phones' own network, or name the networks that are trusted below trust: networks: in ${configName}`,
  ];
}

async function secretPlace({ store, handMade }: OpenWorkspace): Promise<string | undefined> {
  const phones = await store.phoneList();
  if (phones.some(({ settings }) => secretsIn(settings).length > 0)) return 'the inventory';
  const filter = createSecretFilter(families);
  for (const name of await handMade.list()) {
    const file = await handMade.read(name);
    if (file && filter(file).kind !== 'no-secrets') return `files/${name}`;
  }
  return undefined;
}

function secretsOf({ settings, sites, models, groups }: WorkspaceConfig): readonly string[] {
  const scoped = [sites, models, groups].flatMap((scope) => Object.values(scope));
  return [settings, ...scoped.map((each) => each.settings)].flatMap(secretsIn);
}

function secretsIn(values: SettingValues): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value !== '' && secretSettings.has(name) ? [name] : [],
  );
}

const loopback = parseIPv4Network('127.0.0.0/8');

function isLoopback(host: string): boolean {
  return isIPv4(host) ? isInNetwork(loopback, host) : host === 'localhost';
}
