import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

type LabLine = Readonly<Record<'idle' | 'registered' | 'phones', number>>;
type Twin = { readonly event: string; readonly state?: string; readonly text?: string };

/** As the lab's own, with addresses that no other lab on this computer has. */
const site = `trust:
  networks: [127.0.0.0/8]
sntp:
  local_stratum: 10
dhcp:
  lease: 1h
  networks:
    127.7.0.0/16:
      pools: 127.7.19.1-127.7.19.250
      routers: 127.7.0.1
`;

test('the lab upgrades its phones by itself and starts again where it was', async (t) => {
  const dir = join(await temporaryFolder(t), 'lab');
  assert.equal((await hookflash('init', dir)).code, 0);
  await writeFile(join(dir, 'hookflash.yaml'), site);
  const flags = ['--dir', dir, '--tftp', '127.0.0.1:0', '--time-scale', '0', '--phones', '8'];
  const settled = (line: Readonly<Record<string, unknown>>) => line.event === 'settled';

  const first = startHookflash(t, 'lab', ...flags);
  const end = (await first.line(settled)) as unknown as LabLine;
  assert.deepEqual([end.idle, end.registered, end.phones], [8, 7, 8]);

  // They stay and listen: one is asked to start again, does, and is registered again.
  const asked = await hookflash('reboot', '02:00:00:00:00:01', '--dir', dir);
  assert.equal(asked.code, 0, asked.out + asked.err);
  let started = false;
  await first.line(({ event, mac, line }) => {
    if (event !== 'twin' || mac !== '020000000001') return false;
    const { event: what, state, text = '' } = line as Twin;
    started ||= what === 'reboot' && text.startsWith('check-sync: sync is "restart-');
    return started && what === 'registration' && state === 'registered';
  });
  assert.equal(await first.end(), 0);

  const listed = jsonLines((await hookflash('phone', 'list', '--dir', dir, '--json')).out);
  const phones = listed as readonly { readonly image: string; readonly running: string }[];
  for (const { image, running } of phones) assert.equal(running, image);

  const leases = jsonLines((await hookflash('dhcp', 'leases', '--dir', dir, '--json')).out);
  const held = (leases as readonly { readonly address: string; readonly state: string }[])
    .map(({ address, state }) => `${address} ${state}`)
    .toSorted();
  assert.deepEqual(
    held,
    Array.from({ length: 8 }, (_, at) => `127.7.19.${at + 1} bound`),
  );
  const boots = await hookflash('boots', '02:00:00:00:00:02', '--dir', dir);
  // Where the machine is slow, a request that is repeated begins a boot of its own.
  assert.match(boots.out, /address, /);
  assert.match(boots.out, /loader, firmware, configuration, application, registered/);

  const second = startHookflash(t, 'lab', ...flags);
  let flashed = 0;
  second.child.stdout?.on('data', (text: Buffer) => {
    flashed += text.toString().split('"event":"flash"').length - 1;
  });
  const again = (await second.line(settled)) as unknown as LabLine;
  assert.deepEqual([again.idle, again.registered, flashed], [8, 7, 0]);
  assert.equal(await second.end(), 0);
});

test('beside another lab: its phones do without SIP, and come to their images', async (t) => {
  const taken = createSocket('udp4');
  taken.bind({ address: '127.7.29.1', port: 5060, exclusive: true });
  await once(taken, 'listening');
  t.after(() => taken.close());
  const dir = join(await temporaryFolder(t), 'lab');
  assert.equal((await hookflash('init', dir)).code, 0);
  await writeFile(join(dir, 'hookflash.yaml'), site.replaceAll('127.7.19', '127.7.29'));
  const flags = ['--dir', dir, '--tftp', '127.0.0.1:0', '--time-scale', '0', '--phones', '1'];
  const lab = startHookflash(t, 'lab', ...flags);
  const note = await lab.line(({ event, text }) => event === 'note' && /SIP/.test(String(text)));
  assert.equal(note.mac, '020000000001');
  const end = await lab.line(({ event }) => event === 'settled');
  assert.deepEqual([end.idle, end.registered, end.phones], [1, 0, 1]);
  assert.equal(await lab.end(), 0);
});
