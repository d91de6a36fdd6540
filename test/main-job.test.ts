import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import {
  hookflash,
  jsonLines,
  startHookflash,
  temporaryFolder,
  type Running,
} from './hookflash-process.ts';
import { requirePeer } from './peers.ts';
import { startDnsmasq, startTftpdHpa, type TftpPeer } from './tftp-peers.ts';

const mac = '020000000001';
const wanted = 'P0S3-08-12-00';

type Line = {
  readonly event: string;
  readonly path: string;
  readonly outcome: string;
  readonly state: string;
  readonly protocol: string;
  readonly image: string;
  readonly loader: string;
};

/** A workspace with synthetic images and one phone that should run SIP 8.12. */
async function workspaceWithPhone(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'phones');
  await ok('init', dir);
  await ok('firmware', 'synth', wanted, '--out', join(dir, 'firmware'));
  await ok('phone', 'add', mac, '--model', '7960', '--image', wanted, '--dir', dir);
  return dir;
}

async function ok(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await hookflash(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  return out;
}

async function serving(t: TestContext, dir: string, ...flags: readonly string[]) {
  const server: Running = startHookflash(
    t,
    'serve',
    '--dir',
    dir,
    '--tftp',
    '127.0.0.1:0',
    ...flags,
  );
  const { listen } = await server.line((line) => line.event === 'ready');
  return { server, tftp: (listen as Readonly<Record<string, string>>).tftp ?? '' };
}

async function bootTwin(tftp: string, image: string, ...more: readonly string[]) {
  const args = ['--model', '7960', '--mac', mac, '--image', image, '--tftp', tftp];
  const { out } = await hookflash('twin', 'boot', ...args, '--time-scale', '0', '--json', ...more);
  const lines = jsonLines(out) as readonly Line[];
  const requests = lines.filter(({ event }) => event === 'request');
  return {
    end: lines.at(-1) as Line,
    requests: requests.map(({ outcome, path }) => `${outcome} ${path}`),
  };
}

/**
 * What a phone with SCCP 3.2(6) asks for on its way to SIP 8.12 in a single step. Cisco 7960/7940
 * firmware upgrade matrix: Original Boot Mechanism; procedure C with its note; Universal
 * Application Loader. Cisco SIP IP Phone Administrator Guide 4.4, chapter 2.
 */
const conversion = [
  'missing OS79XX.TXT',
  `missing SEP${mac}.cnf.xml`,
  'sent XMLDefault.cnf.xml',
  'sent P003-08-12-00.bin',
  `missing CTLSEP${mac}.tlv`,
  `missing SEP${mac}.cnf.xml`,
  `sent SIP${mac}.cnf`,
  `sent ${wanted}.loads`,
  `sent ${wanted}.sb2`,
  'sent SIPDefault.cnf',
  `sent SIP${mac}.cnf`,
  'missing RINGLIST.DAT',
];

for (const workers of ['1', '3'])
  test(`a 7960 goes from SCCP 3.2 to SIP 8.12 by itself, ${workers} worker(s)`, async (t) => {
    const dir = await workspaceWithPhone(t);
    const { server, tftp } = await serving(t, dir, '--workers', workers);
    const { end, requests } = await bootTwin(tftp, 'P00303020600');
    assert.deepEqual(requests, conversion);
    assert.deepEqual(
      [end.state, end.protocol, end.image, end.loader],
      ['idle', 'SIP', wanted, 'P003-08-12-00'],
    );
    await server.line(
      (line) => line.event === 'progress' && JSON.stringify(line).includes('"done"'),
    );
    assert.equal(await server.end(), 0);
    const shown = JSON.parse(await ok('phone', 'show', mac, '--dir', dir, '--json')) as {
      readonly running: string;
      readonly boots: readonly { readonly requests: number }[];
    };
    assert.equal(shown.running, wanted);
    // Two boots, and every request on one of them.
    assert.deepEqual(
      shown.boots.map(({ requests: count }) => count),
      [8, 4],
    );
  });

/** The same in one folder for any TFTP server: there OS79XX.TXT is found. */
const conversionElsewhere = conversion.with(0, 'sent OS79XX.TXT');

const others: readonly {
  readonly program: string;
  start(t: TestContext, program: string, folder: string): Promise<TftpPeer>;
}[] = [
  { program: 'in.tftpd', start: startTftpdHpa },
  { program: 'dnsmasq', start: startDnsmasq },
];

for (const { program, start } of others)
  test(`the rendered folder does the same behind ${program}`, async (t) => {
    const path = requirePeer(t, program);
    if (path === undefined) return;
    const dir = await workspaceWithPhone(t);
    const folder = join(await temporaryFolder(t), 'tftpboot');
    await ok('render', mac, '--from', 'P00303020600', '--out', folder, '--dir', dir);
    const peer = await start(t, path, folder);
    const { end, requests } = await bootTwin(`127.0.0.1:${peer.port}`, 'P00303020600');
    assert.deepEqual(requests, conversionElsewhere);
    assert.deepEqual([end.state, end.protocol, end.image], ['idle', 'SIP', wanted]);
  });

test('a phone at 5.x that is told to run 4.x stays and says so; plan knows why', async (t) => {
  const dir = join(await temporaryFolder(t), 'phones');
  await ok('init', dir);
  await ok('firmware', 'synth', 'P0S3-04-4-00', '--out', join(dir, 'files'));
  const flash = join(dir, 'flash.json');
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(dir, 'files', 'SIPDefault.cnf'), 'image_version: "P0S3-04-4-00"\n');
  await writeFile(join(dir, 'files', `SIP${mac}.cnf`), 'image_version: "P0S3-04-4-00"\n');
  const { tftp } = await serving(t, dir);
  const { end, requests } = await bootTwin(tftp, 'P0S3-05-1-00', '--flash', flash);
  assert.ok(requests.includes('sent P0S3-04-4-00.bin'));
  assert.deepEqual(
    [end.image, (end as unknown as { display: string }).display],
    ['P0S3-05-1-00', 'Image Authentication Failed'],
  );
  const pair = ['--model', '7960', '--from', 'P0S3-05-1-00', '--to', 'P0S3-04-4-00'];
  const plan = await hookflash('plan', ...pair, '--json');
  assert.equal(plan.code, 1);
  const answer = JSON.parse(plan.out) as { possible: boolean; reason: { code: string } };
  assert.deepEqual([answer.possible, answer.reason.code], [false, 'signed-no-downgrade']);
});
