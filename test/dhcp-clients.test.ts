import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import {
  leasesOnDisk,
  startDhclient,
  startDhcpcd,
  startUdhcpc,
  type StartClient,
} from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp, smallNetwork } from './dhcp-site.ts';
import type { DhcpSite } from './dhcp-site.ts';
import { requirePeer } from './peers.ts';
import { temporaryFolder } from './hookflash-process.ts';

/** Real clients and the real server on a wire of their own. */

type Program = {
  readonly name: string;
  readonly program: string;
  readonly start: StartClient;
  /**
   * What its script hears when it got an address, renewed it, and renewed it from any server, which
   * not all of them have a word for.
   */
  readonly bound: readonly string[];
  readonly renewed: readonly string[];
  readonly rebound: readonly string[];
  readonly tftp: string;
  /** Whether it asks for its former address after a restart, and what it says then. */
  readonly reboots: boolean;
  readonly lease: string;
};

const addresses = '192.0.2.1 198.51.100.7';
const programs: readonly Program[] = [
  {
    name: 'busybox udhcpc',
    program: 'busybox',
    start: startUdhcpc,
    ...{ bound: ['bound'], renewed: ['renew'], rebound: ['renew'] },
    tftp: 'c0000201c6336407',
    reboots: false,
    lease: '122s',
  },
  {
    name: 'ISC dhclient',
    program: 'dhclient',
    start: startDhclient,
    ...{ bound: ['BOUND', 'REBOOT'], renewed: ['RENEW'], rebound: ['RENEW'] },
    tftp: addresses,
    reboots: true,
    lease: '12s',
  },
  {
    name: 'dhcpcd',
    program: 'dhcpcd',
    start: startDhcpcd,
    ...{ bound: ['BOUND', 'REBOOT'], renewed: ['RENEW'], rebound: ['REBIND'] },
    tftp: addresses,
    reboots: true,
    lease: '20s',
  },
];

async function setUp(t: TestContext, { program, lease }: Program) {
  const path = requirePeer(t, program);
  const site = path === undefined ? undefined : await makeDhcpSite(t, leaseOf(lease));
  if (!site || path === undefined) return undefined;
  return { site, path, folder: join(await temporaryFolder(t), 'client') };
}

function leaseOf(lease: string): string {
  return smallNetwork.replace('lease: 8s', `lease: ${lease}`);
}

/** Unicast to the server is lost, as where a firewall stands between. */
async function loseUnicast({ server }: DhcpSite): Promise<void> {
  const rules = `table ip lossy {
    chain input {
      type filter hook input priority 0;
      ip daddr 192.0.2.1 udp dport 67 counter drop
    }
  }`;
  const { code, err } = await server.run(['nft', rules]);
  assert.equal(code, 0, err);
}

async function state(dir: string, wanted: string): Promise<void> {
  for (let tries = 0; leasesOnDisk(dir)[0]?.state !== wanted; tries++) {
    assert(tries < 200, JSON.stringify(leasesOnDisk(dir)));
    await delay(25);
  }
}

describe('real clients', { concurrency: true }, () => {
  for (const each of programs)
    describe(each.name, { concurrency: true }, () => {
      test('gets an address and option 150, renews, and releases', async (t) => {
        const parts = await setUp(t, each);
        if (!parts) return;
        const { site, path, folder } = parts;
        await serveDhcp(t, site);
        const client = await each.start(site.client, path, folder);
        const bound = await client.next(each.bound);
        assert.equal(bound.tftp, each.tftp);
        assert.match(bound.address, /^192\.0\.2\.1\d\d$/);
        assert.deepEqual(leasesOnDisk(site.dir), [
          { address: bound.address, state: 'bound', mac: '020000000A01' },
        ]);
        await client.renew();
        const renewed = await client.next(each.renewed);
        assert.equal(renewed.address, bound.address);
        assert.equal(renewed.tftp, each.tftp);
        await client.release();
        await state(site.dir, 'released');
      });

      test('rebinds where the server is not reached by unicast', async (t) => {
        if (requirePeer(t, 'nft') === undefined) return;
        const parts = await setUp(t, each);
        if (!parts) return;
        const { site, path, folder } = parts;
        await serveDhcp(t, site);
        const client = await each.start(site.client, path, folder);
        const bound = await client.next(each.bound);
        await loseUnicast(site);
        await client.renew();
        assert.equal((await client.next(each.rebound)).address, bound.address);
        const { out } = await site.server.run(['nft', 'list', 'table', 'ip', 'lossy']);
        assert.match(out, /counter packets [1-9]/, 'it was asked by unicast before');
        assert.equal(leasesOnDisk(site.dir).length, 1);
      });

      test('comes back to its address, and to another one when the network has changed', async (t) => {
        const parts = await setUp(t, each);
        if (!parts) return;
        const { site, path, folder } = parts;
        const before = await serveDhcp(t, site);
        const first = await each.start(site.client, path, folder);
        const { address } = await first.next(each.bound);
        await first.kill();
        const second = await each.start(site.client, path, folder);
        const again = await second.next(each.bound, first.told().length);
        assert.equal(again.address, address);
        if (each.reboots) assert.equal(again.event, 'REBOOT', JSON.stringify(second.told()));
        await second.kill();
        await before.end();

        const file = join(site.dir, 'hookflash.yaml');
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.replaceAll('192.0.2.', '203.0.113.'));
        site.server.ip('address', 'flush', 'dev', 'eth0', 'scope', 'global');
        site.server.ip('address', 'add', '203.0.113.1/24', 'dev', 'eth0');
        await serveDhcp(t, site);
        const told = second.told().length;
        const third = await each.start(site.client, path, folder);
        const moved = await third.next(each.bound, told);
        assert.match(moved.address, /^203\.0\.113\./);
      });
    });
});
