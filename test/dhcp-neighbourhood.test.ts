import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import {
  leasesOnDisk,
  startDhclient,
  startDhcpcd,
  startUdhcpc,
  type StartClient,
} from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp, type DhcpSite } from './dhcp-site.ts';
import { hookflash, temporaryFolder } from './hookflash-process.ts';
import { capture, type Namespace } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';

/** Who else is on the wire: another DHCP server, somebody with an address of ours, kinds of clients. */

const phoneClass = 'Cisco Systems, Inc. IP Phone CP-7960G';
const network = `
  networks:
    192.0.2.0/24:
      pools: 192.0.2.100-192.0.2.119
      routers: 192.0.2.1
`;

/** A switch with the server on it, and as many others as there are names. */
function onSwitch({ network: net, client: middle }: DhcpSite, names: readonly string[]) {
  const made = names.map((name, index) => {
    const where = net.namespace(name);
    net.wire([where, 'eth0', `02:00:00:00:0d:0${index + 1}`], [middle, `port${index}`]);
    return where;
  });
  net.bridge(middle, 'switch', ['eth0', ...names.map((_, index) => `port${index}`)]);
  return made;
}

async function startDnsmasq(where: Namespace, program: string, folder: string, ignored: boolean) {
  where.ip('address', 'add', '192.0.2.2/24', 'dev', 'eth0');
  const phones = ['--dhcp-vendorclass=set:phone,Cisco Systems', '--dhcp-ignore=tag:phone'];
  const child = where.start(
    [
      ...[program, '--no-daemon', '--port=0', '--conf-file=/dev/null', '--user=root', '--no-ping'],
      ...['--log-dhcp', '--log-facility=-', '--dhcp-authoritative'],
      ...['--interface=eth0', '--bind-interfaces', `--dhcp-leasefile=${join(folder, 'leases')}`],
      ...[`--pid-file=${join(folder, 'pid')}`, '--dhcp-range=192.0.2.200,192.0.2.220,1h'],
      ...(ignored ? phones : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.on('exit', () => reject(new Error(said)));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('IP range')) resolve();
    });
  });
}

async function neighbours(t: TestContext, ignored: boolean) {
  const programs = ['dnsmasq', 'busybox', 'tshark', 'tcpdump'].map((name) => requirePeer(t, name));
  const site = await makeDhcpSite(t, `${network}  mode: phones-only\n`);
  const [dnsmasq, busybox, tshark] = programs;
  if (!site || !dnsmasq || !busybox || !tshark) return undefined;
  const [other, laptop, phone] = onSwitch(site, ['other', 'laptop', 'phone']);
  if (!other || !laptop || !phone) return assert.fail();
  const folder = await temporaryFolder(t);
  await startDnsmasq(other, dnsmasq, folder, ignored);
  return { site, laptop, phone, folder, busybox, tshark };
}

describe('beside dnsmasq', { concurrency: true }, () => {
  test('phones only: a laptop gets its address, a phone ours, and nobody is refused', async (t) => {
    const made = await neighbours(t, true);
    if (!made) return;
    const { site, laptop, phone, folder, busybox, tshark } = made;
    const seen = await capture(site.client, 'switch', join(folder, 'all.pcap'), 'udp port 67');
    await serveDhcp(t, site);
    const flags = ['-V', phoneClass];
    const clients = await Promise.all([
      startUdhcpc(laptop, busybox, join(folder, 'laptop')),
      startUdhcpc(phone, busybox, join(folder, 'phone'), { flags }),
    ]);
    const bound = await Promise.all(clients.map((client) => client.next(['bound'])));
    assert.match(bound[0]?.address ?? '', /^192\.0\.2\.2\d\d$/);
    assert.equal(bound[1]?.address, '192.0.2.100');
    for (const client of clients) await client.renew();
    const renewed = await Promise.all(clients.map((client) => client.next(['renew'])));
    assert.deepEqual(
      renewed.map(({ address }) => address),
      bound.map(({ address }) => address),
    );
    assert.deepEqual(
      leasesOnDisk(site.dir).map(({ address }) => address),
      ['192.0.2.100'],
    );
    await seen.stop();
    const words = ['-n', '-r', seen.file, '-T', 'fields', '-e', 'dhcp.option.dhcp'];
    const { out } = await site.server.run([tshark, ...words]);
    assert.ok(out.includes('5\n'), 'it was seen');
    assert.ok(!out.includes('6\n'), 'nobody is refused');
  });

  test('a server that answers phones too is found, with where it sends them', async (t) => {
    const made = await neighbours(t, false);
    if (!made) return;
    const running = await serveDhcp(t, made.site);
    const { finding } = (await running.line(
      ({ event, finding: each }) =>
        event === 'server-finding' && (each as { code: string }).code === 'dhcp-other-server',
    )) as { readonly finding?: { readonly text: string } };
    assert.match(
      finding?.text ?? '',
      /another DHCP server answers: 192\.0\.2\.2, which gives 192\./,
    );
  });
});

