import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { leasesOnDisk } from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp } from './dhcp-site.ts';
import { requirePeer } from './peers.ts';
import { perfdhcp, type ExchangeLoad, type ExchangeRate } from './perfdhcp.ts';

const section = `
  networks:
    10.64.0.0/10:
      pools: 10.65.0.0-10.66.255.255
`;

/**
 * Loads the server with new clients of perfdhcp. Nothing may be dropped, and every client has to have
 * its lease on disk. Undefined where the programs are missing.
 */
export async function exchangesWithoutDrops(
  t: TestContext,
  load: ExchangeLoad,
): Promise<ExchangeRate | undefined> {
  const program = requirePeer(t, 'perfdhcp');
  const site = await makeDhcpSite(t, section, '10.64.0.1/10');
  if (!site || program === undefined) return undefined;
  site.client.ip('address', 'add', '10.64.0.2/10', 'dev', 'eth0');
  const server = await serveDhcp(t, site);
  const measured = await perfdhcp(site.client, program, load);
  const { discoverDrops, requestDrops, sent } = measured;
  assert.deepEqual([discoverDrops, requestDrops], [0, 0], JSON.stringify(measured));
  assert.equal(await server.end(), 0);
  const leases = leasesOnDisk(site.dir);
  assert(leases.length >= sent - 5, `${leases.length} leases of ${sent} clients`);
  assert.equal(new Set(leases.map(({ mac }) => mac)).size, leases.length, 'one for each client');
  return measured;
}
