import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { clientMessage, type ClientWords } from '../src/core/dhcp/testing/messages.ts';
import { leasesOnDisk, startDhclient, startUdhcpc } from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp, type DhcpSite } from './dhcp-site.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { capture, type Namespace } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';

/** Clients behind ISC dhcrelay, in a network that the server has no interface in. */

const section = `
  lease: 12s
  lease_min: 2s
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.199
    198.51.100.0/24:
      pools: 198.51.100.10-198.51.100.99
      routers: 198.51.100.1
      tftp: 192.0.2.1, 198.51.100.7
`;
const sender = fileURLToPath(new URL('dhcp-sender.ts', import.meta.url));

type RelaySite = {
  readonly site: DhcpSite;
  /** Behind the relay agent: `eth0`, no address yet. */
  readonly phone: Namespace;
  /** On the server's own wire. */
  readonly local: Namespace;
  startRelay(): ChildProcess;
};

async function makeRelaySite(t: TestContext): Promise<RelaySite | undefined> {
  const program = requirePeer(t, 'dhcrelay');
  const site = await makeDhcpSite(t, section);
  if (!site || program === undefined) return undefined;
  const { network, server } = site;
  const [relay, phone] = [network.namespace('relay'), network.namespace('phone')];
  const local = network.namespace('local');
  // The wire of the site ends at `client`: a switch there joins all to the server.
  const middle = site.client;
  network.wire([relay, 'eth0'], [middle, 'eth1']);
  network.wire([local, 'eth0', '02:00:00:00:0c:01'], [middle, 'eth2']);
  network.bridge(middle, 'switch', ['eth0', 'eth1', 'eth2']);
  network.wire([relay, 'eth1'], [phone, 'eth0', '02:00:00:00:0b:01']);
  relay.ip('address', 'add', '192.0.2.2/24', 'dev', 'eth0');
  relay.ip('address', 'add', '198.51.100.1/24', 'dev', 'eth1');
  await relay.run(['sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  server.ip('route', 'add', '198.51.100.0/24', 'via', '192.0.2.2');
  const words = ['-4', '-d', '--no-pid', '-a', '-id', 'eth1', '-iu', 'eth0', '192.0.2.1'];
  return { site, phone, local, startRelay: () => relay.start([program, ...words]) };
}

/** Rows of values, for the messages of a capture that the filter lets through. */
async function fieldsOf(
  where: Namespace,
  program: string,
  file: string,
  filter: string,
  names: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const fields = names.flatMap((name) => ['-e', name]);
  const words = [program, '-n', '-r', file, '-Y', filter, '-T', 'fields', ...fields];
  const { code, out, err } = await where.run(words);
  assert.equal(code, 0, err);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}

describe('behind dhcrelay', { concurrency: true }, () => {
  for (const flags of [
    ['--dhcp', 'eth0'],
    ['--dhcp', '192.0.2.1:67'],
  ])
    test(`dhcrelay to ${flags.join(' ')}: get, renew across the router, release`, async (t) => {
      const clientProgram = requirePeer(t, 'dhclient');
      const tshark = requirePeer(t, 'tshark');
      const made = await makeRelaySite(t);
      if (!made || clientProgram === undefined || tshark === undefined) return;
      const { site, phone, startRelay } = made;
      const { server, dir } = site;
      await serveDhcp(t, site, flags);
      const agent = startRelay();
      const folder = join(await temporaryFolder(t), 'client');
      const client = await startDhclient(phone, clientProgram, folder);
      const { address, tftp } = await client.next(['BOUND']);
      assert.equal(address, '198.51.100.10');
      assert.equal(tftp, '192.0.2.1 198.51.100.7');
      assert.deepEqual(leasesOnDisk(dir), [{ address, state: 'bound', mac: '020000000B01' }]);

      // It would take a copy of what it routes to the server, and relay that as well.
      const ended = once(agent, 'exit');
      agent.kill();
      await ended;
      const seen = await capture(server, 'eth0', join(folder, 'across.pcap'), 'udp port 67');
      assert.equal((await client.next(['RENEW'])).address, address);
      await client.release();
      while (leasesOnDisk(dir)[0]?.state !== 'released') await new Promise(setImmediate);
      await seen.stop();
      const names = ['dhcp.option.dhcp', 'ip.src', 'ip.dst', 'dhcp.ip.relay', 'dhcp.ip.client'];
      const rows = await fieldsOf(server, tshark, seen.file, 'dhcp.ip.relay == 0.0.0.0', names);
      const direct = ['0.0.0.0', address];
      assert.deepEqual(rows.slice(0, 2), [
        ['3', address, '192.0.2.1', ...direct],
        ['5', '192.0.2.1', address, ...direct],
      ]);
      assert.deepEqual(rows.at(-1), ['7', address, '192.0.2.1', ...direct]);
    });

  test('two networks: each client gets an address of its own wire', async (t) => {
    const clientProgram = requirePeer(t, 'busybox');
    const made = await makeRelaySite(t);
    if (!made || clientProgram === undefined) return;
    const { site, phone, local, startRelay } = made;
    await serveDhcp(t, site);
    startRelay();
    const folder = await temporaryFolder(t);
    const clients = await Promise.all([
      startUdhcpc(local, clientProgram, join(folder, 'local')),
      startUdhcpc(phone, clientProgram, join(folder, 'phone')),
    ]);
    const bound = await Promise.all(clients.map((client) => client.next(['bound'])));
    assert.deepEqual(
      bound.map(({ address }) => address),
      ['192.0.2.100', '198.51.100.10'],
    );
    assert.equal(bound[1]?.tftp, 'c0000201c6336407');
  });

  test('relayed OFFER, ACK, NAK and INFORM: nothing malformed, and they arrive', async (t) => {
    const tshark = requirePeer(t, 'tshark');
    const made = await makeRelaySite(t);
    if (!made || tshark === undefined) return;
    const { site, phone, startRelay } = made;
    const { server } = site;
    await serveDhcp(t, site);
    startRelay();
    phone.ip('address', 'add', '198.51.100.50/24', 'dev', 'eth0');
    phone.ip('route', 'add', 'default', 'via', '198.51.100.1');
    const folder = await temporaryFolder(t);
    const seen = await capture(server, 'eth0', join(folder, 'relayed.pcap'), 'udp port 67');
    const heard = await capture(phone, 'eth0', join(folder, 'heard.pcap'), 'udp port 68');
    const asks: readonly ClientWords[] = [
      { type: 'discover', broadcast: true },
      { type: 'request', broadcast: true, options: { 50: '198.51.100.10', 54: '192.0.2.1' } },
      { type: 'request', client: 2, options: { 50: '10.9.9.9' } },
      { type: 'inform', client: 3, ciaddr: '198.51.100.50', options: { 55: '1 3 66 150' } },
    ];
    const messages = asks.map((words) => {
      const bytes = serializeDhcp(clientMessage(words));
      return `255.255.255.255:67=${Buffer.from(bytes).toString('hex')}`;
    });
    const { code, out, err } = await phone.run([process.execPath, sender, '68', ...messages]);
    assert.equal(code, 0, err);
    assert.equal(out.trim().split('\n').length, 4, out);
    await seen.stop();
    await heard.stop();

    const odd = '_ws.malformed || _ws.expert';
    assert.deepEqual(await fieldsOf(server, tshark, seen.file, odd, ['frame.number']), []);
    const answers = 'dhcp.type == 2';
    const names = ['dhcp.option.dhcp', 'ip.dst', 'udp.dstport', 'dhcp.ip.relay', 'dhcp.flags'];
    const relay = ['198.51.100.1', '67', '198.51.100.1', '0x8000'];
    assert.deepEqual(await fieldsOf(server, tshark, seen.file, answers, names), [
      ['2', ...relay],
      ['5', ...relay],
      ['6', ...relay],
      ['5', '198.51.100.50', '68', '198.51.100.1', '0x0000'],
    ]);
    assert.deepEqual(
      (await fieldsOf(phone, tshark, heard.file, answers, ['dhcp.option.dhcp'])).flat(),
      ['2', '5', '6', '5'],
    );
  });
});
