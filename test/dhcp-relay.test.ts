import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { leasesOnDisk, startDhclient } from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp } from './dhcp-site.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/** Clients behind ISC dhcrelay, in a network that the server has no interface in. */

const section = `
  lease: 1h
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.199
    198.51.100.0/24:
      pools: 198.51.100.10-198.51.100.99
      routers: 198.51.100.1
      tftp: 192.0.2.1, 198.51.100.7
`;

for (const flags of [
  ['--dhcp', 'eth0'],
  ['--dhcp', '192.0.2.1:67'],
])
  test(`dhcrelay to ${flags.join(' ')}: get, renew across the router, release`, async (t) => {
    const relayProgram = requirePeer(t, 'dhcrelay');
    const clientProgram = requirePeer(t, 'dhclient');
    const site = await makeDhcpSite(t, section);
    if (!site || relayProgram === undefined || clientProgram === undefined) return;
    const { network, server, dir } = site;
    const [relay, phone] = [network.namespace('relay'), network.namespace('phone')];
    // The wire of the site ends at `client`: a switch there joins the relay to the server.
    const middle = site.client;
    network.wire([relay, 'eth0'], [middle, 'eth1']);
    network.bridge(middle, 'switch', ['eth0', 'eth1']);
    network.wire([relay, 'eth1'], [phone, 'eth0', '02:00:00:00:0b:01']);
    relay.ip('address', 'add', '192.0.2.2/24', 'dev', 'eth0');
    relay.ip('address', 'add', '198.51.100.1/24', 'dev', 'eth1');
    await relay.run(['sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
    server.ip('route', 'add', '198.51.100.0/24', 'via', '192.0.2.2');

    await serveDhcp(t, site, flags);
    const words = ['-4', '-d', '--no-pid', '-a', '-id', 'eth1', '-iu', 'eth0', '192.0.2.1'];
    relay.start([relayProgram, ...words]);
    const folder = join(await temporaryFolder(t), 'client');
    const client = await startDhclient(phone, clientProgram, folder);
    const { address, tftp } = await client.next(['BOUND']);
    assert.equal(address, '198.51.100.10');
    assert.equal(tftp, '192.0.2.1 198.51.100.7');
    assert.deepEqual(leasesOnDisk(dir), [{ address, state: 'bound', mac: '020000000B01' }]);
  });
