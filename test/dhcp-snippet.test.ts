import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { snippetKinds } from '../src/core/dhcp-snippet/snippet-kinds.ts';
import { hookflash, jsonLines, temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

const wish = {
  addresses: ['192.0.2.10', '192.0.2.11'],
  vendorClasses: ['Cisco Systems, Inc. IP Phone', 'Another Phone'],
} as const;
const textFor = (name: string) =>
  snippetKinds
    .find((kind) => kind.name === name)
    ?.lines(wish)
    .join('\n') ?? '';

test('every kind names the first server by option 66 and all by option 150', () => {
  for (const { name, lines } of snippetKinds) {
    const text = lines(wish).join('\n');
    const octets = Buffer.from([192, 0, 2, 10, 192, 0, 2, 11]).toString('hex').toUpperCase();
    assert.ok(text.includes('192.0.2.11') || text.includes(octets), name);
    assert.match(text, /\b66\b|tftp-server/, name);
    assert.match(text, /\b150\b/, name);
  }
});

test('where the server can tell them apart, the lines are for phones alone', () => {
  for (const name of ['kea', 'isc', 'dnsmasq', 'windows'])
    for (const vendorClass of wish.vendorClasses)
      assert.ok(textFor(name).includes(vendorClass), `${name}: ${vendorClass}`);
  for (const name of ['ios', 'routeros']) assert.match(textFor(name), /for all clients/i);
});

test('Kea takes its lines', async (t) => {
  const program = requirePeer(t, 'kea-dhcp4');
  if (program === undefined) return;
  const run = join(await temporaryFolder(t), 'run');
  await mkdir(run);
  const file = join(run, 'kea-dhcp4.conf');
  await writeFile(file, textFor('kea'));
  const env = { ...process.env, KEA_PIDFILE_DIR: run, KEA_LOCKFILE_DIR: run };
  execFileSync(program, ['-t', file], { env, stdio: 'pipe' });
  await writeFile(file, textFor('kea').replace('substring(', 'substr('));
  assert.throws(() => execFileSync(program, ['-t', file], { env, stdio: 'pipe' }));
});

test('dnsmasq takes its lines', async (t) => {
  const program = requirePeer(t, 'dnsmasq');
  if (program === undefined) return;
  const file = join(await temporaryFolder(t), 'phones.conf');
  await writeFile(file, textFor('dnsmasq'));
  execFileSync(program, ['--test', `--conf-file=${file}`], { stdio: 'pipe' });
  await writeFile(file, textFor('dnsmasq').replaceAll('"', ''));
  assert.throws(() => execFileSync(program, ['--test', `--conf-file=${file}`], { stdio: 'pipe' }));
});

describe('the command', () => {
  test('one line of JSON for each server', async () => {
    const { code, out } = await hookflash(
      ...['dhcp', 'snippet', '--for', 'kea,isc', 'ios', '--address', '192.0.2.10', '--json'],
    );
    assert.equal(code, 0);
    const lines = jsonLines(out) as readonly { readonly for: string; readonly text: string }[];
    assert.deepEqual(
      lines.map((line) => line.for),
      ['kea', 'isc', 'ios'],
    );
    assert.ok(lines.every(({ text }) => text.includes('192.0.2.10')));
  });

  test("the workspace's address is taken where none is said", async (t) => {
    const dir = join(await temporaryFolder(t), 'site');
    assert.equal((await hookflash('init', dir)).code, 0);
    const words = ['dhcp', 'snippet', '--for', 'dnsmasq', '--dir', dir];
    const without = await hookflash(...words);
    assert.deepEqual([without.code, without.out], [2, '']);
    assert.match(without.err, /Option 150 takes addresses; .*--address 192\.0\.2\.10/);
    await writeFile(join(dir, 'hookflash.yaml'), 'address: 192.0.2.30\n');
    assert.match((await hookflash(...words)).out, /,150,192\.0\.2\.30\n/);
    await writeFile(join(dir, 'hookflash.yaml'), 'address: tftp.example.org\n');
    assert.match((await hookflash(...words)).err, /"tftp\.example\.org" is no IPv4 address/);
  });

  test('another server is refused', async () => {
    const { code, err } = await hookflash(
      'dhcp',
      'snippet',
      '--for',
      'tea',
      '--address',
      '192.0.2.1',
    );
    assert.equal(code, 2);
    assert.match(err, /no lines for "tea"; there are: kea, isc, dnsmasq, windows, ios, routeros/);
  });
});
