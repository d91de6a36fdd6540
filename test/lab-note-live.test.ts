import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { startDhclient } from './dhcp-client-programs.ts';
import { makeDhcpSite, serveDhcp, serverAddress } from './dhcp-site.ts';
import {
  hookflash,
  jsonLines,
  startHookflash,
  temporaryFolder,
  type Running,
} from './hookflash-process.ts';
import { atOnce, labSite, loopbackPlace, mac, provision, type LabSite } from './lab-note-site.ts';
import { capture } from './network-namespaces.ts';
import { requirePeer } from './peers.ts';

/** What running servers do at the word of commands in other processes, and DHCP for these phones. */

/** A phone with UNIStim that stays. */
function staying(t: TestContext, { place }: LabSite): Running {
  return startHookflash(
    t,
    ...['twin', 'boot', '--model', '2004', '--mac', mac, '--address', place.phone, '--stay'],
    ...atOnce,
    ...['--seed', '1', '--unistim', `${place.server}:5000`],
  );
}

/** The nth time that a line of UNIStim has this text. */
async function hears(phone: Running, text: string | RegExp, times = 1): Promise<void> {
  let count = 0;
  await phone.line((line) => {
    if (line.event !== 'unistim') return false;
    if (String(line.text).match(text)) count++;
    return count === times;
  });
}

describe('a running service', { concurrency: true }, () => {
  test('ipcm lock, modify and unlock of another process: it is sent away, and comes back', async (t) => {
    const lab = await labSite(t, loopbackPlace(), []);
    await provision(lab);
    const phone = staying(t, lab);
    await hears(phone, 'phone type');
    await lab.ok('ipcm', 'lock');
    await hears(phone, /told to (?:reset|switch)/);
    const locked = await lab.server.line(({ event }) => event === 'ready');
    assert.ok(locked);
    await lab.ok('ipcm', 'modify', '--2004-sip-upgrade', 'off');
    await lab.ok('ipcm', 'unlock');
    await hears(phone, 'phone type', 2);
  });

  test('reboot resets a phone over its session, soft and hard', async (t) => {
    const lab = await labSite(t, loopbackPlace(), []);
    const phone = staying(t, lab);
    await hears(phone, 'phone type');
    await lab.ok('reboot', mac);
    await hears(phone, 'told to reset (soft)'.replace(/[()]/g, '\\$&'));
    await hears(phone, 'phone type', 2);
    await lab.ok('reboot', mac, '--kind', 'reset');
    await hears(phone, /told to reset \(hard\)/);
    await phone.line((line) => line.event === 'unistim' && line.boot === 2);
    await hears(phone, 'phone type', 3);
  });
});

test('a user with another phone’s line logs in; the address stays with the 2004', async (t) => {
  const lab = await labSite(t, loopbackPlace(), ['--image', '0692D93c08']);
  await provision(lab);
  const { server } = lab.place;
  const line = ['line1_name=7002', 'line1_authname=7002', 'line1_password=p7002'];
  const desk = [...line, `proxy1_address=${server}`, 'proxy_register=1'];
  await lab.ok(
    ...['phone', 'add', '020000000081', '--model', '7960'],
    ...desk.flatMap((each) => ['--set', each]),
  );
  await lab.boot('--unistim', `${server}:5000`, '--press', 'FirmW');
  const { end } = await lab.boot('--login', '7002:p7002', '--until', 'registered');
  assert.equal(end.state, 'idle');
  assert.deepEqual((await lab.boot()).files, ['2004tftp.cfg sent']);
});

const servers = (host: string) => `Nortel-i2004-A,${host}:5000,1,10;${host}:5000,1,10.`;

test('DHCP: a client that calls itself Nortel-i2004-A gets the servers in option 128', async (t) => {
  const dhclient = requirePeer(t, 'dhclient');
  const site = dhclient === undefined ? undefined : await makeDhcpSite(t);
  if (dhclient === undefined || !site) return;
  const folder = await temporaryFolder(t);
  await serveDhcp(t, site, ['--dhcp', 'eth0', '--unistim', `${serverAddress}:5000`]);
  const seen = await capture(site.server, 'eth0', join(folder, 'dhcp.pcap'), 'udp port 67');
  const lines = `option nortel-servers code 128 = text;
also request nortel-servers;
send vendor-class-identifier "Nortel-i2004-A\\000";`;
  const client = await startDhclient(site.client, dhclient, join(folder, 'client'), { lines });
  await client.next(['BOUND']);
  await seen.stop();
  const told = await readFile(join(folder, 'client', 'told-BOUND'), 'utf8');
  const text = servers(serverAddress);
  assert.ok(told.includes(`new_nortel_servers=${text}\n`), told);
  const option = Buffer.from([128, text.length, ...Buffer.from(text)]);
  const bytes = await readFile(seen.file);
  const first = bytes.indexOf(option);
  assert.ok(first > 0 && bytes.indexOf(option, first + 1) > 0, 'in the offer and in the answer');
  await client.kill();
});

test('DHCP: a virtual phone takes S1 from it, and is registered', async (t) => {
  const dir = join(await temporaryFolder(t), 'site');
  const { server, phone } = loopbackPlace();
  await hookflash('init', dir);
  const network = server.replace(/\.\d+$/, '.0');
  await appendFile(
    join(dir, 'hookflash.yaml'),
    `\ndhcp:\n  networks:\n    127.0.0.0/8:\n      pools: ${phone}-${phone}\n      routers: ${network.replace(/0$/, '254')}\n`,
  );
  const running = startHookflash(
    t,
    ...['serve', '--dir', dir, '--dhcp', `${server}:0`, '--unistim', `${server}:5000`],
  );
  const { listen } = await running.line(({ event }) => event === 'ready');
  const { out } = await hookflash(
    ...['twin', 'boot', '--model', '2004', '--mac', mac, '--json', ...atOnce],
    ...['--dhcp', (listen as { readonly dhcp: string }).dhcp, '--seed', '1'],
    ...['--flash', join(dir, 'flash.json')],
  );
  const lines = jsonLines(out) as readonly Readonly<Record<string, unknown>>[];
  const { memory } = JSON.parse(await readFile(join(dir, 'flash.json'), 'utf8')) as {
    readonly memory: { readonly servers: unknown };
  };
  const s1 = { address: server, port: 5000, action: 1, retries: 10 };
  assert.deepEqual(memory.servers, { S1: s1, S2: s1 });
  const { state, protocol, display } = lines.at(-1) ?? {};
  assert.deepEqual([state, protocol], ['idle', 'UNIStim']);
  assert.match(String(display), /Hookflash/);
});
