import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hookflash, jsonLines } from './hookflash-process.ts';
import { ipcmSite, macsFrom, sha256, sipImage } from './ipcm-site.ts';

type Line = Readonly<Record<string, unknown>>;

const firstMac = 0x0200_0020_0001;

test('40 virtual phones at once, through one IPCM to SIP software', async (t) => {
  const phones = 40;
  const site = await ipcmSite(t, {
    ...{ address: '127.61.0.1', imageBytes: 10_000, phones: macsFrom(firstMac, phones) },
  });
  const { tftp, unistim } = site.listen;
  const ran = await hookflash(
    ...['twin', 'storm', '--model', '2004', '--phones', String(phones), '--unistim', unistim],
    ...['--tftp', tftp, '--press', 'FirmW', '--mac', '02:00:00:20:00:01', '--time-scale', '0'],
    ...['--address', '127.61.1.1', '--image', '0604D98', '--seed', '6', '--json'],
    ...['--answer-time', '1500'],
  );
  const lines = jsonLines(ran.out) as readonly Line[];
  const end = lines.at(-1) ?? {};
  assert.deepEqual([ran.code, end.ends, end.images], [0, { idle: phones }, { [sipImage]: phones }]);
  assert.equal(end.boots, 3 * phones);
  const flashed = (name: string) =>
    lines.filter((line) => line.event === 'flash' && line.sha256 === sha256(site.images[name]));
  assert.deepEqual(
    [flashed('CT12D97.bin').length, flashed('0692D93.bin').length],
    [phones, phones],
  );
  assert.deepEqual(site.problems, []);
});
