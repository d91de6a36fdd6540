import assert from 'node:assert/strict';
import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '020000000009';
const wanted = 'P0S3-8-12-00';

test('plan --try carries a virtual phone through the plan and says how it ended', async (t) => {
  const dir = join(await temporaryFolder(t), 'phones');
  const firmware = join(dir, 'firmware');
  for (const args of [
    ['init', dir],
    ['firmware', 'synth', 'P0S3-06-3-00', wanted, '--out', firmware],
    ['phone', 'add', mac, '--model', '7960', '--image', wanted, '--dir', dir],
  ]) {
    const { code, err } = await hookflash(...args);
    assert.equal(code, 0, err);
  }
  const ask = ['plan', mac, '--from', 'P0S3-04-4-00', '--try', '--json', '--dir', dir];
  const good = await hookflash(...ask);
  assert.equal(good.code, 0, good.err);
  const { tried } = JSON.parse(good.out) as { tried: { state: string; image: string } };
  assert.deepEqual([tried.state, tried.image], ['idle', wanted]);

  await unlink(join(firmware, `${wanted}.sb2`));
  const bad = await hookflash(...ask);
  assert.equal(bad.code, 1);
  const shown = JSON.parse((await hookflash('phone', 'show', mac, '--dir', dir, '--json')).out) as {
    readonly boots: readonly unknown[];
  };
  assert.deepEqual(shown.boots, [], 'the trial is no boot of the phone');
});

test('a Java phone is tried as well', async (t) => {
  const dir = join(await temporaryFolder(t), 'phones');
  const loads = ['SIP41.8-5-2S', 'SIP41.9-4-2SR3-1S'] as const;
  for (const args of [
    ['init', dir],
    ['firmware', 'synth', ...loads, '--out', join(dir, 'firmware')],
    ['phone', 'add', mac, '--model', '7961', '--image', loads[1], '--dir', dir],
  ]) {
    const { code, err } = await hookflash(...args);
    assert.equal(code, 0, err);
  }
  const ask = ['plan', mac, '--from', 'SIP41.8-3-3S', '--try', '--json', '--dir', dir];
  const { code, out, err } = await hookflash(...ask);
  assert.equal(code, 0, err);
  const { tried } = JSON.parse(out) as { tried: { state: string; image: string } };
  assert.deepEqual([tried.state, tried.image], ['idle', loads[1]]);
});

test('plan --try needs a phone of the workspace', async () => {
  const ends = ['--from', 'P0S3-04-4-00', '--to', wanted];
  const { code, err } = await hookflash('plan', '--model', '7960', ...ends, '--try');
  assert.equal(code, 2);
  assert.match(err, /plan MAC --try/);
});

test('a 2004 is tried as well: with somebody who presses FirmW, as the IPCM service is provisioned', async (t) => {
  const dir = join(await temporaryFolder(t), 'phones');
  const images = ['CT12D97', '0692D93c08', '0692D94c01', '0604D98'];
  const run = async (...args: readonly string[]) => {
    const { code, err } = await hookflash(...args);
    assert.equal(code, 0, `${args.join(' ')}: ${err}`);
  };
  const ipcm = (...args: readonly string[]) => run('ipcm', ...args, '--dir', dir);
  await run('init', dir);
  await run('firmware', 'synth', ...images, '--out', join(dir, 'firmware'));
  await run('phone', 'add', mac, '--model', '2004', '--image', '0692D93c08', '--dir', dir);
  await writeFile(join(dir, 'files', 'SipUpgradeConfigFile.txt'), 'S1.Server.IP=192.0.2.9\n');
  const tried = async (from: string, to: string) => {
    const ask = ['plan', mac, '--from', from, '--to', to, '--try', '--json', '--dir', dir];
    const { code, out } = await hookflash(...ask);
    const { tried } = JSON.parse(out) as {
      tried: { state: string; image: string; because?: string };
    };
    return { code, ...tried };
  };
  const before = await tried('0604D98', '0692D93c08');
  assert.deepEqual([before.code, before.image], [1, '0604D98']);
  assert.match(before.because ?? '', /the 2004 SIP upgrade is switched off/);

  await ipcm('lock');
  await ipcm('modify', '--sip-firmware', 'D93', '--transitional-firmware', 'D97');
  await ipcm('modify', '--unistim-firmware', '2004=D98', '--2004-sip-upgrade', 'on');
  const locked = await hookflash('plan', mac, '--from', '0604D98', '--try', '--dir', dir);
  assert.deepEqual([locked.code, /service is locked/.test(locked.err)], [1, true], locked.err);
  await ipcm('unlock');
  for (const [from, to] of [
    ['0604D98', '0692D93c08'],
    ['0692D93c08', '0692D94c01'],
    ['0692D94c01', '0604D98'],
  ] as const) {
    const { code, state, image, because } = await tried(from, to);
    assert.deepEqual([code, state, image], [0, 'idle', to], `${from} to ${to}: ${because}`);
  }
});
