import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

type LabLine = Readonly<Record<'idle' | 'registered' | 'phones', number>>;
type Twin = { readonly event: string; readonly state?: string; readonly text?: string };

test('the lab upgrades its phones by itself and starts again where it was', async (t) => {
  const dir = join(await temporaryFolder(t), 'lab');
  const flags = ['--dir', dir, '--tftp', '127.0.0.1:0', '--time-scale', '0', '--phones', '8'];
  const settled = (line: Readonly<Record<string, unknown>>) => line.event === 'settled';

  const first = startHookflash(t, 'lab', ...flags);
  const end = (await first.line(settled)) as unknown as LabLine;
  assert.deepEqual([end.idle, end.registered, end.phones], [8, 6, 8]);

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
    Array.from({ length: 8 }, (_, at) => `127.7.9.${at + 1} bound`),
  );
  const boots = await hookflash('boots', '02:00:00:00:00:02', '--dir', dir);
  assert.match(boots.out, /address, loader, firmware, configuration, application/);

  const second = startHookflash(t, 'lab', ...flags);
  let flashed = 0;
  second.child.stdout?.on('data', (text: Buffer) => {
    flashed += text.toString().split('"event":"flash"').length - 1;
  });
  const again = (await second.line(settled)) as unknown as LabLine;
  assert.deepEqual([again.idle, again.registered, flashed], [8, 6, 0]);
  assert.equal(await second.end(), 0);
});
