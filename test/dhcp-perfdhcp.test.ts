import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leasesOnDisk } from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp } from './dhcp-site.ts';
import { requirePeer } from './peers.ts';
import { perfdhcp } from './perfdhcp.ts';

/** The full rate is in bench/dhcp.bench.ts: a test does not depend on how fast the machine is. */

test('perfdhcp: 300 exchanges a second of many clients without a drop, all of them on disk', async (t) => {
  const program = requirePeer(t, 'perfdhcp');
  const section = `
  networks:
    10.64.0.0/10:
      pools: 10.65.0.0-10.65.255.255
`;
  const site = await makeDhcpSite(t, section, '10.64.0.1/10');
  if (!site || program === undefined) return;
  site.client.ip('address', 'add', '10.64.0.2/10', 'dev', 'eth0');
  const server = await serveDhcp(t, site);
  const measured = await perfdhcp(site.client, program, {
    rate: 300,
    seconds: 3,
    clients: 100_000,
  });
  assert.deepEqual([measured.discoverDrops, measured.requestDrops], [0, 0]);
  assert.equal(await server.end(), 0);
  const leases = leasesOnDisk(site.dir);
  assert(leases.length >= measured.sent - 5, `${leases.length} leases of ${measured.sent} clients`);
  assert.equal(new Set(leases.map(({ mac }) => mac)).size, leases.length, 'one for each client');
});
