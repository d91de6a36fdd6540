import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { clientMessage } from '../src/core/dhcp/testing/messages.ts';
import { download } from '../src/servers/tftp/testing/client.ts';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

/** The real program on loopback; virtual phones get address and TFTP server by DHCP. */

type Line = Readonly<Record<string, unknown>>;

const mac = '02:00:00:00:00:71';
const [loader, image] = ['P003-07-5-00', 'P0S3-8-12-00'];
const password = 'kept-from-strangers';
const network = (more = '') => `
sntp: { local_stratum: 10 }
dhcp:
  lease: 1h
  networks:
    127.9.0.0/16:
      pools: 127.9.0.10-127.9.0.200
${more}`;

async function done(...words: readonly string[]): Promise<string> {
  const { code, out, err } = await hookflash(...words);
  assert.equal(code, 0, `${words.join(' ')}: ${out}${err}`);
  return out;
}

async function site(t: TestContext, section: string) {
  const dir = join(await temporaryFolder(t), 'site');
  await done('init', dir);
  await done('firmware', 'synth', image, '--out', join(dir, 'firmware'));
  const settings = [
    ...['line1_name=1', `line1_password=${password}`, 'proxy1_address=127.0.0.1'],
    ...['sntp_server=127.0.0.1', 'sntp_mode=unicast'],
  ].flatMap((each) => ['--set', each]);
  await done('phone', 'add', mac, '--model', '7960', '--image', image, ...settings, '--dir', dir);
  await appendFile(join(dir, 'hookflash.yaml'), section);
  const flags = ['tftp', 'dhcp', 'sntp'].flatMap((name) => [`--${name}`, '127.0.0.1:0']);
  const server = startHookflash(t, 'serve', '--dir', dir, ...flags);
  const { listen } = await server.line(({ event }) => event === 'ready');
  return { dir, server, listen: listen as Readonly<Record<'tftp' | 'dhcp' | 'sntp', string>> };
}

async function boot({ tftp, dhcp, sntp }: Readonly<Record<'tftp' | 'dhcp' | 'sntp', string>>) {
  const phone = ['--model', '7960', '--mac', mac, '--image', loader, '--time-scale', '0'];
  const servers = ['--dhcp', dhcp, '--tftp-port', tftp.split(':')[1] ?? '', '--sntp', sntp];
  return hookflash('twin', 'boot', ...phone, ...servers, '--address', '127.9.1.1', '--json');
}

const stranger = '000E84C060A6';
const ciscoClass = 'Cisco Systems, Inc. IP Phone CP-7940G\0';

/** As a relay agent sends it. */
async function discover(dhcp: string, client: string, vendorClass: string): Promise<void> {
  const options = { 60: Buffer.from(vendorClass) };
  const message = clientMessage({ type: 'discover', client, giaddr: '127.9.1.2', options });
  const socket = createSocket('udp4');
  const [host, port] = dhcp.split(':');
  await new Promise((resolve) => {
    socket.send(serializeDhcp(message), Number(port), host, resolve);
  });
  socket.close();
}

async function fetchFrom(address: string, tftp: string, file: string): Promise<string> {
  const [host = '', port] = tftp.split(':');
  const got = await download({ address: host, port: Number(port) }, file, {}, address);
  assert.ok('bytes' in got);
  return Buffer.from(got.bytes).toString();
}

const isTold = (happening: unknown) => (happening as Line | undefined)?.from === 'server';

const dhcpWords = (message: string) => `dhcp ${message}`;

const saysOf = (line: Line) => {
  const { dhcp, from } = line.happening as { readonly dhcp?: Line; readonly from?: string };
  return `${line.protocol as string} ${(dhcp?.message as string | undefined) ?? from ?? ''}`;
};

describe('what DHCP and SNTP saw of a phone is in its boot', () => {
  test('one boot with all phases, which watch and explain tell of', async (t) => {
    const { dir, server, listen } = await site(t, network('      routers: 127.9.0.1\n'));
    const watch = startHookflash(t, 'watch', '--dir', dir);
    const watched: Line[] = [];
    watch.each((line) => watched.push(line));
    // What happens before the watch has begun is no news to it.
    const asking = setInterval(() => void discover(listen.dhcp, stranger, ciscoClass), 200);
    await watch.line(({ protocol }) => protocol === 'dhcp').finally(() => clearInterval(asking));
    const { code, out } = await boot(listen);
    assert.equal(code, 0, out);
    await watch.line(({ happening }) => isTold(happening));
    await server.end();
    await watch.end();

    const boots = jsonLines(await done('boots', mac, '--json', '--dir', dir)) as readonly Line[];
    // The newest is the first in the list; before it, the phone took another loader.
    const [last = {}, first = {}] = boots;
    assert.equal(boots.length, 2);
    const phases = (last.phases as readonly Line[]).map(({ phase }) => phase);
    for (const phase of ['address', 'loader', 'firmware', 'configuration', 'application'])
      assert.ok(phases.includes(phase), `${phase} in ${phases.join()}`);
    assert.equal(phases[0], 'address');
    const own = watched.filter((line) => line.mac === mac.replaceAll(':', ''));
    const saidIn = (boot: Line) =>
      own.filter((line) => line.event === 'happening' && line.boot === boot.id).map(saysOf);
    assert.deepEqual(saidIn(first), ['discover', 'offer', 'request', 'ack'].map(dhcpWords));
    assert.deepEqual(saidIn(last), [
      ...['request', 'ack'].map(dhcpWords),
      ...['sntp phone', 'sntp server'],
    ]);
    const text = await done('boots', mac, String(last.id), '--dir', dir);
    assert.match(text, /DHCP ack 127\.9\.0\.1\d, by 127\.0\.0\.1, option 150 127\.0\.0\.1/);
    assert.match(text, /asks 127\.0\.0\.1 for the time/);
    assert.match(await done('explain', mac, '--dir', dir), /healthy/);
  });

  test('our own DHCP with a name in option 66 and no option 150 is told', async (t) => {
    const { dir, server, listen } = await site(t, network('      tftp: files.example.invalid\n'));
    const { out } = await boot(listen);
    assert.match(out, /"stuck"/);
    await server.end();
    const { code, out: told } = await hookflash('explain', mac, '--dir', dir);
    assert.equal(code, 1);
    assert.match(told, /error +option-150-expected/);
  });

  test('a phone that is not in the inventory has a timeline; a computer has none', async (t) => {
    const { dir, server, listen } = await site(t, network());
    const computer = '020000000099';
    await discover(listen.dhcp, computer, 'MSFT 5.0');
    await discover(listen.dhcp, stranger, ciscoClass);
    await server.line(({ event, mac: who }) => event === 'dhcp' && who === stranger);
    await server.end();
    assert.match(await done('boots', stranger, '--dir', dir), /address/);
    assert.match((await hookflash('boots', computer, '--dir', dir)).err, /no boot/);
  });
});

test('a lease of our own server verifies a phone; another address gets no password', async (t) => {
  const { server, listen } = await site(t, network());
  const file = 'SIP020000000071.cnf';
  const { code, out } = await boot(listen);
  assert.equal(code, 0, out);
  const own = await fetchFrom('127.9.0.10', listen.tftp, file);
  const other = await fetchFrom('127.9.0.77', listen.tftp, file);
  assert.match(own, new RegExp(password));
  assert.doesNotMatch(other, new RegExp(password));
  assert.match(other, /line1_name/);
  const withheld = await server.line(({ event }) => event === 'finding' || event === 'withheld');
  assert.match(JSON.stringify(withheld), /secret-withheld/);
  await server.end();
});
