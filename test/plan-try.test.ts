import assert from 'node:assert/strict';
import { unlink } from 'node:fs/promises';
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
