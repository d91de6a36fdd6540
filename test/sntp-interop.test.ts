import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { decodeSntp } from '../src/codec/sntp/sntp-packet.ts';
import { hookflash, jsonLines, temporaryFolder } from './hookflash-process.ts';
import { capture, makeNetwork, type Namespace } from './network-namespaces.ts';
import { findProgram, requirePeer } from './peers.ts';

/** Real clients, and phones' ears, on a wire with `serve --sntp`. */

const net = {
  server: '192.0.2.1',
  other: '192.0.2.3',
  phone: '192.0.2.2',
  broadcast: '192.0.2.255',
};
const group = '224.0.1.1';
const program = fileURLToPath(new URL('../bin/hookflash.ts', import.meta.url));
const listener = fileURLToPath(new URL('sntp-listener.ts', import.meta.url));

type Site = { readonly phone: Namespace; readonly folder: string };

/** Undefined where no network can be made. */
async function siteWithServer(t: TestContext): Promise<Site | undefined> {
  const network = makeNetwork(t);
  if (!network) return undefined;
  const [server, phone] = [network.namespace('server'), network.namespace('phone')];
  network.wire([server, 'eth0'], [phone, 'eth0']);
  server.ip('address', 'add', `${net.server}/24`, 'broadcast', '+', 'dev', 'eth0');
  // A second address in the same network is not to answer broadcasts a second time.
  server.ip('address', 'add', `${net.other}/24`, 'broadcast', '+', 'dev', 'eth0');
  phone.ip('address', 'add', `${net.phone}/24`, 'broadcast', '+', 'dev', 'eth0');
  // Groups and broadcasts beyond the network go out here.
  phone.ip('route', 'add', 'default', 'via', net.server);
  const folder = await temporaryFolder(t);
  const dir = join(folder, 'site');
  assert.equal((await hookflash('init', dir)).code, 0);
  const sntp = 'sntp: { local_stratum: 10, broadcast: yes, multicast: yes, every: 1s }\n';
  await appendFile(join(dir, 'hookflash.yaml'), sntp);
  const words = [
    process.execPath,
    program,
    'serve',
    '--sntp',
    '0.0.0.0:123',
    '--dir',
    dir,
    '--json',
  ];
  const child = server.start(words, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout! })) {
    assert.match(
      line,
      /^\{"event":"ready","listen":\{"sntp":"127\.0\.0\.1:123 192\.0\.2\.1:123 192\.0\.2\.3:123"\}\}$/,
    );
    break;
  }
  child.stdout!.resume();
  return { phone, folder };
}

type Heard = { readonly via: string; readonly from: string; readonly hex: string };

test('real programs take the time, and tshark reads all that is sent', async (t) => {
  for (const name of ['ntpdate', 'sntp', 'chronyd', 'tshark', 'tcpdump'])
    if (!requirePeer(t, name)) return;
  const site = await siteWithServer(t);
  if (!site) return;
  const { phone, folder } = site;
  const { stop, file } = await capture(phone, 'eth0', join(folder, 'sntp.pcap'), 'udp port 123');
  for (const words of [
    ['ntpdate', '-q', net.server],
    ['sntp', net.server],
  ]) {
    const { code, out, err } = await phone.run(words);
    assert.equal(code, 0, err);
    const [, offset] = / ([+-]\d+\.\d+) \+\/- \d+\.\d+ 192\.0\.2\.1 s\d+ no-leap/.exec(out) ?? [];
    assert(Math.abs(Number(offset)) < 1, out);
  }
  const chrony = ['-Q', '-u', 'root', '-t', '20', `server ${net.server} iburst`, 'cmdport 0'];
  const own = [`pidfile ${join(folder, 'pid')}`, 'bindcmdaddress /'];
  const { code, err } = await phone.run([findProgram('chronyd') ?? '', ...chrony, ...own]);
  assert.equal(code, 0, err);
  assert.match(err, /System clock wrong by -?0\.\d+ seconds/);
  await phone.run([process.execPath, listener, '2', net.broadcast, '255.255.255.255', group]);
  await stop();
  assertDecoded(file);
});

/** A client's own port may happen to be one of those that traceroute sends to. */
const ofPort = /^Possible traceroute: hop #\d+, attempt #\d+$/;

/** Every packet is NTP to tshark, none malformed or with an expert warning. */
function assertDecoded(file: string): void {
  const fields = ['ip.src', 'frame.protocols', 'ntp.flags.mode', '_ws.expert.message'];
  const columns = fields.flatMap((field) => ['-e', field]);
  const out = execFileSync('tshark', ['-n', '-r', file, '-T', 'fields', ...columns], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const rows = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const modes = new Set<string>();
  for (const [source = '', protocols, mode = '', expert] of rows) {
    assert.match(protocols ?? '', /:udp:ntp$/);
    if (source !== net.server) continue;
    assert.equal((expert ?? '').replace(ofPort, ''), '');
    modes.add(mode);
  }
  assert.deepEqual([...modes].sort(), ['4', '5'], 'server and broadcast');
}

test('all four modes of sntp_mode: asked at its address, a broadcast one, the group; and unasked', async (t) => {
  const site = await siteWithServer(t);
  if (!site) return;
  const asked = [net.broadcast, '255.255.255.255', group, net.server];
  const { code, out, err } = await site.phone.run([process.execPath, listener, '4', ...asked]);
  assert.equal(code, 0, err);
  // The phone's own requests come to its broadcast ears too.
  const heard = (jsonLines(out) as readonly Heard[]).filter(
    ({ from }) => !from.startsWith(`${net.phone}:`),
  );
  for (const { from } of heard) assert.equal(from, `${net.server}:123`);
  const packets = heard.map(({ via, hex }) => ({ via, ...decodeSntp(Buffer.from(hex, 'hex')) }));
  for (const address of asked) {
    const answers = packets.filter(({ via }) => via === `asked ${address}`);
    assert.equal(answers.length, 1, address);
    assert.deepEqual([answers[0]?.mode, answers[0]?.originate.seconds], ['server', 0xcafe0001]);
  }
  for (const address of [net.broadcast, group]) {
    const sent = packets.filter(({ via }) => via === address);
    assert(sent.length >= 2, `${sent.length} to ${address}`);
    const now = Date.now() / 1000 + 2_208_988_800;
    for (const { mode, leap, transmit } of sent) {
      assert.deepEqual([mode, leap], ['broadcast', 0]);
      assert(Math.abs(transmit.seconds - now) < 60);
    }
  }
});
