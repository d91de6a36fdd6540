import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './hookflash-process.ts';
import { makeNetwork } from './network-namespaces.ts';
import type { Namespace } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';
import { withSocketOf } from './socket-activation.ts';

/** What Node's sockets hear and where their answers go, on links without any route. */

const script = fileURLToPath(new URL('dhcp-small-server.ts', import.meta.url));
const node = realpathSync(process.execPath);

type Line = Readonly<Record<string, unknown>>;

/** A server with two interfaces, 192.0.2.1 and 198.51.100.1, and a client on each. */
function twoLinks(t: TestContext) {
  const network = makeNetwork(t);
  const client = requirePeer(t, 'busybox');
  if (!network || client === undefined) return undefined;
  const [server, phones, office] = ['server', 'phones', 'office'].map(network.namespace);
  if (!server || !phones || !office) return assert.fail();
  network.wire([server, 'eth0'], [phones, 'eth0', '02:00:00:00:00:01']);
  network.wire([server, 'eth1'], [office, 'eth0', '02:00:00:00:00:02']);
  server.ip('address', 'add', '192.0.2.1/24', 'dev', 'eth0');
  server.ip('address', 'add', '198.51.100.1/24', 'dev', 'eth1');
  assert.equal(server.ip('route', 'show', 'default'), '');
  const asks = async (where: Namespace): Promise<string> => {
    const flags = ['-f', '-i', 'eth0', '-n', '-q', '-t', '2', '-T', '1', '-s', '/bin/true'];
    const { out, err } = await where.run([client, 'udhcpc', ...flags]);
    return /lease of (\S+) obtained/.exec(out + err)?.[1] ?? 'none';
  };
  return { server, phones, office, asks };
}

/** Starts the small server for an interface, by other words where they are said. */
function startServer(
  where: Namespace,
  interfaceName: string,
  address: string,
  words = [] as readonly string[],
) {
  const child = where.start([...words, node, script, interfaceName, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const takers = new Set<() => void>();
  createInterface({ input: child.stdout! }).on('line', (text) => {
    lines.push(JSON.parse(text) as Line);
    for (const take of takers) take();
  });
  const line = (check: (line: Line) => boolean) =>
    new Promise<Line>((resolve, reject) => {
      child.on('exit', () => setTimeout(() => reject(new Error(JSON.stringify(lines))), 100));
      const look = () => {
        const found = lines.find(check);
        if (found) resolve(found);
      };
      takers.add(look);
      look();
    });
  return { lines, line };
}

test('one interface: broadcasts from 0.0.0.0 are heard, and answered by it without a route', async (t) => {
  const site = twoLinks(t);
  if (!site) return;
  site.server.ip('link', 'set', 'eth1', 'down');
  const { line, lines } = startServer(site.server, 'eth0', '192.0.2.77');
  const ready = await line(({ event }) => event !== 'message');
  assert.deepEqual(ready, { event: 'ready', address: '192.0.2.1', port: 67 });
  assert.equal(await site.asks(site.phones), '192.0.2.77');
  const asked = lines.filter(({ event }) => event === 'message');
  const from = { fromAddress: '0.0.0.0', fromPort: 68, localAddress: '192.0.2.1' };
  assert.deepEqual(asked, [
    { event: 'message', type: 'discover', ...from },
    { event: 'message', type: 'request', ...from },
  ]);
});

test('several interfaces: that they cannot be told apart is said; answers leave by the right one', async (t) => {
  const site = twoLinks(t);
  if (!site) return;
  const { line, lines } = startServer(site.server, 'eth1', '198.51.100.77');
  const { code, text } = await line(({ event }) => event === 'problem');
  assert.equal(code, 'other-interfaces');
  assert.match(String(text), /come by eth0 are taken for those of eth1/);
  assert.deepEqual(await Promise.all([site.asks(site.office), site.asks(site.phones)]), [
    '198.51.100.77',
    'none',
  ]);
  assert(lines.filter(({ type }) => type === 'discover').length > 1, 'both are heard');
});

test('a socket of systemd hears and answers its interface alone', async (t) => {
  const site = twoLinks(t);
  const python = requirePeer(t, 'python3');
  if (!site || python === undefined) return;
  const folder = await temporaryFolder(t);
  for (const [interfaceName, address] of [
    ['eth0', '192.0.2.77'],
    ['eth1', '198.51.100.77'],
  ] as const) {
    const words = await withSocketOf(python, interfaceName, folder);
    const { line } = startServer(site.server, interfaceName, address, words);
    await line(({ event }) => event === 'ready');
  }
  assert.deepEqual(await Promise.all([site.asks(site.phones), site.asks(site.office)]), [
    '192.0.2.77',
    '198.51.100.77',
  ]);
});

test('two servers of one machine serve an interface each', async (t) => {
  const site = twoLinks(t);
  if (!site) return;
  for (const [name, address] of [
    ['eth0', '192.0.2.77'],
    ['eth1', '198.51.100.77'],
  ] as const)
    await startServer(site.server, name, address).line(({ event }) => event === 'ready');
  assert.equal(await site.asks(site.phones), '192.0.2.77');
  assert.equal(await site.asks(site.office), '198.51.100.77');
});

test('an interface without an address, or none at all, is refused by name', async (t) => {
  const site = twoLinks(t);
  if (!site) return;
  site.server.ip('address', 'flush', 'dev', 'eth1', 'scope', 'global');
  site.server.ip('link', 'set', 'eth0', 'down');
  const expected = {
    eth0: /no interface eth0 that is up/,
    eth1: /eth1/,
    eth7: /no interface eth7/,
  };
  for (const [name, pattern] of Object.entries(expected)) {
    const line = await startServer(site.server, name, '').line(() => true);
    assert.equal(line.event, 'refused');
    assert.match(String(line.text), pattern);
  }
});

test('an interface that loses its address is served again at the next one', async (t) => {
  const site = twoLinks(t);
  if (!site) return;
  const { line } = startServer(site.server, 'eth0', '192.0.2.77');
  await line(({ event }) => event === 'ready');
  site.server.ip('address', 'flush', 'dev', 'eth0', 'scope', 'global');
  await line(({ code, text }) => code === 'interface' && String(text).includes('not served'));
  site.server.ip('address', 'add', '203.0.113.1/24', 'dev', 'eth0');
  await line(({ text }) => text === 'DHCP is served on eth0 as 203.0.113.1');
  assert.equal(await site.asks(site.phones), '192.0.2.77');
});