describe('an address that somebody else has', { concurrency: true }, () => {
  const rows: readonly (readonly [string, string, StartClient, readonly string[]])[] = [
    ['busybox udhcpc', 'busybox', startUdhcpc, ['bound']],
    ['dhcpcd', 'dhcpcd', startDhcpcd, ['BOUND']],
  ];
  for (const [name, program, start, bound] of rows)
    test(`${name} declines it, and gets another one`, async (t) => {
      const path = requirePeer(t, program);
      const site = await makeDhcpSite(t, network);
      if (!site || path === undefined) return;
      const [holder, phone] = onSwitch(site, ['holder', 'phone']);
      if (!holder || !phone) return assert.fail();
      holder.ip('address', 'add', '192.0.2.100/24', 'dev', 'eth0');
      const running = await serveDhcp(t, site);
      const found = running.line(({ event }) => event === 'server-finding');
      const folder = join(await temporaryFolder(t), 'client');
      const client = await start(phone, path, folder, { looks: true });
      assert.equal((await client.next(bound)).address, '192.0.2.101');
      assert.deepEqual(
        leasesOnDisk(site.dir).map(({ address, state }) => [address, state]),
        [
          ['192.0.2.100', 'declined'],
          ['192.0.2.101', 'bound'],
        ],
      );
      const { finding } = (await found) as { finding?: { code: string; text: string } };
      assert.equal(finding?.code, 'address-conflict');
      assert.match(finding.text, /192\.0\.2\.100/);
    });
});

describe('kinds of clients', { concurrency: true }, () => {
  const rules = `${network}      reservations:
        id:ff00112233000400aa: 192.0.2.77
  rules:
    - vendor_class: Nortel-i2004-*
      options:
        43: hex 80 03 61 00 ff
        128: text Nortel-i2004-A,192.0.2.30:4100,1,10;192.0.2.31:4100,1,10.
    - mac: 02:00:00:00:0a
      domain: prefix.example
    - model: '7960'
      label: site=lobby
      boot_file: lobby.bin
`;
  const nortel = 'Nortel-i2004-A,192.0.2.30:4100,1,10;192.0.2.31:4100,1,10.';

  type Environment = Readonly<Record<string, string>>;

  /** What dhclient hands to its script; it asks for no option of a rule. */
  async function givenTo(t: TestContext, lines: string, before?: (dir: string) => Promise<void>) {
    const program = requirePeer(t, 'dhclient');
    const site = await makeDhcpSite(t, rules);
    if (!site || program === undefined) return undefined;
    await before?.(site.dir);
    await serveDhcp(t, site);
    const folder = join(await temporaryFolder(t), 'client');
    const known = 'option nortel code 128 = string;';
    const client = await startDhclient(site.client, program, folder, {
      lines: `${known}\n${lines}`,
    });
    const { address } = await client.next(['BOUND']);
    const text = readFileSync(join(folder, 'told-BOUND'), 'utf8');
    const given: Environment = Object.fromEntries(
      text.split('\n').map((line) => {
        const at = line.indexOf('=');
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    return { address, given };
  }

  test('vendor class and MAC: option 43 and a Nortel string, byte for byte', async (t) => {
    const got = await givenTo(t, 'send vendor-class-identifier "Nortel-i2004-A";');
    if (!got) return;
    const { given } = got;
    assert.equal(given.new_vendor_encapsulated_options, '80:3:61:0:ff');
    const bytes = Buffer.from(nortel).toString('hex').match(/../g)?.join(':');
    assert.ok([nortel, bytes].includes(given.new_nortel), given.new_nortel);
    assert.equal(given.new_domain_name, 'prefix.example');
    assert.equal(given.new_bootfile_name, undefined);
  });

  test('another vendor class: neither', async (t) => {
    const got = await givenTo(t, 'send vendor-class-identifier "Nortel-i2002";');
    if (!got) return;
    assert.equal(got.given.new_nortel, undefined);
    assert.equal(got.given.new_vendor_encapsulated_options, undefined);
    assert.equal(got.given.new_domain_name, 'prefix.example');
  });

  test('model and label of the inventory', async (t) => {
    const got = await givenTo(t, '', async (dir) => {
      const words = ['--model', '7960', '--label', 'site=lobby', '--dir', dir];
      const { code, err } = await hookflash('phone', 'add', '020000000A01', ...words);
      assert.equal(code, 0, err);
    });
    if (!got) return;
    assert.equal(got.given.new_bootfile_name, 'lobby.bin');
    assert.equal(got.given.new_filename, 'lobby.bin');
  });

  test('a reservation by client id', async (t) => {
    const got = await givenTo(t, 'send dhcp-client-identifier ff:00:11:22:33:00:04:00:aa;');
    assert.ok(!got || got.address === '192.0.2.77', got?.address);
  });
});
